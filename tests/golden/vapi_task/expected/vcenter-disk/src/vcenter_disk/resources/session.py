"""`session`: `/session`"""

from __future__ import annotations

from .._runtime import Answer, AsyncResource, Operation, Resource, Secret
from ..models.cis import CisSessionInfo
from ..models.std import StdErrorsError

_GET = Operation(
    name="session.get",
    method="GET",
    path="/session",
    answers={"200": Answer(CisSessionInfo), "401": Answer(StdErrorsError)},
    security="session",
    safe=True,
)

_CREATE = Operation(
    name="session.create",
    method="POST",
    path="/session",
    answers={"201": Answer(Secret), "401": Answer(StdErrorsError)},
    security="basic",
    safe=True,
)

_DELETE = Operation(
    name="session.delete",
    method="DELETE",
    path="/session",
    answers={"204": Answer(), "401": Answer(StdErrorsError)},
    security="session",
    safe=True,
)


class Session(Resource):
    """`/session`"""

    def get(self, *, timeout: float | None = None) -> CisSessionInfo:
        """Describe the session.

        Args:
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            Whose session it is.

        Raises:
            Unauthenticated: Nobody is signed in (401).
            VapiError: Any other error the server reports.

        Source: `GET /session`
        """
        answer: CisSessionInfo = self._transport.call(_GET, {}, timeout=timeout)
        return answer

    def create(self, *, timeout: float | None = None) -> Secret:
        """Sign in.

        Args:
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The session.

        Raises:
            Unauthenticated: Nobody is signed in (401).
            VapiError: Any other error the server reports.

        Source: `POST /session`
        """
        answer: Secret = self._transport.call(_CREATE, {}, timeout=timeout)
        return answer

    def delete(self, *, timeout: float | None = None) -> None:
        """Sign out.

        Args:
            timeout: Seconds to wait for the answer; the client's default if None.

        Raises:
            Unauthenticated: Nobody is signed in (401).
            VapiError: Any other error the server reports.

        Source: `DELETE /session`
        """
        self._transport.call(_DELETE, {}, timeout=timeout)


class AsyncSession(AsyncResource):
    """`/session`"""

    async def get(self, *, timeout: float | None = None) -> CisSessionInfo:
        """Describe the session.

        Args:
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            Whose session it is.

        Raises:
            Unauthenticated: Nobody is signed in (401).
            VapiError: Any other error the server reports.

        Source: `GET /session`
        """
        answer: CisSessionInfo = await self._transport.call(_GET, {}, timeout=timeout)
        return answer

    async def create(self, *, timeout: float | None = None) -> Secret:
        """Sign in.

        Args:
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The session.

        Raises:
            Unauthenticated: Nobody is signed in (401).
            VapiError: Any other error the server reports.

        Source: `POST /session`
        """
        answer: Secret = await self._transport.call(_CREATE, {}, timeout=timeout)
        return answer

    async def delete(self, *, timeout: float | None = None) -> None:
        """Sign out.

        Args:
            timeout: Seconds to wait for the answer; the client's default if None.

        Raises:
            Unauthenticated: Nobody is signed in (401).
            VapiError: Any other error the server reports.

        Source: `DELETE /session`
        """
        await self._transport.call(_DELETE, {}, timeout=timeout)
