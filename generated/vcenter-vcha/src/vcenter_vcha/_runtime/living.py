"""Credentials that are asked for when they are needed: kept, renewed once for all callers, after a 401 too."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from .effects import Ask, Flow
from .errors import ArgumentError, AuthenticationError
from .log import logger
from .oauth2 import OAuth2, Token, token_of
from .process import Own
from .request import Prepared
from .secret import Secret, hidden, hides_text
from .turn import turn

if TYPE_CHECKING:
    from .credentials import Given
    from .line import Line
    from .settings import Clock


class Living:
    """The live credentials of a client by its arguments; `lock` makes one of the driver's."""

    def __init__(self, given: Given, lock: Callable[[], Any], line: Line) -> None:
        self._given = given
        self._line = line
        self._kept: dict[str, Own[_Kept]] = {name: Own(lambda: _Kept(lock())) for name in given.live}

    def texts(self, prepared: Prepared, clock: Clock, stale: Mapping[str, Secret] | None) -> Flow[Mapping[str, Secret]]:
        """What the live credentials of a request are now; none of the `stale` ones.  Raises as a login does."""
        found: dict[str, Secret] = {}
        for name, token_url in self._given.living(prepared):
            old = stale.get(name) if stale is not None else None
            source = self._given.live[name]
            if isinstance(source, OAuth2):
                found[name] = yield from self._token(name, source, token_url, prepared, clock, old)
            else:
                found[name] = yield from self._asked(name, source, clock)
        return found

    def named(self, name: str, clock: Clock) -> Flow[Mapping[str, Secret]]:
        """What the live credential of one argument is now; nothing where it is none."""
        source = self._given.live.get(name)
        return {} if source is None else {name: (yield from self._asked(name, source, clock))}

    def _asked(self, name: str, source: Callable[[], Any], clock: Clock) -> Flow[Secret]:
        value = hidden((yield Ask(source, clock.deadline)))
        if not hides_text(value):
            raise ArgumentError(f"{name}: its function gave no text")
        secret = Secret(value)
        self._given.check(name, secret)
        return secret

    def _token(
        self, name: str, source: OAuth2, token_url: str, prepared: Prepared, clock: Clock, stale: Secret | None
    ) -> Flow[Secret]:
        kept = self._kept[name].get()
        if (usable := kept.usable(stale)) is not None:
            return usable
        lock = yield from turn(kept.lock, prepared.operation, clock)
        try:
            # Somebody else may have got one while this one waited.
            if (usable := kept.usable(stale)) is not None:
                return usable
            base = source.address(token_url, self._line.bases.of(prepared.operation))
            refresh = source.refresh_token
            if kept.token is not None:
                refresh = kept.token.refresh_token
                # What renews it stays, should this come to nothing.
                kept.token = replace(kept.token, until=0.0)
            try:
                token = yield from self._fetched(source, base, refresh, clock)
            except AuthenticationError:
                # A refresh token ends, too.
                if not source.can_do_without(refresh):
                    raise
                token = yield from self._fetched(source, base, None, clock)
            self._given.check(name, token.text)
            kept.token = token
            logger.info("got an access token")
            return token.text
        finally:
            lock.release()

    def _fetched(self, source: OAuth2, base: str, refresh: Secret | None, clock: Clock) -> Flow[Token]:
        prepared, credentials = source.request(base, refresh)
        telling = self._line.telling(prepared, "login")
        answer = yield from self._line.elsewhere(prepared, credentials, clock, telling)
        return token_of(answer, refresh)


class _Kept:
    """What one process has of a token."""

    def __init__(self, lock: Any) -> None:
        self.lock = lock
        self.token: Token | None = None

    def usable(self, stale: Secret | None) -> Secret | None:
        """The token, unless it is the stale one or has had its time."""
        token = self.token
        if token is None or token.text is stale or time.monotonic() >= token.until:
            return None
        return token.text
