"""Sessions and accounts: who may log in, which tokens are valid, which privileges their users have."""

from __future__ import annotations

import base64
import hmac
import re
import uuid
from dataclasses import dataclass
from typing import Any

from vcsdk.copied.suite.masking import spellings
from vcsdk.simulator.clock import Clock
from vcsdk.simulator.options import SimulatorOptions

_SHORTEST = 4
"""Characters of a spelling of the password below which it is not looked for: it would stand in any address."""
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass(slots=True)
class Session:
    """A login.  The token is the key it is kept under, never a field, so that no repr shows it."""

    user: str
    created: str
    last_accessed: str
    used_at: float

    def as_dict(self) -> dict[str, Any]:
        """The wire form of session get."""
        return {"user": self.user, "created_time": self.created, "last_accessed_time": self.last_accessed}


@dataclass(frozen=True, slots=True)
class Caller:
    """Who makes a request: the user, the privileges, and the token if a session was used."""

    user: str
    privileges: frozenset[str]
    token: str | None = None

    def __repr__(self) -> str:
        return f"Caller(user={self.user!r}, privileges={sorted(self.privileges)})"


class Sessions:
    """The session store.  Tokens are random (`uuid4`), and gone after `idle_timeout` seconds without use."""

    def __init__(self, options: SimulatorOptions, clock: Clock) -> None:
        self._options = options
        self._clock = clock
        self._open: dict[str, Session] = {}
        self._issued: set[str] = set()
        password = options.password
        derived = {form for form in spellings(password) if len(form) >= _SHORTEST} if password else set()
        self._spelled = sorted(derived | ({password} if password else set()), key=lambda form: (-len(form), form))

    def check_password(self, authorization: str | None) -> Caller | None:
        """The caller of a Basic `Authorization` header (RFC 7617), or None."""
        scheme, _, encoded = (authorization or "").partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            user, separator, password = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
        except ValueError:
            return None
        return self.signed_in(user, password) if separator else None

    def signed_in(self, user: str, password: str) -> Caller | None:
        """The caller with this name and password, or None."""
        privileges = self._options.accounts().get(user)
        same = hmac.compare_digest(password.encode(), self._options.password.encode())
        return Caller(user, privileges) if privileges is not None and same else None

    def create(self, user: str) -> str:
        """A new session; returns its token."""
        token = str(uuid.uuid4())
        now = self._clock.timestamp()
        self._open[token] = Session(user, now, now, self._clock.now())
        self._issued.add(token)
        return token

    def check_token(self, token: str | None) -> Caller | None:
        """The caller a token belongs to, or None; using a session keeps it alive."""
        session = self._open.get(token or "")
        if token is None or session is None:
            return None
        if self._clock.now() - session.used_at > self._options.idle_timeout:
            del self._open[token]
            return None
        session.used_at = self._clock.now()
        session.last_accessed = self._clock.timestamp()
        return Caller(session.user, self._options.accounts().get(session.user, frozenset()), token)

    def get(self, token: str) -> Session | None:
        """The session of a token."""
        return self._open.get(token)

    def delete(self, token: str) -> None:
        """End a session."""
        self._open.pop(token, None)

    def clear(self) -> None:
        """End every session, as a failover does."""
        self._open.clear()

    def __len__(self) -> int:
        return len(self._open)

    def mask(self, text: str) -> str:
        """The text with every token that was ever issued, and the password as addresses spell it, replaced by `***`."""
        masked = _UUID.sub(lambda found: "***" if found[0] in self._issued else found[0], text)
        for form in self._spelled:
            masked = masked.replace(form, "***")
        return masked
