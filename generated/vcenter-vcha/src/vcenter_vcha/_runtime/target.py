"""Where requests go: what the caller names, else the servers of the description."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import httpx2
import msgspec

from .called import called, shown
from .errors import ArgumentError
from .facts import ApiFacts
from .operation import Operation
from .server import Server

PORTS = {"http": 80, "https": 443}
"""What an address without a port means (RFC 9110, 4.2)."""
_ODD = re.compile(r"[\s\x00-\x20\x7f\\]")
_PATH = "/:@!$&'()*+,;=-._~%"


class Address(msgspec.Struct, frozen=True):
    """An origin ("https://vc.example.com:8443") and a path, "" for none; no slash at its end."""

    origin: str
    path: str = ""

    def __str__(self) -> str:
        return self.origin + self.path


def address(target: Any, name: str = "target") -> Address:
    """A target taken apart: a host name ("vc.example.com", "vc.example.com:8443"), an origin, or more with a path.

    Raises ArgumentError for anything else.  The message does not repeat the target, which may hold a password.
    """
    told = called(name)
    if not isinstance(target, str) or not target or _ODD.search(target):
        raise ArgumentError(f"{told}: expected a host name or an address such as https://vc.example.com")
    written = target if "://" in target else f"https://{_bracketed(target)}"
    try:
        parts = urlsplit(written)
        host, port = parts.hostname, parts.port
    except ValueError:
        # What Python says of it repeats a part of the text.
        raise ArgumentError(f"{told}: is no address, or its port is no number up to 65535") from None
    if parts.scheme not in ("http", "https"):
        raise ArgumentError(f"{told}: scheme{shown(name, parts.scheme)} is neither https nor http")
    if "@" in parts.netloc:
        raise ArgumentError(f"{told}: holds a user name; credentials have arguments of their own")
    if not host:
        raise ArgumentError(f"{told}: has no host name")
    if "?" in written or "#" in written:
        raise ArgumentError(f"{told}: goes no further than a path; it has a query or a fragment")
    path = quote(parts.path.rstrip("/"), safe=_PATH)
    if {".", ".."} & set(path.replace("%2e", ".").replace("%2E", ".").split("/")):
        raise ArgumentError(f"{told}: has a path that leads back")
    bracketed = f"[{host}]" if ":" in host else host
    origin = f"{parts.scheme}://{bracketed}" + (f":{port}" if port is not None else "")
    try:
        httpx2.URL(origin)
    except httpx2.InvalidURL:
        raise ArgumentError(f"{told}: the host name cannot exist") from None
    return Address(origin, path)


def _bracketed(target: str) -> str:
    try:
        return f"[{ipaddress.IPv6Address(target)}]"
    except ValueError:
        return target


def joined(here: httpx2.URL, reference: Any) -> httpx2.URL | None:
    """Where a reference leads; None where it is none.  What is raised would show it in a frame."""
    try:
        return here.join(reference)
    except (httpx2.InvalidURL, ValueError, TypeError):
        return None


def origin_of(url: httpx2.URL) -> tuple[str, str, int | None]:
    """Scheme, host and port (RFC 9110, 4.3.1)."""
    return url.scheme, url.host, url.port or PORTS.get(url.scheme)


def is_this_machine(origin: str) -> bool:
    """Whether an origin is on the loopback interface (RFC 6761: `localhost` and what ends in it)."""
    host = urlsplit(origin).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


class Bases:
    """What stands before the path of each operation.

    Without a target an operation goes to its own server, or to that of the API.  A target replaces the hosts of all
    servers; one that has a path stands in place of their paths, too.  A `base_url` stands in place of all of it, with a
    path or without.  So nothing is sent to a host that neither the caller nor, without either, the description names.

    Raises ArgumentError for a target, base URL or variable that cannot be used, for a target that is missing, and for
    both where they lead to different addresses.
    """

    def __init__(
        self,
        facts: ApiFacts,
        target: str | None,
        variables: Mapping[str, str | None],
        base_url: str | None = None,
    ) -> None:
        servers = {"": Server(facts.prefix), **facts.servers}
        given = {name: value for name, value in variables.items() if value is not None}
        if target is None and base_url is not None:
            self.target: Address = _whole(base_url)
            _refuse_unused(servers, given, "this base URL")
            self._by_server: dict[str, str] = dict.fromkeys(servers, str(self.target))
            return
        whole = _named_or_described(servers, given, target)
        self.target = whole if target is None or whole.path else Address(whole.origin)
        self._by_server = {
            key: str(_below(server, given, whole, named=target is not None)) for key, server in servers.items()
        }
        if base_url is not None and set(self._by_server.values()) != {str(_whole(base_url))}:
            both = f"{called('target')}, {called('base_url')}"
            raise ArgumentError(
                f"{both}: lead to different addresses; pass one (a target without a path keeps the path of the"
                " description, a base URL stands for the whole)"
            )

    @property
    def origins(self) -> tuple[str, ...]:
        """All that requests go to."""
        parts = (urlsplit(base) for base in self._by_server.values())
        return tuple(dict.fromkeys(f"{part.scheme}://{part.netloc}" for part in parts))

    def of(self, operation: Operation) -> str:
        """Origin and path before an operation's own."""
        return self._by_server[operation.server]

    def __str__(self) -> str:
        return self._by_server[""]


def _whole(base_url: Any) -> Address:
    if isinstance(base_url, str) and "://" not in base_url:
        raise ArgumentError(f"{called('base_url')}: expected a whole address such as https://gw.example.com/api/v1")
    return address(base_url, "base_url")


def _named_or_described(servers: Mapping[str, Server], given: Mapping[str, str | None], target: str | None) -> Address:
    main = servers[""]
    if target is None:
        if not main.is_absolute:
            raise ArgumentError(f"{called('target')}: the description does not say where the API is; pass an address")
        return address(main.expanded(given), _named(main))
    whole = address(target)
    _refuse_unused(servers, given, "this target", whole)
    return whole


def _below(server: Server, given: Mapping[str, str | None], whole: Address, *, named: bool) -> Address:
    if named and whole.path:
        return whole
    if server.is_absolute and not named:
        return address(server.expanded(given), _named(server))
    path = server.path(given)
    return Address(whole.origin, address(path if "://" in path else whole.origin + path, _named(server)).path)


def _named(server: Server) -> str:
    """What a caller can change of a server that cannot be used."""
    return ", ".join(called(variable.keyword) for variable in server.variables.values()) or "target"


def _refuse_unused(
    servers: Mapping[str, Server], given: Mapping[str, str | None], place: str, whole: Address | None = None
) -> None:
    """A variable of the host, or of a path that `place` replaces, would be dropped without a word."""
    for name in given:
        holders = [server for server in servers.values() if name in server.variables]
        if whole is None or whole.path or not any(server.in_path(name) for server in holders):
            keyword = holders[0].variables[name].keyword if holders else name
            raise ArgumentError(f"{called(keyword)}: has no meaning beside {place}, which stands in place of it")
