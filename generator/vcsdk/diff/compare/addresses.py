"""Addresses of servers, the same for what is the same address (RFC 3986 6.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_PARTS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)(.*)", re.DOTALL)
_VARIABLE = re.compile(r"(\{[^{}]*\})")
_PORTS = {"http": ":80", "https": ":443"}


def address(server: Mapping[str, Any]) -> str:
    """The address of a server with the values of its variables: "https://{at}.example.com with at eu of eu | us"."""
    url = str(server.get("url", "")).rstrip("/") or "/"
    found = _PARTS.fullmatch(url)
    if found is not None:
        scheme, host = found[1].lower(), "".join(map(_in_lower_case, _VARIABLE.split(found[2])))
        url = f"{scheme}://{host.removesuffix(_PORTS.get(scheme, ' '))}{found[3]}"
    variables = server.get("variables")
    known = variables.items() if isinstance(variables, dict) else ()
    said = [_said(str(name), each) for name, each in sorted(known) if isinstance(each, dict)]
    return f"{url} with {', '.join(said)}" if said else url


def _in_lower_case(text: str) -> str:
    """Names of hosts do not tell upper from lower case, those of variables do."""
    return text if text.startswith("{") else text.lower()


def _said(name: str, variable: Mapping[str, Any]) -> str:
    values = variable.get("enum")
    listed = sorted(map(str, values)) if isinstance(values, list) else []
    return f"{name} {variable.get('default', '')}" + (f" of {' | '.join(listed)}" if listed else "")
