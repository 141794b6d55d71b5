"""What descriptions say of all their operations: the API's name, its servers, who may call, its tags."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from vcsdk.diagnostics import Diagnostics, Level
from vcsdk.load.document import Document
from vcsdk.load.extensions import entries
from vcsdk.load.grammar import operations_in
from vcsdk.load.limits import written_out
from vcsdk.load.pointer import join
from vcsdk.load.sameness import essence

_SERVER = re.compile(r"([^/]+://[^/]*)?(.*)", re.DOTALL)


def information(infos: Sequence[Any]) -> dict[str, Any]:
    """The `info` of several descriptions: what they agree on; titles by the words that all begin with, else all."""
    found: dict[str, Any] = {}
    for info in infos:
        for key, value in info.items() if isinstance(info, dict) else ():
            found.setdefault(key, value)
    for key in ("title", "version", "description"):
        texts = [text for info in infos if isinstance(info, dict) and isinstance(text := info.get(key), str) and text]
        texts = list(dict.fromkeys(texts))
        if len(texts) > 1:
            found[key] = _common_words(texts) if key == "title" else ""
            found[key] = found[key] or ("\n\n" if key == "description" else ", ").join(texts)
    return found


def _common_words(titles: Sequence[str]) -> str:
    words = zip(*(title.split() for title in titles), strict=False)
    return " ".join(row[0] for row in takewhile(lambda row: len(set(row)) == 1, words))


def version(documents: Sequence[Document], diagnostics: Diagnostics) -> str:
    """The newest format among descriptions; schemas of 3.0 mean something else in 3.1, so these do not go together."""
    first = documents[0]
    for other in documents[1:]:
        if other.is_31 != first.is_31:
            place = first.locate(first.origin("/openapi"))
            message = f"this is OpenAPI {other.version}, and {place} has {first.version}"
            hint = "one client is made of descriptions before 3.1, or of those since"
            diagnostics.add(other.diagnose(Level.ERROR, "mixed-versions", message, "/openapi", hint))
    if len({document.version for document in documents}) == 1:
        return first.version
    return max(str(document.data.get("openapi", "")) for document in documents)


def servers(documents: Sequence[Document], diagnostics: Diagnostics) -> tuple[list[str], list[Any]]:
    """What goes before each description's path keys, and the servers that all then have.

    A description that names none is served by those of the others.
    """
    named = [document for document in documents if document.data.get("servers")]
    texts = {json.dumps([essence("server", s) for s in d.data["servers"]], sort_keys=True) for d in named}
    if len(texts) <= 1 and len(named) in (0, len(documents)):
        return [""] * len(documents), named[0].data["servers"] if named else []
    hosts: dict[str, Document] = {}
    prefixes: list[str] = []
    for document in documents:
        parts = [_taken_apart(server) for server in document.data.get("servers") or ()]
        paths = {path for _, path in parts} or {""}
        if len(paths) > 1 or any("{" in path for path in paths):
            message = "the paths of these servers differ, and other descriptions of the set have others"
            diagnostics.add(document.diagnose(Level.ERROR, "different-servers", message, "/servers"))
            paths = {""}
        prefixes.extend(paths)
        if parts:
            hosts.setdefault(json.dumps([host for host, _ in parts], sort_keys=True), document)
    if len(hosts) > 1:
        first, *others = hosts.values()
        for other in others:
            message = f"these are other servers than those of {first.locate(first.origin('/servers'))}"
            hint = "one client speaks to one server: mend `servers` with an overlay"
            diagnostics.add(other.diagnose(Level.ERROR, "different-servers", message, "/servers", hint))
    for document, prefix in zip(documents, prefixes, strict=True):
        if prefix:
            _settle_own_servers(document, diagnostics)
    return prefixes, [{**server, "url": _halves(server)[0] or "/"} for server in named[0].data["servers"]]


def _settle_own_servers(document: Document, diagnostics: Diagnostics) -> None:
    """What paths and operations say again goes; another server cannot stay where paths begin with the first."""
    known = _essence_of(document.data["servers"])
    for key, item in entries(document.data.get("paths")):
        for tokens, holder in (((), item), *operations_in(item)):
            if not isinstance(holder, dict) or not holder.get("servers"):
                continue
            if _essence_of(holder["servers"]) == known:
                del holder["servers"]
                continue
            place = join("/paths", key, *tokens, "servers")
            message = "this is a server of its own, and the paths of this set's servers differ"
            hint = "mend `servers` with an overlay, or generate a client of this description alone"
            diagnostics.add(document.diagnose(Level.ERROR, "different-servers", message, place, hint))


def _essence_of(servers: Any) -> list[Any]:
    return [essence("server", server) for server in servers]


def _taken_apart(server: dict[str, Any]) -> tuple[Any, str]:
    """What a server's address has before its path, variables with it, and the path."""
    host, path = _halves(server)
    return essence("server", {**server, "url": host}), path


def _halves(server: dict[str, Any]) -> tuple[str, str]:
    """The host of a server's address, "" without one, and its path, "" for the root."""
    host, path = _SERVER.findall(str(server.get("url", "")))[0]
    path = path.strip("/")
    return host, f"/{path}" if path else ""


def security(documents: Sequence[Document]) -> list[Any] | None:
    """What all descriptions ask of a caller; where they differ, each operation is told what its own asks, and None."""
    if len({_asked(document) for document in documents}) == 1:
        found: list[Any] | None = documents[0].data.get("security")
        return found
    for document in documents:
        for key, item in entries(document.data.get("paths")):
            for tokens, operation in operations_in(item):
                if isinstance(operation, dict) and "security" not in operation:
                    operation["security"] = written_out(document.data.get("security", []))
                    document.added(join("/paths", key, *tokens, "security"), document.origin("/security"))
    return None


def _asked(document: Document) -> str:
    """The requirements with the schemes that they name: one name can stand for two schemes."""
    asked = document.data.get("security")
    schemes = document.data.get("components", {}).get("securitySchemes", {})
    named = [essence("security_scheme", schemes.get(name)) for needed in asked or () for name in needed]
    return json.dumps([asked, named], sort_keys=True)


def tags(documents: Sequence[Document]) -> list[Any]:
    """The tags of all descriptions, each name once, with what most is said of."""
    found: dict[Any, Any] = {}
    for document in documents:
        for tag in document.data.get("tags", ()):
            known = found.get(tag.get("name"))
            if known is None or len(json.dumps(tag)) > len(json.dumps(known)):
                found[tag.get("name")] = tag
    return list(found.values())
