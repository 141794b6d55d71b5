"""Where a string is a file: OpenAPI 3.1 has no `format: binary`, but `contentMediaType` without `contentEncoding`.

In JSON such a string is text, whatever it holds; it is bytes where it travels by itself, as a body or as a part of a
form (OpenAPI 3.1.1, "Working with Binary Data").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vcsdk.ir.media import is_form, is_json
from vcsdk.load import Document
from vcsdk.load.extensions import entries
from vcsdk.load.grammar import operations_in
from vcsdk.load.pointer import join

_ALTERNATIVES = ("allOf", "anyOf", "oneOf")


def media_type_of(schema: Any) -> str | None:
    """The media type of a string that is not encoded in any way; None for all else, and for JSON, which is text."""
    if not isinstance(schema, dict) or schema.get("contentEncoding") not in (None, "binary"):
        return None
    named = schema.get("type")
    media_type = schema.get("contentMediaType")
    if not isinstance(media_type, str) or (named != "string" and named is not None and "string" not in named):
        return None
    return None if is_json(media_type) else media_type


class Binaries:
    """The places of a document at which a string is a file.

    `places` are the pointers of their schemas.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self.places: set[str] = set()
        if document.is_31:
            for content, pointer in _contents(document):
                for name, media in content.items():
                    if isinstance(media, dict) and "schema" in media:
                        self._mark(media["schema"], join(pointer, name, "schema"), name)

    def _mark(self, schema: Any, pointer: str, content_type: str) -> None:
        form = is_form(content_type)
        for part, at in self._leaves(schema, pointer):
            media_type = media_type_of(part)
            # Text in JSON is text.
            if media_type is not None and not form and not (is_json(content_type) and media_type.startswith("text/")):
                self.places.add(at)
            for name, value in (part.get("properties") or {}).items() if form else ():
                self._mark_part(value, join(at, "properties", name))
            if form and isinstance(part.get("additionalProperties"), dict):
                self._mark_part(part["additionalProperties"], join(at, "additionalProperties"))

    def _mark_part(self, schema: Any, pointer: str) -> None:
        for part, at in self._leaves(schema, pointer):
            for each, place in [(part, at), *self._leaves(part.get("items"), join(at, "items"))]:
                if media_type_of(each) is not None:
                    self.places.add(place)

    def part_types(self, schema: Any) -> dict[str, str]:
        """The media type that each property of a form's schema names itself, by wire name."""
        found: dict[str, str] = {}
        if not self._document.is_31:
            return found
        for part, _ in self._leaves(schema, ""):
            for name, value in (part.get("properties") or {}).items():
                for leaf, _ in self._leaves(value, ""):
                    for each in (leaf, *(item for item, _ in self._leaves(leaf.get("items"), ""))):
                        if isinstance(each.get("contentMediaType"), str):
                            found.setdefault(name, each["contentMediaType"])
        return found

    def _leaves(self, schema: Any, pointer: str) -> Iterator[tuple[Mapping[str, Any], str]]:
        """The schema and those it is made of, references and compositions followed, each once."""
        seen: set[int] = set()
        rest = [(schema, pointer)]
        while rest:
            node, at = rest.pop()
            if not isinstance(node, dict) or id(node) in seen:
                continue
            seen.add(id(node))
            yield node, at
            if "$ref" in node:
                target, found = self._document.resolve(node["$ref"])
                rest.append((found, target))
            for keyword in _ALTERNATIVES:
                rest += [(each, join(at, keyword, str(i))) for i, each in enumerate(node.get(keyword) or ())]


def _contents(document: Document) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Every `content` of a body or an answer, with its pointer; of what is referred to, where it stands."""
    seen: set[str] = set()
    for owner, at in _owners(document):
        node, pointer = owner, at
        while isinstance(node, dict) and "$ref" in node:
            pointer, node = document.resolve(node["$ref"])
        if isinstance(node, dict) and isinstance(node.get("content"), dict) and pointer not in seen:
            seen.add(pointer)
            yield node["content"], join(pointer, "content")


def _owners(document: Document) -> Iterator[tuple[Any, str]]:
    for section in ("paths", "webhooks"):
        held = document.data.get(section) or {}
        for key, item in entries(held) if section == "paths" else held.items():
            at, node = join(f"/{section}", key), item
            while isinstance(node, dict) and "$ref" in node:
                at, node = document.resolve(node["$ref"])
            for tokens, operation in operations_in(node):
                if isinstance(operation, dict):
                    yield operation.get("requestBody"), join(at, *tokens, "requestBody")
                    for status, answer in entries(operation.get("responses")):
                        yield answer, join(at, *tokens, "responses", status)
