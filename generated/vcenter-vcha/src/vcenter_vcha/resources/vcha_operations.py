"""`vcha.operations`: `/vcenter/vcha/operations`"""

from __future__ import annotations

from .._runtime import Answer, AsyncResource, Operation, Resource
from ..models.std import StdErrorsError
from ..models.vcha_operations import VchaOperationsInfo

_GET = Operation(
    name="vcha.operations.get",
    method="GET",
    path="/vcenter/vcha/operations",
    answers={"200": Answer(VchaOperationsInfo), "403": Answer(StdErrorsError), "500": Answer(StdErrorsError)},
    security="session",
    safe=True,
)


class Operations(Resource):
    """`/vcenter/vcha/operations`"""

    def get(self, *, timeout: float | None = None) -> VchaOperationsInfo:
        """Show which VCHA operations run now and which are not allowed now.

        Needs the privilege System.Read.

        Args:
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The operations by name, such as vcenter.vcha.cluster.failover.

        Raises:
            Unauthorized: The privilege System.Read is missing (403).
            VapiError: Any other error the server reports.

        Source: `GET /vcenter/vcha/operations`
        """
        answer: VchaOperationsInfo = self._transport.call(_GET, {}, timeout=timeout)
        return answer


class AsyncOperations(AsyncResource):
    """`/vcenter/vcha/operations`"""

    async def get(self, *, timeout: float | None = None) -> VchaOperationsInfo:
        """Show which VCHA operations run now and which are not allowed now.

        Needs the privilege System.Read.

        Args:
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The operations by name, such as vcenter.vcha.cluster.failover.

        Raises:
            Unauthorized: The privilege System.Read is missing (403).
            VapiError: Any other error the server reports.

        Source: `GET /vcenter/vcha/operations`
        """
        answer: VchaOperationsInfo = await self._transport.call(_GET, {}, timeout=timeout)
        return answer
