"""`session`: `/session`"""

from __future__ import annotations

from .._runtime import Answer, AsyncResource, Operation, Resource, Secret
from ..models.cis import CisSessionInfo
from ..models.std import StdErrorsError, StdErrorsUnauthenticated

_GET = Operation(
    name="session.get",
    method="GET",
    path="/session",
    answers={"200": Answer(CisSessionInfo), "401": Answer(StdErrorsUnauthenticated), "503": Answer(StdErrorsError)},
    security="session",
    safe=True,
)

_CREATE = Operation(
    name="session.create",
    method="POST",
    path="/session",
    answers={"201": Answer(Secret), "401": Answer(StdErrorsUnauthenticated), "503": Answer(StdErrorsError)},
    security="basic",
    safe=True,
)

_DELETE = Operation(
    name="session.delete",
    method="DELETE",
    path="/session",
    answers={"204": Answer(), "401": Answer(StdErrorsUnauthenticated), "503": Answer(StdErrorsError)},
    security="session",
)


class Session(Resource):
    """`/session`"""

    def get(self, *, timeout: float | None = None) -> CisSessionInfo:
        """Show whose session this is and since when.

        Reading it counts as use, so it also keeps the session from expiring.

        Args:
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The session that the request's token belongs to.

        Raises:
            Unauthenticated: The credentials are missing or wrong, or the session is over (401).
            ServiceUnavailable: The service is starting, stopping or out of reach; try again later (503).
            VapiError: Any other error the server reports.

        Source: `GET /session`
        """
        answer: CisSessionInfo = self._transport.call(_GET, {}, timeout=timeout)
        return answer

    def create(self, *, timeout: float | None = None) -> Secret:
        """Sign in with a user name and a password.

        The answer is a token that stands for the session in the header of every later request.

        Args:
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The session's token, a secret.

        Raises:
            Unauthenticated: The credentials are missing or wrong, or the session is over (401).
            ServiceUnavailable: The service is starting, stopping or out of reach; try again later (503).
            VapiError: Any other error the server reports.

        Source: `POST /session`
        """
        answer: Secret = self._transport.call(_CREATE, {}, timeout=timeout)
        return answer

    def delete(self, *, timeout: float | None = None) -> None:
        """Sign out.

        The token is worthless afterwards.

        Args:
            timeout: Seconds to wait for the answer; the client's default if None.

        Raises:
            Unauthenticated: The credentials are missing or wrong, or the session is over (401).
            ServiceUnavailable: The service is starting, stopping or out of reach; try again later (503).
            VapiError: Any other error the server reports.
            OutcomeUnknown: The connection broke after the request may have been read.

        Source: `DELETE /session`
        """
        self._transport.call(_DELETE, {}, timeout=timeout)


class AsyncSession(AsyncResource):
    """`/session`"""

    async def get(self, *, timeout: float | None = None) -> CisSessionInfo:
        """Show whose session this is and since when.

        Reading it counts as use, so it also keeps the session from expiring.

        Args:
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The session that the request's token belongs to.

        Raises:
            Unauthenticated: The credentials are missing or wrong, or the session is over (401).
            ServiceUnavailable: The service is starting, stopping or out of reach; try again later (503).
            VapiError: Any other error the server reports.

        Source: `GET /session`
        """
        answer: CisSessionInfo = await self._transport.call(_GET, {}, timeout=timeout)
        return answer

    async def create(self, *, timeout: float | None = None) -> Secret:
        """Sign in with a user name and a password.

        The answer is a token that stands for the session in the header of every later request.

        Args:
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The session's token, a secret.

        Raises:
            Unauthenticated: The credentials are missing or wrong, or the session is over (401).
            ServiceUnavailable: The service is starting, stopping or out of reach; try again later (503).
            VapiError: Any other error the server reports.

        Source: `POST /session`
        """
        answer: Secret = await self._transport.call(_CREATE, {}, timeout=timeout)
        return answer

    async def delete(self, *, timeout: float | None = None) -> None:
        """Sign out.

        The token is worthless afterwards.

        Args:
            timeout: Seconds to wait for the answer; the client's default if None.

        Raises:
            Unauthenticated: The credentials are missing or wrong, or the session is over (401).
            ServiceUnavailable: The service is starting, stopping or out of reach; try again later (503).
            VapiError: Any other error the server reports.
            OutcomeUnknown: The connection broke after the request may have been read.

        Source: `DELETE /session`
        """
        await self._transport.call(_DELETE, {}, timeout=timeout)
