"""Where an API is: its server, and the servers that operations have of their own ("Server Object")."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

from msgspec.structs import replace

from vcsdk.build.markup import described
from vcsdk.diagnostics import Diagnostics, Level
from vcsdk.ir import Operation, Server, ServerVariable
from vcsdk.ir.types import wire_text
from vcsdk.load import Document
from vcsdk.load.grammar import path_item_of
from vcsdk.load.pointer import find, join

VARIABLE = re.compile(r"\{([^{}]*)\}")


def with_servers(
    operations: Collection[Operation], document: Document, profile: str, diagnostics: Diagnostics
) -> tuple[tuple[Operation, ...], dict[str, Server]]:
    """The operations, each with the key of its own server, and the servers by key; that of the API is under "".

    A vCenter is where its owner put it: in the profile `vapi` only the path of the server counts, and there is one.
    """
    main = _first(document.data.get("servers"), "/servers", document, diagnostics)
    if profile == "vapi":
        return tuple(operations), {"": Server(main.path) if main is not None else Server("")}
    own = {o.key: s for o in operations if (s := _own(o, document, diagnostics)) is not None}
    if main is None and len(own) == len(operations) > 0:
        # Descriptions that name their only server at each path say as much as one that names it once.
        main = next(iter(own.values()))
    elif document.address is not None and not document.data.get("servers"):
        # "Server Object": without any, it is `/`, which is relative to where the description was read.
        main = _server({"url": urljoin(document.address, "/")})
    servers = {"": main or Server("")}
    # `/` alone says what a description without servers does.
    if main is not None and main.url and not main.is_absolute:
        message = f"the server `{main.url}` is where the description is, and that was read from a file"
        hint = "clients have to be given a target"
        diagnostics.add(document.diagnose(Level.NOTE, "no-host", message, "/servers", hint))
    return tuple(_with_own(o, own.get(o.key), servers, document, diagnostics) for o in operations), servers


def _with_own(
    operation: Operation, own: Server | None, servers: dict[str, Server], document: Document, diagnostics: Diagnostics
) -> Operation:
    main = servers[""]
    if own is None or (own.url, own.variables) == (main.url, main.variables):
        return operation
    key, count = own.url or "/", 2
    while servers.setdefault(key, own).variables != own.variables:
        key, count = f"{own.url} ({count})", count + 1
    message = f"{operation.request_line} has a server of its own, `{own.url or '/'}`"
    hint = "clients without a target call it there; contract tests ask the target for it, like for all others"
    place = operation.key.removeprefix("#")
    diagnostics.add(document.diagnose(Level.NOTE, "operation-server", message, place, hint))
    return replace(operation, server=key)


def _own(operation: Operation, document: Document, diagnostics: Diagnostics) -> Server | None:
    """The first server that an operation, else its path, names."""
    pointer = operation.key.removeprefix("#")
    for place in (pointer, path_item_of(pointer)):
        node = find(document.data, place)
        if isinstance(node, dict) and node.get("servers"):
            return _first(node["servers"], join(place, "servers"), document, diagnostics)
    return None


def _first(nodes: Any, pointer: str, document: Document, diagnostics: Diagnostics) -> Server | None:
    """The first server that can be spoken to by HTTP; the others are named."""
    for place, node in enumerate(nodes if isinstance(nodes, Sequence) and not isinstance(nodes, str) else ()):
        at = join(pointer, str(place))
        # Swagger 2.0 has no variables: what stands in braces there has a default only because 3.0 requires one.
        server = _server(node if document.version != "2.0" else {**node, "variables": {}})
        if (wrong := _wrong(server)) is None:
            _tell_unused(node, server, at, document, diagnostics)
            return server
        message = f"this server {wrong}; it is left out"
        diagnostics.add(document.diagnose(Level.WARNING, "unusable-server", message, at))
    return None


def _server(node: Mapping[str, Any]) -> Server:
    url, variables = str(node.get("url", "")).strip(), node.get("variables") or {}
    found = tuple(_variable(name, variables.get(name) or {}) for name in dict.fromkeys(VARIABLE.findall(url)))
    server = Server(url, found, described(node))
    if url.startswith("//"):
        return replace(server, url=f"https:{url}")
    if "://" in server.expanded or url.startswith(("/", "{")):
        return replace(server, url=url.rstrip("/"))
    # RFC 3986, 4.2: a path that begins with no slash is relative to the description's folder.
    path = re.sub(r"^(\.\.?(/|$))+", "", url).strip("/")
    return replace(server, url=f"/{path}" if path else "")


def _variable(name: str, node: Mapping[str, Any]) -> ServerVariable:
    default, values = node.get("default"), node.get("enum") or ()
    # YAML makes numbers and booleans of what is text here.
    allowed = tuple(dict.fromkeys(wire_text(value) or "" for value in values))
    chosen = wire_text(default)
    if allowed and chosen is not None and chosen not in allowed:
        allowed = (chosen, *allowed)
    return ServerVariable(name, chosen, allowed, described(node))


def _wrong(server: Server) -> str | None:
    """Why no client can speak to a server, or None."""
    try:
        parts = urlsplit(server.expanded)
        _ = parts.port
    except ValueError:
        return "is no address"
    if parts.scheme and parts.scheme not in ("http", "https"):
        return f"is not spoken to by HTTP, but by `{parts.scheme}`"
    if "://" in server.url and not parts.hostname:
        return "is no address"
    if parts.username is not None or parts.password is not None:
        return "has a user in it"
    if parts.query or parts.fragment:
        return "has more than a path behind its host"
    return None


def _tell_unused(
    node: Mapping[str, Any], server: Server, pointer: str, document: Document, diagnostics: Diagnostics
) -> None:
    known = {variable.name for variable in server.variables}
    for name in node.get("variables") or {}:
        if name not in known:
            message = f"`{name}` stands nowhere in the server's address"
            place = join(pointer, "variables", name)
            diagnostics.add(document.diagnose(Level.NOTE, "unused-variable", message, place))
    for variable in server.variables:
        if variable.default is None:
            message = f"`{{{variable.name}}}` has no default: clients without a target have to be given it"
            diagnostics.add(document.diagnose(Level.NOTE, "no-default", message, join(pointer, "url")))
