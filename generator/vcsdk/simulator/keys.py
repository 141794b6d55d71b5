"""The keys and tokens of a description without a session service: which are right, and how a program gets one."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from vcsdk.ir import SecurityScheme
from vcsdk.simulator.errors import Reply
from vcsdk.simulator.routing import Target
from vcsdk.simulator.sessions import Sessions

_GRANTS = ("client_credentials", "password")
_JSON = "application/json"


class Keys:
    """Knows the right key of each scheme.

    With `right`, that is the key of all; else nothing can tell a simulator beforehand, so that the first that comes for
    a scheme is right.  So is every token that it gives out; all others are wrong.
    """

    def __init__(self, right: str = "") -> None:
        self._right = right
        self._first: dict[tuple[str, str], str] = {}
        self._given: set[str] = set()

    def take(self, scheme: SecurityScheme, key: str | None) -> bool:
        """True for a right key."""
        if not key:
            return False
        # Two schemes of one place are two descriptions of one credential.
        first = self._right or self._first.setdefault((scheme.kind, scheme.wire_name), key)
        return key == first or key in self._given

    def give(self) -> str:
        """A new token."""
        token = secrets.token_urlsafe(24)
        self._given.add(token)
        return token

    def clear(self) -> None:
        """Forget all."""
        self._first.clear()
        self._given.clear()


class Grants:
    """Gives tokens at the addresses that the schemes name (RFC 6749, 4.3, 4.4), unless an operation stands there.

    Args:
        document: The description.
        prefix: The path of its server, which addresses are relative to.
        keys: What is given out.
        sessions: Who knows the accounts.
    """

    def __init__(self, document: Mapping[str, Any], prefix: str, keys: Keys, sessions: Sessions) -> None:
        self._keys = keys
        self._sessions = sessions
        declared = document.get("components", {}).get("securitySchemes", {})
        flows = [flow for scheme in declared.values() for flow in _flows(scheme)]
        self._paths = {_path(prefix, str(flow.get("tokenUrl"))) for flow in flows if flow.get("tokenUrl")}

    def answer(self, target: Target, headers: Mapping[str, str], body: bytes) -> Reply | None:
        """The answer to a request for a token; None for any other request."""
        if target.method != "POST" or target.path not in self._paths:
            return None
        form = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
        if form.get("grant_type") not in _GRANTS:
            return _refused("unsupported_grant_type")
        if form["grant_type"] == "password":
            if self._sessions.signed_in(form.get("username", ""), form.get("password", "")) is None:
                return _refused("invalid_grant")
        elif not headers.get("authorization", "").lower().startswith("basic ") and "client_id" not in form:
            return _refused("invalid_client", 401)
        value = {"access_token": self._keys.give(), "token_type": "Bearer", "expires_in": 3600}
        return Reply(200, value, _JSON, {"Cache-Control": "no-store"})


def _flows(scheme: Any) -> list[Mapping[str, Any]]:
    flows = scheme.get("flows") if isinstance(scheme, Mapping) else None
    return [flow for flow in flows.values() if isinstance(flow, Mapping)] if isinstance(flows, Mapping) else []


def _path(prefix: str, address: str) -> str:
    try:
        path = urlsplit(address).path
    except ValueError:
        path = ""
    return path if path.startswith("/") else f"{prefix.rstrip('/')}/{path}"


def _refused(error: str, status: int = 400) -> Reply:
    return Reply(status, {"error": error}, _JSON)
