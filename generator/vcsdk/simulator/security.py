"""Authentication by the security schemes of a description."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from vcsdk.ir import Api, Operation, Role, SecurityScheme
from vcsdk.simulator.call import Call
from vcsdk.simulator.errors import Refusal
from vcsdk.simulator.keys import Keys
from vcsdk.simulator.messages import Message
from vcsdk.simulator.sessions import Caller, Sessions

_ODD = re.compile(r"[^A-Za-z0-9!#$%&'*+.^_`|~-]")
_REALM = 'realm="vcsdk simulator"'


class Security:
    """Finds out who calls.

    Basic credentials are checked against the accounts, a header, query or cookie key against the sessions if the
    description has a session service.  Without one `keys` knows which are right.  A client certificate cannot be asked
    for here, and is taken as shown.
    """

    def __init__(self, api: Api, sessions: Sessions, keys: Keys) -> None:
        self._schemes = api.security_schemes
        self._sessions = sessions
        self._keys = keys
        self._has_sessions = api.profile == "vapi" and api.playing(Role.SESSION_CREATE) is not None

    def authenticate(self, call: Call) -> Caller | None:
        """The caller, or None where the operation needs none and nobody says who calls.

        Raises:
            Refusal: 401 UNAUTHENTICATED with a challenge.
        """
        operation = call.operation
        if operation is None or not operation.security:
            return None
        reason = "api.unauthenticated"
        for alternative in operation.security:
            callers = [self._caller(self._schemes.get(name), call) for name in alternative]
            if callers and all(caller is not None for caller in callers):
                return callers[0]
            if any(self._given(self._schemes.get(name), call) for name in alternative):
                kind = next((s.kind for name in alternative if (s := self._schemes.get(name)) is not None), "other")
                reason = "api.credentials" if kind == "basic" else "api.session"
        if () in operation.security:
            return None
        challenge = self._challenge(operation)
        raise Refusal("UNAUTHENTICATED", Message(reason), headers={"WWW-Authenticate": challenge}, challenge=challenge)

    def _challenge(self, operation: Operation) -> str:
        schemes = [s for names in operation.security for name in names if (s := self._schemes.get(name)) is not None]
        for scheme in schemes:
            if scheme.kind == "bearer":
                return f"Bearer {_REALM}"
            if scheme.kind in ("http", "other"):
                return f"{_ODD.sub('', scheme.wire_name) or 'Unknown'} {_REALM}"
            if self._has_sessions and scheme.kind == "header":
                return f'SessionId {_REALM}, header="{scheme.wire_name}"'
            if scheme.kind in ("header", "query", "cookie"):
                return f'ApiKey {_REALM}, {scheme.kind}="{quote(scheme.wire_name)}"'
        return f"Basic {_REALM}"

    def _caller(self, scheme: SecurityScheme | None, call: Call) -> Caller | None:
        if scheme is None:
            return None
        if scheme.kind == "basic":
            return self._sessions.check_password(call.headers.get("authorization"))
        key = key_of(scheme, call)
        if self._has_sessions and scheme.kind in ("header", "query", "cookie"):
            return self._sessions.check_token(key)
        right = scheme.kind == "certificate" or self._keys.take(scheme, key)
        return Caller("anonymous", frozenset()) if right else None

    def _given(self, scheme: SecurityScheme | None, call: Call) -> bool:
        if scheme is None:
            return False
        return bool(call.headers.get("authorization") if scheme.kind == "basic" else key_of(scheme, call))


def key_of(scheme: SecurityScheme, call: Call) -> str | None:
    """The key or token that a call carries for a scheme; None without one."""
    if scheme.kind == "header":
        return call.headers.get(scheme.wire_name.lower())
    if scheme.kind == "query":
        return next(iter(call.target.values(scheme.wire_name)), None)
    if scheme.kind == "cookie":
        return cookies(call.headers).get(scheme.wire_name)
    kind, _, token = call.headers.get("authorization", "").partition(" ")
    expected = "bearer" if scheme.kind == "bearer" else scheme.wire_name.lower()
    return token.strip() if kind.lower() == expected else None


def cookies(headers: Mapping[str, str]) -> dict[str, str]:
    """The cookies of a request (RFC 6265 §4.2); malformed pieces are left out."""
    pairs = (piece.strip().partition("=") for piece in headers.get("cookie", "").split(";"))
    return {name: value.strip('"') for name, separator, value in pairs if separator}
