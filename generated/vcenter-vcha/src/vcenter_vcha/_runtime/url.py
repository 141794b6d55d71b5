"""The target and the URL, built once and byte for byte by ourselves."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import httpx2

from .errors import ArgumentError
from .operation import Operation
from .serialize import escape, path_text, query_pairs

_LITERAL = "/:@!$&'()*+,;=-._~%"
_ODD = re.compile(r"[\s\x00-\x20\x7f\\]")


def origin(target: str) -> str:
    """The origin of a target: a host name ("vc.example.com", "vc.example.com:8443") or an origin ("http://…").

    Raises ArgumentError for anything else.  The message does not repeat the target, which may hold a password.
    """
    if not isinstance(target, str) or not target or _ODD.search(target):
        raise ArgumentError("target: expected a host name or an origin such as https://vc.example.com")
    written = target if "://" in target else f"https://{_bracketed(target)}"
    try:
        parts = urlsplit(written)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ArgumentError(f"target: {error}") from None
    if parts.scheme not in ("http", "https"):
        raise ArgumentError(f"target: scheme {parts.scheme!r} is neither https nor http")
    if "@" in parts.netloc:
        raise ArgumentError("target: holds a user name; pass username= and password= instead")
    if not host:
        raise ArgumentError("target: has no host name")
    if parts.path not in ("", "/") or parts.query or parts.fragment or "?" in written or "#" in written:
        raise ArgumentError("target: goes no further than the port; the path comes from the description")
    shown = f"[{host}]" if ":" in host else host
    found = f"{parts.scheme}://{shown}" + (f":{port}" if port is not None else "")
    try:
        httpx2.URL(found)
    except httpx2.InvalidURL:
        raise ArgumentError("target: the host name cannot exist") from None
    return found


def is_this_machine(origin: str) -> bool:
    """Whether an origin is on the loopback interface (RFC 6761: `localhost` and what ends in it)."""
    host = urlsplit(origin).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _bracketed(target: str) -> str:
    try:
        return f"[{ipaddress.IPv6Address(target)}]"
    except ValueError:
        return target


def path_and_query(operation: Operation, values: Mapping[str, Any], extra: list[tuple[str, str]]) -> str:
    """Path and query of a call: constants first, then declared parameters in order, then `extra` (already encoded).

    `values` is keyed by Python argument and holds checked values.
    """
    path = "".join(
        quote(part, safe=_LITERAL) if isinstance(part, str) else _path_value(part, values[part.name])
        for part in operation.segments
    )
    pairs: list[tuple[str, str]] = []
    for parameter in operation.parameters:
        if parameter.location == "query" and parameter.name in values:
            pairs += query_pairs(parameter, values[parameter.name])
    constants = (f"{escape(key)}={escape(value)}" if value else escape(key) for key, value in operation.query)
    query = "&".join((*constants, *(f"{key}={value}" for key, value in (*pairs, *extra))))
    return f"{path}?{query}" if query else path


def _path_value(parameter: Any, value: Any) -> str:
    written = path_text(parameter, value)
    if written in ("", ".", ".."):
        # Servers and proxies drop or resolve such a segment, and the request would mean another operation.
        raise ArgumentError(f"{parameter.name}: {value!r} cannot stand in a path")
    return written
