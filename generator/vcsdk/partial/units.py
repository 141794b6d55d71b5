"""The smallest part of a description that can be left out with a place in it.

An operation needs its body, its required parameters and what it answers when it succeeds; a schema needs everything it
is made of, because a model without one of its properties would lose what a server sent.  What nobody needs to make a
call costs only itself: an optional parameter, the answer to an error, one under what is no status, a discriminator, an
entry of a union that one tells apart, one of several ways to authenticate, a header of an answer, a link, a callback,
an example, prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from vcsdk.load.document import Document
from vcsdk.load.grammar import FREE_MAPS, GRAMMAR, SECTIONS
from vcsdk.load.pointer import find, join, split

_KINDS = {section: kind for kind, section in SECTIONS.items()}
_PARTS = {
    ("document", "paths"): "path",
    ("document", "webhooks"): "webhook",
    ("document", "tags"): "tag",
    ("operation", "callbacks"): "callback",
    ("response", "links"): "link",
    ("response", "headers"): "header",
    ("schema", "discriminator"): "discriminator",
    ("document", "security"): "requirement",
    ("operation", "security"): "requirement",
}
_WHOLE = frozenset(("webhook", "tag", "callback", "link", "example"))
"""Parts of which nothing is made, so that what is wrong in them never matters to anything smaller."""
_PROSE = frozenset(
    (
        *("summary", "description", "title", "example", "externalDocs", "xml", "$comment", "termsOfService", "contact"),
        *("license", "tags", "examples", "links", "callbacks", "webhooks"),
    )
)
"""Fields of which nothing is made, as a whole; but `title` of `info` is required."""
_STATUS = re.compile(r"[1-5](?:[0-9]{2}|XX)")
_SUCCESS = re.compile(r"[23](?:[0-9]{2}|XX)")
_PLACES = ("query", "header", "cookie", "querystring")


class Unit(msgspec.Struct, frozen=True):
    """A part: what it is, and its pointer."""

    kind: str
    pointer: str


class _Step(msgspec.Struct, frozen=True):
    """A node on the way down: kind, pointer, node, the field of its holder, and the holder's kind and node."""

    kind: str
    pointer: str
    node: Any
    field: str
    holder_kind: str
    holder: Any


def unit_of(document: Document, pointer: str) -> Unit | None:
    """The part that a place belongs to; None where it breaks the document as a whole.

    A place outside what OpenAPI knows (`/x-parts/Lamp/type`) belongs to no part; who refers to it does.
    """
    found: Unit | None = None
    in_paths = pointer.startswith("/paths/")
    for step in _way(document.data, pointer):
        kind = _part(document, step)
        if kind == "operation" and not in_paths:
            kind = None
        if kind is not None:
            found = Unit(kind, step.pointer)
            if kind in _WHOLE:
                break
    return found


def _way(data: Any, pointer: str) -> Iterator[_Step]:
    """The nodes from the root to a pointer, as the grammar knows them, entries of `mapping` and prose included."""
    kind, node, here = "document", data, ""
    tokens = split(pointer)
    while tokens:
        field = tokens.pop(0)
        holder_kind, holder = kind, node
        shape = GRAMMAR[kind].get(field) if kind in GRAMMAR else None
        if kind in FREE_MAPS:
            here, kind = join(here, field), FREE_MAPS[kind]
        elif shape is None:
            return
        elif shape.form == "one":
            here, kind = join(here, field), shape.kind
        elif shape.form == "leaf":
            entry = tokens[:1] if field == "mapping" else []
            yield _Step("", join(here, field, *entry), None, field, holder_kind, holder)
            return
        elif not tokens:
            yield _Step("", join(here, field), None, field, holder_kind, holder)
            return
        else:
            here, kind = join(here, field, tokens.pop(0)), shape.kind
        try:
            node = find(data, here)
        except KeyError:
            node = None
        yield _Step(kind, here, node, field, holder_kind, holder)
        if not kind:
            return


def _part(document: Document, step: _Step) -> str | None:
    """What a node is as a part; None where what holds it cannot do without it."""
    holder = step.holder_kind
    if not step.kind:
        if step.field == "mapping" and not step.pointer.endswith("/mapping"):
            return "mapping"
        prose = step.field in _PROSE and (holder, step.field) != ("info", "title")
        return "prose" if prose else None
    if holder == "components":
        return _KINDS.get(step.field)
    if holder == "path_item" and step.kind == "operation":
        return "operation"
    if step.kind == "example":
        return "example"
    if step.field == "parameters":
        return "parameter" if _is_optional(document, step.node) else None
    if (holder, step.field) == ("operation", "responses"):
        return _answer(step)
    if holder == "schema" and step.field in ("oneOf", "anyOf"):
        return "entry" if isinstance(step.holder, dict) and isinstance(step.holder.get("discriminator"), dict) else None
    return _PARTS.get((holder, step.field))


def _is_optional(document: Document, node: Any) -> bool:
    """True for a parameter that is known to be one, and that a request can go without."""
    for _ in range(50):
        if not isinstance(node, dict) or not isinstance(node.get("$ref"), str):
            break
        try:
            node = document.resolve(node["$ref"])[1]
        except KeyError:
            return False
    return (
        isinstance(node, dict)
        and isinstance(node.get("name"), str)
        and node.get("in") in _PLACES
        and node.get("required", False) is False
    )


def _answer(step: _Step) -> str | None:
    """What an answer is that no successful call gets: that to an error, or what stands beside one under no status."""
    status = split(step.pointer)[-1]
    if _STATUS.fullmatch(status):
        return "answer" if status[0] in ("4", "5") else None
    responses = step.holder.get("responses") if isinstance(step.holder, dict) else None
    if not isinstance(responses, dict) or not any(_SUCCESS.fullmatch(str(other)) for other in responses):
        return None
    return "answer" if status == "default" else "status"
