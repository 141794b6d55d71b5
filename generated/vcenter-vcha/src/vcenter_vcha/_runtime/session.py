"""Credentials and the session: made on first use, kept, made again once after a 401."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from .answers import value_of
from .called import called
from .credentials import Given, sendable
from .effects import Flow
from .errors import ArgumentError, AuthenticationError, UnexpectedAnswer
from .facts import ApiFacts
from .log import guard, logger
from .operation import Operation
from .process import Own
from .request import Credentials, Prepared, prepare
from .secret import Secret, hides_text
from .serialize import escape
from .turn import turn

if TYPE_CHECKING:
    from .line import Line
    from .settings import Clock


class Session:
    """Who the caller is, and the session token once there is one.  Shared by all threads or tasks of a client.

    `given` is what its owner gave; `lock` makes one of the driver's, held while one logs in over `line`.  Raises
    ArgumentError for credentials that cannot be used.
    """

    def __init__(self, facts: ApiFacts, given: Given, lock: Callable[[], Any], line: Line) -> None:
        # A session is one process's: what a fork has copied is still used, and ended, by the parent.
        self._own: Own[_Login] = Own(lambda: _Login(lock()))
        if facts.session is not None:
            _check(given)
        self._facts = facts
        self._given = given
        self._token = given.secret("token")
        self._line = line
        self._living = None
        if given.live:
            # Clients without any do without these imports.
            from .living import Living

            self._living = Living(given, lock, line)
        in_query = [scheme.wire_name for scheme in facts.security.values() if scheme.kind == "query"]
        guard(facts.secret_headers, map(escape, in_query))

    def renewable(self, operation: Operation, token: Any) -> bool:
        """Whether a 401 of this operation can be mended by logging in again, or by asking again for what it used."""
        if isinstance(token, dict):
            return bool(token)
        return self._uses_session(operation) and self._given.has("password")

    def everything(self) -> str | tuple[tuple[str, ...], ...]:
        """What authenticates a request of which the description says nothing: the session, or all that was given."""
        return self._given.everything() if self._facts.session is None else "session"

    @property
    def open(self) -> bool:
        """Whether there is a session that this client made."""
        return self._own.get().token is not None

    def refused(self, error: AuthenticationError) -> bool:
        """Whether the login itself was refused: the same password once more can lock the account."""
        return self._facts.session is not None and error.operation == self._facts.session.create.name

    def forget(self) -> None:
        """Drop the token."""
        self._own.get().token = None

    def credentials(self, prepared: Prepared, clock: Clock, stale: Any) -> Flow[Any]:
        """`(Credentials, token)` for one request; logs in if there is no token or only the stale one.

        Of live credentials the token is what each was, by argument.

        Raises ArgumentError where what the operation needs was not given.
        """
        operation = prepared.operation
        if self._living is not None and not isinstance(operation.security, str):
            texts = yield from self._living.texts(prepared, clock, stale)
            return self._given.of(prepared, texts), texts
        if operation.security == "basic":
            return (yield from self._basic(clock)), None
        if not self._uses_session(operation):
            return self._given.of(prepared), None
        assert self._facts.session is not None  # noqa: S101 - what _uses_session says
        if self._living is not None and (texts := (yield from self._living.named("token", clock))):
            return Credentials(headers={self._facts.session.header.lower(): texts["token"].reveal()}), texts
        token = self._token or self._own.get().token
        if token is None or token is stale:
            token = yield from self._obtain(operation, clock, stale)
        return Credentials(headers={self._facts.session.header.lower(): token.reveal()}), token

    def _uses_session(self, operation: Operation) -> bool:
        return operation.security == "session" and self._facts.session is not None

    def _obtain(self, operation: Operation, clock: Clock, stale: Secret | None) -> Flow[Secret]:
        if not self._given.has("password"):
            raise ArgumentError(f"{operation.name}: needs username and password, or a token")
        login = self._own.get()
        lock = yield from turn(login.lock, operation, clock)
        try:
            # Somebody else may have logged in while this one waited.
            if login.token is None or login.token is stale:
                login.token = None
                login.token = yield from self._log_in(clock)
            return login.token
        finally:
            lock.release()

    def _log_in(self, clock: Clock) -> Flow[Secret]:
        assert self._facts.session is not None  # noqa: S101 - what _uses_session says
        create = self._facts.session.create
        prepared = prepare(create, {}, None)
        # A login that got lost leaves an idle session that the server drops; nothing the caller asked for is repeated.
        telling = self._line.telling(prepared, "login")
        basic = yield from self._basic(clock)
        answer = yield from self._line.exchange(prepared, basic, clock, safe=True, telling=telling)
        token = _token(value_of(self._facts, create, answer))
        if token is None:
            raise UnexpectedAnswer(f"{create.name}: the answer holds no usable token", operation=create.name)
        logger.info("logged in")
        return token

    def _basic(self, clock: Clock) -> Flow[Credentials]:
        texts: Mapping[str, Secret] = {}
        if self._living is not None:
            texts = yield from self._living.named("password", clock)
        return self._given.basic(texts=texts)

    def __repr__(self) -> str:
        return "<Session open>" if self.open else "<Session>"


class _Login:
    """What one process has of a session."""

    def __init__(self, lock: Any) -> None:
        self.lock = lock
        self.token: Secret | None = None


def _token(value: Any) -> Secret | None:
    """A token that a header can carry, hidden at once; None for anything else."""
    if not (isinstance(value, str) or hides_text(value)) or not value:
        return None
    token = Secret(value)
    return token if sendable(token) else None


def _check(given: Given) -> None:
    """Raises ArgumentError for what no vCenter takes together."""
    given.check_basic("username", "password")
    if given.has("token") and given.has("username"):
        raise ArgumentError(f"{called('token')}: pass either a token or username and password")
    given.check_header("token")
