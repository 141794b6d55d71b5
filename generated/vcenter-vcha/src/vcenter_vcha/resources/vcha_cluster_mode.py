"""`vcha.cluster.mode`: `/vcenter/vcha/cluster/mode`"""

from __future__ import annotations

from typing import Literal, cast

from .._runtime import Answer, AsyncResource, AsyncTask, Body, Operation, Resource, Task
from ..models.std import StdErrorsError
from ..models.vcha_cluster_mode import (
    VchaClusterModeClusterMode,
    VchaClusterModeInfo,
    VchaClusterModeSetTaskRequestBody,
)

_GET = Operation(
    name="vcha.cluster.mode.get",
    method="GET",
    path="/vcenter/vcha/cluster/mode",
    answers={
        "200": Answer(VchaClusterModeInfo),
        "400": Answer(StdErrorsError),
        "403": Answer(StdErrorsError),
        "500": Answer(StdErrorsError),
    },
    security="session",
    safe=True,
)

_SET = Operation(
    name="vcha.cluster.mode.set",
    method="PUT",
    path="/vcenter/vcha/cluster/mode",
    query=(("vmw-task", "true"),),
    body=Body(VchaClusterModeSetTaskRequestBody),
    answers={
        "202": Answer(str),
        "403": Answer(StdErrorsError),
        "500": Answer(StdErrorsError),
        "default": Answer(StdErrorsError),
    },
    security="session",
    task=True,
)


class Mode(Resource):
    """`/vcenter/vcha/cluster/mode`"""

    def get(self, *, timeout: float | None = None) -> VchaClusterModeInfo:
        """Show the cluster's mode.

        Needs the privilege System.Read.

        Args:
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The mode now.

        Raises:
            BadRequestError: There is no cluster (NOT_ALLOWED_IN_CURRENT_STATE) (400).
            Unauthorized: The privilege System.Read is missing (403).
            VapiError: Any other error the server reports.

        Source: `GET /vcenter/vcha/cluster/mode`
        """
        answer: VchaClusterModeInfo = self._transport.call(_GET, {}, timeout=timeout)
        return answer

    def set(
        self,
        *,
        mode: VchaClusterModeClusterMode | Literal["ENABLED", "DISABLED", "MAINTENANCE"],
        timeout: float | None = None,
    ) -> Task[None]:
        """Change the cluster's mode.

        From ENABLED to DISABLED while the cluster is HEALTHY or DEGRADED; from ENABLED to MAINTENANCE, from DISABLED to
        ENABLED, and from MAINTENANCE to either of the others only while it is HEALTHY.
        No other change is allowed. Needs the privilege Global.VCServer.

        Args:
            mode: Body of the request (`mode`).
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The running task.

        Raises:
            Unauthorized: The privilege Global.VCServer is missing (403).
            VapiError: Any other error the server reports.
            OutcomeUnknown: The connection broke after the request may have been read.

        Source: `PUT /vcenter/vcha/cluster/mode?vmw-task=true`
        """
        task: Task[None] = self._transport.start(
            _SET,
            {},
            body=VchaClusterModeSetTaskRequestBody(mode=cast("VchaClusterModeClusterMode", mode)),
            timeout=timeout,
        )
        return task


class AsyncMode(AsyncResource):
    """`/vcenter/vcha/cluster/mode`"""

    async def get(self, *, timeout: float | None = None) -> VchaClusterModeInfo:
        """Show the cluster's mode.

        Needs the privilege System.Read.

        Args:
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The mode now.

        Raises:
            BadRequestError: There is no cluster (NOT_ALLOWED_IN_CURRENT_STATE) (400).
            Unauthorized: The privilege System.Read is missing (403).
            VapiError: Any other error the server reports.

        Source: `GET /vcenter/vcha/cluster/mode`
        """
        answer: VchaClusterModeInfo = await self._transport.call(_GET, {}, timeout=timeout)
        return answer

    async def set(
        self,
        *,
        mode: VchaClusterModeClusterMode | Literal["ENABLED", "DISABLED", "MAINTENANCE"],
        timeout: float | None = None,
    ) -> AsyncTask[None]:
        """Change the cluster's mode.

        From ENABLED to DISABLED while the cluster is HEALTHY or DEGRADED; from ENABLED to MAINTENANCE, from DISABLED to
        ENABLED, and from MAINTENANCE to either of the others only while it is HEALTHY.
        No other change is allowed. Needs the privilege Global.VCServer.

        Args:
            mode: Body of the request (`mode`).
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The running task.

        Raises:
            Unauthorized: The privilege Global.VCServer is missing (403).
            VapiError: Any other error the server reports.
            OutcomeUnknown: The connection broke after the request may have been read.

        Source: `PUT /vcenter/vcha/cluster/mode?vmw-task=true`
        """
        task: AsyncTask[None] = await self._transport.start(
            _SET,
            {},
            body=VchaClusterModeSetTaskRequestBody(mode=cast("VchaClusterModeClusterMode", mode)),
            timeout=timeout,
        )
        return task
