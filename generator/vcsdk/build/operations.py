"""Path items of the normalised document become operations of the IR."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from vcsdk.build.markup import described
from vcsdk.build.parts import part
from vcsdk.build.scalars import only_value
from vcsdk.build.schemas import SchemaBuilder
from vcsdk.build.streams import item_of
from vcsdk.diagnostics import Diagnostics, Level
from vcsdk.ir import (
    ANY,
    MISSING,
    Body,
    In,
    Json,
    Media,
    Missing,
    Operation,
    Parameter,
    Part,
    Response,
    ResponseHeader,
    Type,
    Webhook,
)
from vcsdk.ir.media import WITHOUT_CONTENT, is_json, is_stream, is_undecoded, is_xml
from vcsdk.load import Document
from vcsdk.load.collection_format import inner_styles, style_of
from vcsdk.load.extensions import entries
from vcsdk.load.grammar import operations_in
from vcsdk.load.pointer import find, join, last

_IGNORED_HEADERS = ("accept", "content-type", "authorization")


class OperationBuilder(msgspec.Struct):
    """Builds every operation under `paths`; schemas on the way are declared through `schemas`.

    With `constants` parameters of one possible value are no parameters, but part of the request.  With `bare` an answer
    in JSON without a schema has no content: so VMware describes the methods that give nothing.
    """

    document: Document
    schemas: SchemaBuilder
    diagnostics: Diagnostics
    constants: bool = True
    bare: bool = False

    def operations(self) -> Iterator[Operation]:
        """All operations in document order, names still empty."""
        for key, node in entries(self.document.data.get("paths")):
            target, item = self._deref(node, join("/paths", key))
            for tokens, _ in operations_in(item):
                yield self.operation(key, tokens, item, target)

    def webhooks(self) -> Iterator[Webhook]:
        """The requests that the server makes by itself, names still empty."""
        for key, node in (self.document.data.get("webhooks") or {}).items():
            target, item = self._deref(node, join("/webhooks", key))
            for tokens, operation in operations_in(item):
                pointer = join(target, *tokens)
                yield Webhook(
                    key=f"#{pointer} {key}",
                    wire_name=key,
                    method=tokens[-1].upper(),
                    body=self._body(operation, pointer, str(operation.get("operationId") or key)),
                    origin=self.document.origin(pointer),
                    summary=str(operation.get("summary", "")),
                    description=described(operation),
                )

    def _deref(self, node: Any, pointer: str) -> tuple[str, Any]:
        """The node itself and its pointer, references followed."""
        while isinstance(node, dict) and "$ref" in node:
            pointer, node = self.document.resolve(node["$ref"])
        return pointer, node

    def operation(
        self, path_key: str, tokens: tuple[str, ...], item: Mapping[str, Any], item_pointer: str
    ) -> Operation:
        """An operation of a path item, as yet without names.

        `item_pointer` is where the item stands, `tokens` lead from there to the operation.
        """
        pointer = join(item_pointer, *tokens)
        node = find(item, join("", *tokens))
        operation_id = str(node.get("operationId") or f"{tokens[-1]} {path_key}")
        fixed: dict[str, list[tuple[str, str]]] = {"query": [], "header": []}
        parameters: list[Parameter] = []
        for place, raw in self._parameters(item, item_pointer, node, pointer):
            if raw.get("in") == "header" and str(raw["name"]).lower() in _IGNORED_HEADERS:
                self._ignored(str(raw["name"]), place)
                continue
            constant = _constant(raw) if self.constants else None
            if raw.get("in") in fixed and constant is not None:
                fixed[raw["in"]].append((str(raw["name"]), constant))
            else:
                parameters.append(self._parameter(raw, place, operation_id))
        security = node.get("security", self.document.data.get("security", []))
        return Operation(
            key="#" + pointer,
            operation_id=operation_id,
            method=tokens[-1].upper(),
            path=path_key.partition("#")[0],
            fixed_query=tuple(fixed["query"]),
            fixed_headers=tuple(fixed["header"]),
            parameters=tuple(parameters),
            body=self._body(node, pointer, operation_id),
            responses=tuple(self._responses(node, pointer, operation_id)),
            security=tuple(tuple(alternative) for alternative in security),
            tags=tuple(str(tag) for tag in node.get("tags", ())),
            origin=self.document.origin(pointer),
            summary=str(node.get("summary", "")),
            description=described(node),
            deprecated=node.get("deprecated") is True,
        )

    def _parameters(
        self, item: Mapping[str, Any], item_pointer: str, node: Mapping[str, Any], pointer: str
    ) -> list[tuple[str, dict[str, Any]]]:
        """Each parameter with its pointer; an operation's own replaces its path item's of the same name and place."""
        merged: dict[tuple[str, str], tuple[str, dict[str, Any]]] = {}
        for owner, at in ((item, item_pointer), (node, pointer)):
            for index, raw in enumerate(owner.get("parameters", ())):
                place, parameter = self._deref(raw, join(at, "parameters", str(index)))
                merged[(parameter["in"], parameter["name"])] = (place, parameter)
        return list(merged.values())

    def _ignored(self, name: str, pointer: str) -> None:
        """OpenAPI 3.0.3 "Parameter Object": three headers have other means of description."""
        said = f"the header parameter `{name}` is ignored: content types and security schemes say it"
        self.diagnostics.add(self.document.diagnose(Level.NOTE, "ignored-header", said, pointer))

    def _parameter(self, raw: dict[str, Any], pointer: str, operation_id: str) -> Parameter:
        location = In(raw["in"])
        in_path = location in (In.PATH, In.HEADER)
        style = style_of(raw, "simple" if in_path else "form")
        content_type = next(iter(raw.get("content", {})), None)
        owner = last(pointer) if pointer.startswith("/components/parameters/") else f"{operation_id}_{raw['name']}"
        if content_type is not None:
            media = raw["content"][content_type]
            schema, at = media.get("schema", True), join(pointer, "content", content_type, "schema")
        else:
            schema, at = raw.get("schema", True), join(pointer, "schema")
        return Parameter(
            wire_name=str(raw["name"]),
            location=location,
            type=self.schemas.type_of(schema, at, owner),
            required=raw.get("required") is True or location is In.PATH,
            origin=self.document.origin(pointer),
            style=style,
            explode=bool(raw.get("explode", style == "form")),
            inner=inner_styles(schema) if content_type is None else (),
            allow_reserved=raw.get("allowReserved") is True,
            content_type=content_type,
            description=described(raw),
            deprecated=raw.get("deprecated") is True,
            default=schema.get("default", MISSING) if isinstance(schema, dict) else MISSING,
            example=_example(raw),
        )

    def _body(self, node: Mapping[str, Any], pointer: str, operation_id: str) -> Body | None:
        if "requestBody" not in node:
            return None
        place, raw = self._deref(node["requestBody"], join(pointer, "requestBody"))
        owner = last(place) if place.startswith("/components/requestBodies/") else f"{operation_id}_request"
        return Body(
            required=raw.get("required") is True,
            content=self._content(raw, place, owner),
            origin=self.document.origin(place),
            description=described(raw),
            silent="required" not in raw,
        )

    def _responses(self, node: Mapping[str, Any], pointer: str, operation_id: str) -> Iterator[Response]:
        for status, answer in entries(node.get("responses")):
            place, raw = self._deref(answer, join(pointer, "responses", status))
            component = place.startswith("/components/responses/")
            owner = last(place) if component else f"{operation_id}_response_{status}"
            yield Response(
                status=str(status).upper() if status != "default" else "default",
                description=described(raw),
                content=self._content(
                    raw,
                    place,
                    owner,
                    streamed=not str(status).startswith(("4", "5")),
                    empty=str(status) in WITHOUT_CONTENT,
                ),
                origin=self.document.origin(place),
                headers=tuple(self._headers(raw, place, owner)),
            )

    def _headers(self, raw: Mapping[str, Any], pointer: str, owner: str) -> Iterator[ResponseHeader]:
        for name, value in raw.get("headers", {}).items():
            place, header = self._deref(value, join(pointer, "headers", name))
            schema = header.get("schema", True)
            yield ResponseHeader(
                wire_name=name,
                type=self.schemas.type_of(schema, join(place, "schema"), f"{owner}_{name}"),
                required=header.get("required") is True,
                description=described(header),
            )

    def _content(
        self, raw: Mapping[str, Any], pointer: str, owner: str, *, streamed: bool = False, empty: bool = False
    ) -> tuple[Media, ...]:
        """The media types in document order, JSON before others: the first is what the client prefers.

        With `streamed` sequences have the type of one value in them.  JSON without a schema is any (OpenAPI 3.1.1,
        "Media Type Object"), but where HTTP knows no content (`empty`) it is not more than a habit, and is left out.
        """
        found = []
        made: dict[tuple[str, str], Type] = {}
        for content_type, media in raw.get("content", {}).items():
            place = join(pointer, "content", content_type)
            type_: Type | None
            is_text = False
            if streamed and is_stream(content_type):
                item = item_of(self.document.resolve, content_type, media, place)
                type_ = self.schemas.type_of(item.schema, item.pointer, f"{owner}_item") if item.schema != {} else ANY
                is_text = item.is_text
            elif "schema" in media:
                known = _sameness(content_type, media["schema"]) if len(raw["content"]) > 1 else ("", "")
                type_ = made.get(known)
                if type_ is None:
                    type_ = made[known] = self.schemas.type_of(media["schema"], join(place, "schema"), owner)
            elif empty and is_json(content_type):
                continue
            else:
                type_ = ANY if is_json(content_type) and not self.bare else None
            origin = self.document.origin(place)
            # A blank at an end belongs to nobody's media type, and no header may have it there (RFC 9110, 5.5).
            found.append(
                Media(content_type.strip(), type_, origin, _example(media), self._parts(media), is_text=is_text)
            )
        whole = [media for media in found if not (streamed and is_stream(media.content_type))]
        if len({media.type for media in whole if media.type not in (None, ANY)}) > 1:
            self.diagnostics.add(
                self.document.diagnose(
                    Level.NOTE, "several-content-types", f"{owner} differs between its content types", pointer
                )
            )
        self._tell_what_is_raw(found, streamed=streamed)
        return tuple(sorted(found, key=lambda media: not is_json(media.content_type)))

    def _parts(self, media: Mapping[str, Any]) -> tuple[Part, ...]:
        """How the properties of a form travel, as far as the description says."""
        encoding = media.get("encoding")
        entries = {name: entry for name, entry in (encoding or {}).items() if isinstance(entry, dict)}
        named = self.schemas.binaries.part_types(media.get("schema"))
        _, schema = self._deref(media.get("schema"), "")
        known = (schema.get("properties") or {}) if isinstance(schema, dict) else {}
        parts = [
            part(name, entries.get(name, {}), named.get(name), known.get(name), self._deref)
            for name in {**entries, **named}
        ]
        return tuple(each for each in parts if each != Part(each.name))

    def _tell_what_is_raw(self, content: list[Media], *, streamed: bool) -> None:
        """Notes for structures that the client leaves out or passes through undecoded; answers may be `streamed`."""
        others = any(not is_xml(media.content_type) for media in content)
        for media in content:
            if not is_undecoded(media) or (streamed and is_stream(media.content_type)):
                continue
            said = f"`{media.content_type}` is passed through undecoded, as text or bytes"
            if is_xml(media.content_type) and others:
                said = f"`{media.content_type}` is left out: the client sends and asks for the other content types"
            self.diagnostics.add(self.document.diagnose(Level.NOTE, "raw-content", said, media.origin))


def _sameness(content_type: str, schema: Any) -> tuple[str, str]:
    """What two content types of one body have in common where their schemas, each written out, are one type.

    What is a file in a form is text in JSON where the schema names its media type.
    """
    written = json.dumps(schema, default=str)
    return content_type if "contentMediaType" in written else "", written


def _constant(raw: Mapping[str, Any]) -> str | None:
    """The only value a required parameter can have, as it stands on the wire; None if there is a choice."""
    if raw.get("required") is not True:
        return None
    for content_type, media in raw.get("content", {}).items():
        return only_value(media.get("schema"), content_type)
    return only_value(raw.get("schema"))


def _example(node: Mapping[str, Any]) -> Json | Missing:
    if "example" in node:
        return node["example"]
    for entry in (node.get("examples") or {}).values() if isinstance(node.get("examples"), dict) else ():
        if isinstance(entry, dict) and "value" in entry:
            return entry["value"]
    return MISSING
