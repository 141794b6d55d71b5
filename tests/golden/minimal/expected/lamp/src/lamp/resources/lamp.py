"""`lamp`: `/lamp`"""

from __future__ import annotations

from .._runtime import Answer, AsyncResource, Operation, Resource
from ..models.lamp import Lamp

_GET_LAMP = Operation(
    name="lamp.get_lamp",
    method="GET",
    path="/lamp",
    answers={"200": Answer(Lamp)},
    security="none",
    safe=True,
)


class LampResource(Resource):
    """`/lamp`"""

    def get_lamp(self, *, timeout: float | None = None) -> Lamp:
        """Tell whether the lamp is on.

        Args:
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            Its state.

        Raises:
            ApiError: Any other error the server reports.

        Source: `GET /lamp`
        """
        answer: Lamp = self._transport.call(_GET_LAMP, {}, timeout=timeout)
        return answer


class AsyncLampResource(AsyncResource):
    """`/lamp`"""

    async def get_lamp(self, *, timeout: float | None = None) -> Lamp:
        """Tell whether the lamp is on.

        Args:
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            Its state.

        Raises:
            ApiError: Any other error the server reports.

        Source: `GET /lamp`
        """
        answer: Lamp = await self._transport.call(_GET_LAMP, {}, timeout=timeout)
        return answer
