"""Credentials and the session: made on first use, kept, made again once after a 401."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from .answers import value_of
from .effects import Acquire, Flow
from .errors import ArgumentError, AuthenticationError, ConnectionFailed, UnexpectedAnswer
from .facts import ApiFacts, SecurityFacts
from .log import guard, logger
from .operation import Operation
from .request import Credentials, prepare
from .secret import Secret, hides_text
from .serialize import escape
from .transport_failure import TransportFailure

if TYPE_CHECKING:
    from .line import Line
    from .settings import Clock

_NOTHING = Credentials()


class Session:
    """Who the caller is, and the session token once there is one.  Shared by all threads or tasks of a client.

    `lock` is the driver's, held while one logs in over `line`.  Raises ArgumentError for credentials that cannot be
    used.
    """

    def __init__(self, facts: ApiFacts, username: str | None, password: Any, token: Any, lock: Any, line: Line) -> None:
        if (username is None) != (password is None):
            raise ArgumentError("username, password: one makes no sense without the other")
        if token is not None and username is not None:
            raise ArgumentError("token: pass either a token or username and password")
        for name, value in (("password", password), ("token", token)):
            if value is not None and not (isinstance(value, str) or hides_text(value)):
                raise ArgumentError(f"{name}: expected text")
        if token is not None and not _sendable(Secret(token)):
            raise ArgumentError("token: a header takes printable ASCII only")
        if username is not None and ":" in username:
            raise ArgumentError("username: holds a colon, which HTTP Basic cannot carry")
        self._facts = facts
        self.username = username
        self._password = None if password is None else Secret(password)
        self._given = None if token is None else Secret(token)
        self._current: Secret | None = None
        self._lock = lock
        self._line = line
        schemes = facts.security.values()
        guard(
            [scheme.wire_name for scheme in schemes if scheme.kind == "header"]
            + ([] if facts.session is None else [facts.session.header]),
            [escape(scheme.wire_name) for scheme in schemes if scheme.kind == "query"],
        )

    def renewable(self, operation: Operation) -> bool:
        """Whether a 401 of this operation can be mended by logging in again."""
        return self._uses_session(operation) and self._password is not None

    @property
    def open(self) -> bool:
        """Whether there is a session that this client made."""
        return self._current is not None

    def refused(self, error: AuthenticationError) -> bool:
        """Whether the login itself was refused: the same password once more can lock the account."""
        return self._facts.session is not None and error.operation == self._facts.session.create.name

    def forget(self) -> None:
        """Drop the token."""
        self._current = None

    def credentials(self, operation: Operation, clock: Clock, stale: Secret | None) -> Flow[Any]:
        """`(Credentials, token)` for one request; logs in if there is no token or only the stale one."""
        if not self._uses_session(operation):
            return self._static(operation), None
        assert self._facts.session is not None  # noqa: S101 - what _uses_session says
        token = self._given or self._current
        if token is None or token is stale:
            token = yield from self._obtain(operation, clock, stale)
        return Credentials(headers={self._facts.session.header.lower(): token.reveal()}), token

    def _uses_session(self, operation: Operation) -> bool:
        return operation.security == "session" and self._facts.session is not None

    def _obtain(self, operation: Operation, clock: Clock, stale: Secret | None) -> Flow[Secret]:
        if self._password is None:
            raise ArgumentError(f"{operation.name}: needs username and password, or a token")
        try:
            yield Acquire(self._lock, clock.give_up)
        except TransportFailure as failure:
            raise ConnectionFailed(
                f"{operation.name}: {failure.reason}; nothing was sent", operation=operation.name, reason=failure.reason
            ) from None
        try:
            # Somebody else may have logged in while this one waited.
            if self._current is None or self._current is stale:
                self._current = None
                self._current = yield from self._log_in(clock)
            return self._current
        finally:
            self._lock.release()

    def _log_in(self, clock: Clock) -> Flow[Secret]:
        assert self._facts.session is not None  # noqa: S101 - what _uses_session says
        create = self._facts.session.create
        prepared = prepare(create, {}, None)
        # A login that got lost leaves an idle session that the server drops; nothing the caller asked for is repeated.
        answer = yield from self._line.exchange(prepared, self._basic(), clock, safe=True)
        token = value_of(self._facts, create, answer)
        if not (isinstance(token, str) or hides_text(token)) or not token or not _sendable(Secret(token)):
            raise UnexpectedAnswer(f"{create.name}: the answer holds no usable token", operation=create.name)
        logger.info("logged in")
        return Secret(token)

    def _basic(self) -> Credentials:
        if self.username is None or self._password is None:
            return _NOTHING
        pair = f"{self.username}:{self._password.reveal()}".encode()
        return Credentials(headers={"authorization": f"Basic {base64.b64encode(pair).decode()}"})

    def _static(self, operation: Operation) -> Credentials:
        """Credentials that need no session: the first alternative that what was given can satisfy."""
        wanted = operation.security
        if wanted == "basic":
            return self._basic()
        if wanted in ("none", "session"):
            return _NOTHING
        alternatives = (wanted,) if isinstance(wanted, str) else wanted
        for alternative in alternatives:
            names = (alternative,) if isinstance(alternative, str) else alternative
            schemes = [self._facts.security[name] for name in names if name in self._facts.security]
            if len(schemes) == len(names) and all(self._has(scheme) for scheme in schemes):
                return _joined([self._of_scheme(scheme) for scheme in schemes])
        return _NOTHING

    def _has(self, scheme: SecurityFacts) -> bool:
        return (self._password if scheme.kind == "basic" else self._given) is not None

    def _of_scheme(self, scheme: SecurityFacts) -> Credentials:
        if scheme.kind == "basic":
            return self._basic()
        token = "" if self._given is None else self._given.reveal()
        if scheme.kind == "bearer":
            return Credentials(headers={"authorization": f"Bearer {token}"})
        if scheme.kind == "header":
            return Credentials(headers={scheme.wire_name.lower(): token})
        pair = (escape(scheme.wire_name), escape(token))
        return Credentials(query=(pair,)) if scheme.kind == "query" else Credentials(cookies=(pair,))

    def __repr__(self) -> str:
        return "<Session open>" if self.open else "<Session>"


def _sendable(secret: Secret) -> bool:
    # Checked here because the error that the encoding would raise later carries the text itself.
    return secret.reveal().isascii() and secret.reveal().isprintable()


def _joined(parts: list[Credentials]) -> Credentials:
    headers: dict[str, str] = {}
    for part in parts:
        headers.update(part.headers)
    return Credentials(
        headers=headers,
        query=tuple(pair for part in parts for pair in part.query),
        cookies=tuple(pair for part in parts for pair in part.cookies),
    )
