"""`class_`: `/class/{import}`"""

from __future__ import annotations

from .._runtime import Answer, AsyncResource, Operation, Parameter, Resource
from ..models.client import ClientModel

_IMPORT_ = Operation(
    name="class_.import_",
    method="GET",
    path="/class/{import}",
    parameters=(
        Parameter("import_", "import", "path", required=True, type=str),
        Parameter("self_", "self", "query", type=str),
        Parameter("timeout_", "timeout", "query", type=int),
        Parameter("x_y_z", "x-y z", "header", type=str),
    ),
    answers={"200": Answer(ClientModel)},
    security="none",
    safe=True,
)


class Class(Resource):
    """`/class/{import}`"""

    def import_(
        self,
        import_: str,
        *,
        self_: str | None = None,
        timeout_: int | None = None,
        x_y_z: str | None = None,
        timeout: float | None = None,
    ) -> ClientModel:
        """\"\"\" raise SystemExit(3) \"\"\".

        Args:
            import_: ends in a backslash \\.
            self_: Query of the request (`self`). The server takes "'); raise SystemExit(3) #" where this is absent.
            timeout_: Query of the request (`timeout`).
            x_y_z: Header of the request (`x-y z`).
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            `{{ 1 / 0 }}`

        Raises:
            ApiError: Any other error the server reports.

        Source: `GET /class/{import}`
        """
        answer: ClientModel = self._transport.call(
            _IMPORT_, {"import_": import_, "self_": self_, "timeout_": timeout_, "x_y_z": x_y_z}, timeout=timeout
        )
        return answer


class AsyncClass(AsyncResource):
    """`/class/{import}`"""

    async def import_(
        self,
        import_: str,
        *,
        self_: str | None = None,
        timeout_: int | None = None,
        x_y_z: str | None = None,
        timeout: float | None = None,
    ) -> ClientModel:
        """\"\"\" raise SystemExit(3) \"\"\".

        Args:
            import_: ends in a backslash \\.
            self_: Query of the request (`self`). The server takes "'); raise SystemExit(3) #" where this is absent.
            timeout_: Query of the request (`timeout`).
            x_y_z: Header of the request (`x-y z`).
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            `{{ 1 / 0 }}`

        Raises:
            ApiError: Any other error the server reports.

        Source: `GET /class/{import}`
        """
        answer: ClientModel = await self._transport.call(
            _IMPORT_, {"import_": import_, "self_": self_, "timeout_": timeout_, "x_y_z": x_y_z}, timeout=timeout
        )
        return answer
