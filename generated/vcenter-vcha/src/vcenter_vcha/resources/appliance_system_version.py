"""`appliance.system.version`: `/appliance/system/version`"""

from __future__ import annotations

from .._runtime import Answer, AsyncResource, Operation, Resource
from ..models.appliance_system_version import ApplianceSystemVersionVersionStruct
from ..models.std import StdErrorsError

_GET = Operation(
    name="appliance.system.version.get",
    method="GET",
    path="/appliance/system/version",
    answers={"200": Answer(ApplianceSystemVersionVersionStruct), "500": Answer(StdErrorsError)},
    security="session",
    safe=True,
)


class Version(Resource):
    """`/appliance/system/version`"""

    def get(self, *, timeout: float | None = None) -> ApplianceSystemVersionVersionStruct:
        """Show the appliance's product, version and build.

        What a test report needs to name the build that it is about.

        Args:
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The version of the node that answers.

        Raises:
            VapiError: Any other error the server reports.

        Source: `GET /appliance/system/version`
        """
        answer: ApplianceSystemVersionVersionStruct = self._transport.call(_GET, {}, timeout=timeout)
        return answer


class AsyncVersion(AsyncResource):
    """`/appliance/system/version`"""

    async def get(self, *, timeout: float | None = None) -> ApplianceSystemVersionVersionStruct:
        """Show the appliance's product, version and build.

        What a test report needs to name the build that it is about.

        Args:
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The version of the node that answers.

        Raises:
            VapiError: Any other error the server reports.

        Source: `GET /appliance/system/version`
        """
        answer: ApplianceSystemVersionVersionStruct = await self._transport.call(_GET, {}, timeout=timeout)
        return answer
