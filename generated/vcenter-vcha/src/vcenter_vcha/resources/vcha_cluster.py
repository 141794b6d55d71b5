"""`vcha.cluster`: `/vcenter/vcha/cluster`"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .._runtime import Answer, AsyncResource, AsyncTask, Body, Operation, Outcome, Resource, Task
from ..models.std import StdErrorsError
from ..models.vcha import VchaCredentialsSpec
from ..models.vcha_cluster import VchaClusterFailoverTaskRequestBody, VchaClusterGetRequestBody, VchaClusterInfo

if TYPE_CHECKING:
    from .vcha_cluster_mode import AsyncMode, Mode

_GET = Operation(
    name="vcha.cluster.get",
    method="POST",
    path="/vcenter/vcha/cluster",
    query=(("action", "get"),),
    body=Body(VchaClusterGetRequestBody, required=False),
    answers={
        "200": Answer(VchaClusterInfo),
        "400": Answer(StdErrorsError),
        "403": Answer(StdErrorsError),
        "500": Answer(StdErrorsError),
        "default": Answer(StdErrorsError),
    },
    security="session",
    safe=True,
)

_FAILOVER = Operation(
    name="vcha.cluster.failover",
    method="POST",
    path="/vcenter/vcha/cluster",
    query=(
        ("action", "failover"),
        ("vmw-task", "true"),
    ),
    body=Body(VchaClusterFailoverTaskRequestBody),
    answers={
        "202": Answer(str),
        "403": Answer(StdErrorsError),
        "500": Answer(StdErrorsError),
        "default": Answer(StdErrorsError),
    },
    security="session",
    destructive=True,
    task=True,
    outcome=Outcome(
        _GET,
        (
            "node1",
            "node2",
        ),
        "runtime.role",
        "ACTIVE",
    ),
)


class Cluster(Resource):
    """`/vcenter/vcha/cluster`"""

    @cached_property
    def mode(self) -> Mode:
        """`/vcenter/vcha/cluster/mode`"""
        from .vcha_cluster_mode import Mode

        return Mode(self._transport)

    def get(
        self, *, vc_spec: VchaCredentialsSpec | None = None, partial: bool | None = None, timeout: float | None = None
    ) -> VchaClusterInfo:
        """Show the cluster's configuration, mode, health and nodes.

        Nothing is changed; the request is a POST only because it may carry credentials.
        Needs the privilege Global.VCServer, or only System.Read where `partial` is true.

        Args:
            vc_spec: How to reach the vCenter that manages the active node. Needed only where that is another vCenter
                than the active node itself.
            partial: True leaves out what must be asked of the managing vCenter, and then needs no credentials. Left
                out, everything is read.
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The cluster as it stands now.

        Raises:
            BadRequestError: The credentials for the managing vCenter are wrong (INVALID_ARGUMENT), or its certificate
                is not trusted (UNVERIFIED_PEER). With UNVERIFIED_PEER, `data` has the certificate's `ssl_thumbprint`
                and, where it is known, its `ssl_certificate` (400).
            Unauthorized: The privilege Global.VCServer is missing, or System.Read where `partial` is true (403).
            VapiError: Any other error the server reports.

        Source: `POST /vcenter/vcha/cluster?action=get`
        """
        body = (
            None if vc_spec is None and partial is None else VchaClusterGetRequestBody(vc_spec=vc_spec, partial=partial)
        )
        answer: VchaClusterInfo = self._transport.call(_GET, {}, body=body, timeout=timeout)
        return answer

    def failover(self, *, planned: bool, timeout: float | None = None) -> Task[None]:
        """Move the active role to the passive node.  **Destructive.**

        Allowed while the mode is ENABLED or MAINTENANCE and all members of the cluster are present.
        The address answers nothing during the switch, and every session made before it is invalid afterwards. Needs the
        privilege Global.VCServer.

        Args:
            planned: True flushes the active node's state to the passive node first and loses nothing; false fails over
                at once and may lose what was not replicated.
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The running task; `wait()` outlives the outage.

        Raises:
            Unauthorized: The privilege Global.VCServer is missing (403).
            VapiError: Any other error the server reports.
            OutcomeUnknown: The connection broke after the request may have been read.

        Source: `POST /vcenter/vcha/cluster?action=failover&vmw-task=true`
        """
        task: Task[None] = self._transport.start(
            _FAILOVER, {}, body=VchaClusterFailoverTaskRequestBody(planned=planned), timeout=timeout
        )
        return task


class AsyncCluster(AsyncResource):
    """`/vcenter/vcha/cluster`"""

    @cached_property
    def mode(self) -> AsyncMode:
        """`/vcenter/vcha/cluster/mode`"""
        from .vcha_cluster_mode import AsyncMode

        return AsyncMode(self._transport)

    async def get(
        self, *, vc_spec: VchaCredentialsSpec | None = None, partial: bool | None = None, timeout: float | None = None
    ) -> VchaClusterInfo:
        """Show the cluster's configuration, mode, health and nodes.

        Nothing is changed; the request is a POST only because it may carry credentials.
        Needs the privilege Global.VCServer, or only System.Read where `partial` is true.

        Args:
            vc_spec: How to reach the vCenter that manages the active node. Needed only where that is another vCenter
                than the active node itself.
            partial: True leaves out what must be asked of the managing vCenter, and then needs no credentials. Left
                out, everything is read.
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The cluster as it stands now.

        Raises:
            BadRequestError: The credentials for the managing vCenter are wrong (INVALID_ARGUMENT), or its certificate
                is not trusted (UNVERIFIED_PEER). With UNVERIFIED_PEER, `data` has the certificate's `ssl_thumbprint`
                and, where it is known, its `ssl_certificate` (400).
            Unauthorized: The privilege Global.VCServer is missing, or System.Read where `partial` is true (403).
            VapiError: Any other error the server reports.

        Source: `POST /vcenter/vcha/cluster?action=get`
        """
        body = (
            None if vc_spec is None and partial is None else VchaClusterGetRequestBody(vc_spec=vc_spec, partial=partial)
        )
        answer: VchaClusterInfo = await self._transport.call(_GET, {}, body=body, timeout=timeout)
        return answer

    async def failover(self, *, planned: bool, timeout: float | None = None) -> AsyncTask[None]:
        """Move the active role to the passive node.  **Destructive.**

        Allowed while the mode is ENABLED or MAINTENANCE and all members of the cluster are present.
        The address answers nothing during the switch, and every session made before it is invalid afterwards. Needs the
        privilege Global.VCServer.

        Args:
            planned: True flushes the active node's state to the passive node first and loses nothing; false fails over
                at once and may lose what was not replicated.
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The running task; `wait()` outlives the outage.

        Raises:
            Unauthorized: The privilege Global.VCServer is missing (403).
            VapiError: Any other error the server reports.
            OutcomeUnknown: The connection broke after the request may have been read.

        Source: `POST /vcenter/vcha/cluster?action=failover&vmw-task=true`
        """
        task: AsyncTask[None] = await self._transport.start(
            _FAILOVER, {}, body=VchaClusterFailoverTaskRequestBody(planned=planned), timeout=timeout
        )
        return task
