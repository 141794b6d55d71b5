"""Judging a request against the description: parameters, content type, body."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from vcsdk.instances.schemas import Schemas
from vcsdk.ir import Operation
from vcsdk.ir.media import covers, is_json
from vcsdk.load.collection_format import inner_styles, style_of
from vcsdk.load.grammar import path_item_of
from vcsdk.simulator.errors import Refusal
from vcsdk.simulator.extent import DEEPEST_VALUE, is_deep
from vcsdk.simulator.messages import Message
from vcsdk.simulator.multipart import multipart_fields
from vcsdk.simulator.parameters import (
    ABSENT,
    ILLEGIBLE,
    SEPARATORS,
    ParameterSource,
    coerce,
    kinds,
    listed,
    properties,
    read_parameter,
)

LARGEST_BODY = 16 * 1024 * 1024
_DEEPEST = 64


class Requests:
    """Validates requests of a description.  Every problem is a `Refusal` that does not repeat the value it is about."""

    def __init__(self, schemas: Schemas, *, reject_unknown_fields: bool, strict_query: bool = False) -> None:
        self.schemas = schemas
        self._reject_unknown_fields = reject_unknown_fields
        self._strict_query = strict_query

    def parameters(self, operation: Operation, source: ParameterSource) -> dict[str, Any]:
        """The declared parameters by wire name; absent ones are left out, with their `default` where there is one."""
        found: dict[str, Any] = {}
        constants = dict(operation.fixed_query)
        declared = self.declared(operation)
        for parameter in declared:
            name, location = parameter["name"], parameter["in"]
            # OpenAPI 3.0.3: header parameters of these names are ignored.
            if location == "header" and name.lower() in ("accept", "content-type", "authorization"):
                continue
            if location == "query" and name in constants:
                continue
            others = [p for p in declared if p is not parameter and p["in"] == location]
            value = read_parameter(self.schemas, parameter, source, others)
            where = f"{location} parameter {name}"
            if value is ABSENT:
                if parameter.get("required"):
                    raise Refusal("INVALID_ARGUMENT", Message("api.invalid", (where, "it is required")))
                default = _default(self.schemas.resolve(parameter.get("schema", {})))
                if default is not ABSENT:
                    found[name] = default
                continue
            if value is ILLEGIBLE:
                continue
            schema = parameter.get("schema")
            if schema is None:
                schema = _first_media(parameter).get("schema", {})
            for path, sentence in self.schemas.complaints(schema, value):
                raise Refusal("INVALID_ARGUMENT", Message("api.invalid", (where + path.rstrip("/"), sentence)))
            found[name] = value
        if self._strict_query:
            taken = [QueryNames.of(self.schemas, parameter) for parameter in declared if parameter["in"] == "query"]
            keys = {*constants, *self._query_keys()}
            for name, _ in source.query:
                if name not in keys and not any(each.take(name) for each in taken):
                    raise Refusal("UNEXPECTED_INPUT", Message("api.unknown-query", (name,)))
        return found

    def _query_keys(self) -> Iterator[str]:
        """The names under which credentials may stand in a query."""
        for scheme in (self.schemas.data.get("components", {}).get("securitySchemes") or {}).values():
            found = self.schemas.referred(scheme)
            if isinstance(found, dict) and found.get("type") == "apiKey" and found.get("in") == "query":
                yield str(found.get("name"))

    def declared(self, operation: Operation) -> list[Mapping[str, Any]]:
        """The Parameter Objects of an operation, those of its path included."""
        node = self.schemas.at(operation.key)
        item = self.schemas.resolve(self.schemas.at(path_item_of(operation.key)))
        merged: dict[tuple[str, str], Mapping[str, Any]] = {}
        for holder in (item, node):
            for entry in holder.get("parameters", ()) if isinstance(holder, dict) else ():
                parameter = self.schemas.referred(entry)
                if isinstance(parameter, dict) and "name" in parameter and "in" in parameter:
                    merged[parameter["in"], parameter["name"]] = parameter
        return list(merged.values())

    def media(self, operation: Operation) -> tuple[bool, Mapping[str, Any]]:
        """Whether a body is required, and the media types it may have with their Media Type Objects."""
        body = self.schemas.referred((self.schemas.at(operation.key) or {}).get("requestBody"))
        if not isinstance(body, dict):
            return False, {}
        required = operation.body.required if operation.body is not None else body.get("required") is True
        return required, body.get("content", {})

    def choose_media(self, operation: Operation, content_type: str | None) -> str:
        """The key of the declared media type that the header means.

        Raises:
            Refusal: 415 where the description has no such media type for this body, or the charset is not UTF-8.
        """
        _, content = self.media(operation)
        essence, _, parameters = (content_type or "").partition(";")
        essence = essence.strip().lower()
        charset = parameters.lower().partition("charset=")[2].strip().strip('"')
        if charset in ("", "utf-8", "utf8"):
            for declared in content:
                if covers(declared.partition(";")[0].strip().lower(), essence):
                    return declared
        raise Refusal(None, Message("api.content-type", (essence or "(none)", ", ".join(content))), status=415)

    def parse(self, media_type: str, raw: bytes, content_type: str = "") -> Any:
        """The body as a JSON value; media types without structure of their own give the bytes.

        `content_type` is the header, which has the boundary of a form.

        Raises:
            Refusal: 400 INVALID_ARGUMENT for JSON or a form that is none.
        """
        if _is_json(media_type):
            return parse_json(raw)
        if media_type.startswith("multipart/form-data"):
            parts = multipart_fields(content_type, raw)
            if parts is None:
                raise Refusal("INVALID_ARGUMENT", Message("api.form"))
            return parts
        if media_type.startswith("application/x-www-form-urlencoded"):
            fields: dict[str, list[str]] = {}
            for name, value in parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True):
                fields.setdefault(name, []).append(value)
            return {name: values[0] if len(values) == 1 else values for name, values in fields.items()}
        return raw

    def check_body(self, media: Mapping[str, Any], value: Any) -> Any:
        """The body, coerced where it came as a form.

        Raises:
            Refusal: 400 INVALID_ARGUMENT where the schema refuses it, UNEXPECTED_INPUT for a field it does not know.
        """
        schema = media.get("schema")
        if schema is None or isinstance(value, bytes):
            return value
        for path, sentence in self.schemas.complaints(schema, value):
            raise Refusal("INVALID_ARGUMENT", Message("api.invalid", ("body" + path.rstrip("/"), sentence)))
        if self._reject_unknown_fields:
            for field in unknown_fields(self.schemas, schema, value):
                raise Refusal("UNEXPECTED_INPUT", Message("api.unknown-field", (field,)))
        return value

    def coerce_form(self, media: Mapping[str, Any], value: Any) -> Any:
        """A form's texts as the values its schema means."""
        return coerce(self.schemas, media.get("schema", {}), {**value, **dict(self._listed(media, value))})

    def _listed(self, media: Mapping[str, Any], value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """The fields that hold a list in one text, as lists; those that hold lists in a list as such."""
        schema = self.schemas.resolve(media.get("schema", {}))
        fields = dict(properties(self.schemas, schema)) if isinstance(schema, dict) else {}
        for name, entry in _styled(media):
            style = style_of(entry, "form")
            exploded, field = entry.get("explode", style == "form") is not False, fields.get(name)
            if name in value and inner_styles(field):
                found = listed(self.schemas, field, value[name], "", None if exploded else style)
                yield name, value[name] if found is ILLEGIBLE else found
            elif not exploded and isinstance(value.get(name), str):
                yield name, value[name].split(SEPARATORS.get(style, ","))

    def is_renamed(self, media: Mapping[str, Any]) -> bool:
        """Whether the description has a field of a form travel under other names than its own: an object in a style."""
        schema = self.schemas.resolve(media.get("schema", {}))
        fields = dict(properties(self.schemas, schema)) if isinstance(schema, dict) else {}
        return any(kinds(self.schemas, fields.get(name, {})) != {"array"} for name, _ in _styled(media))


def _styled(media: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The fields of a form that travel in a style."""
    for name, entry in (media.get("encoding") or {}).items():
        if isinstance(entry, dict) and {"style", "explode"} & set(entry):
            yield name, entry


def _first_media(parameter: Mapping[str, Any]) -> Mapping[str, Any]:
    content: Mapping[str, Any] = parameter.get("content") or {}
    return next(iter(content.values()), {})


def _default(schema: Any) -> Any:
    return schema.get("default", ABSENT) if isinstance(schema, dict) else ABSENT


def _is_json(media_type: str) -> bool:
    essence = media_type.partition(";")[0].strip().lower()
    return essence in ("*/*", "application/*") or is_json(essence)


def parse_json(raw: bytes) -> Any:
    """A JSON text (RFC 8259: UTF-8, no NaN, no BOM, no number beyond a double) as Python values.

    Raises:
        Refusal: 400 INVALID_ARGUMENT; also for a member that occurs twice and for what `is_deep`.
    """
    try:
        value = json.loads(
            raw.decode("utf-8"), parse_constant=_refuse_constant, parse_float=_finite, object_pairs_hook=_unique
        )
        if raw.count(b"[") + raw.count(b"{") > DEEPEST_VALUE and is_deep(value):
            raise ValueError("depth")
    except (ValueError, RecursionError):
        raise Refusal("INVALID_ARGUMENT", Message("api.json")) from None
    return value


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


def _finite(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError(text)
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("duplicate member")
    return members


@dataclass(frozen=True, slots=True)
class QueryNames:
    """The names that a parameter has in a query: its own, or those of an object's members ("Style Values").

    `members` are those of an exploded object, which stand by themselves; `prefix` is what the names of a `deepObject`
    begin with.  `free` takes any name: an exploded object whose members nobody lists.
    """

    members: frozenset[str]
    prefix: str = ""
    free: bool = False

    @classmethod
    def of(cls, schemas: Schemas, parameter: Mapping[str, Any]) -> QueryNames:
        """The names of a resolved Parameter Object."""
        name, schema = parameter["name"], schemas.resolve(parameter.get("schema"))
        style = parameter.get("style") or "form"
        named = kinds(schemas, schema)
        if style == "deepObject":
            return cls(frozenset(), prefix=f"{name}[")
        is_object = "object" in named and "array" not in named and isinstance(schema, dict)
        if style != "form" or not parameter.get("explode", True) or not is_object:
            return cls(frozenset((name,)))
        known, is_open = _known_properties(schemas, schema)
        # A value that may be no object either goes under the parameter's own name.
        own = {name} if named - {"object", "null"} else set()
        return cls(frozenset(known) | own, free=is_open)

    def take(self, name: str) -> bool:
        """Whether a name of a query belongs to the parameter."""
        deep = bool(self.prefix) and name.startswith(self.prefix) and name.endswith("]")
        return self.free or deep or name in self.members


def unknown_fields(schemas: Schemas, schema: Any, value: Any, path: str = "", depth: int = 0) -> Iterator[str]:
    """The members of a value that its schema does not declare, as paths (`spec/nmae`).

    vCenter refuses them although JSON Schema allows them.  Objects without declared properties, or with
    `additionalProperties`, are open.
    """
    resolved = schemas.resolve(schema)
    if depth > _DEEPEST or not isinstance(resolved, dict):
        return
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from unknown_fields(schemas, resolved.get("items", {}), item, f"{path}/{index}", depth + 1)
    elif isinstance(value, dict):
        known, is_open = _known_properties(schemas, resolved)
        for name, member in value.items():
            where = f"{path}/{name}".lstrip("/")
            if name in known:
                yield from unknown_fields(schemas, known[name], member, where, depth + 1)
            elif not is_open:
                yield where


def _known_properties(schemas: Schemas, schema: Mapping[str, Any], depth: int = 0) -> tuple[dict[str, Any], bool]:
    known: dict[str, Any] = dict(schema.get("properties", {}))
    members = [member for key in ("allOf", "anyOf", "oneOf") for member in schema.get(key, ())]
    is_open = schema.get("additionalProperties", False) is not False or "patternProperties" in schema
    if not known and not members:
        return known, True
    for member in members:
        resolved = schemas.resolve(member)
        if depth < _DEEPEST and isinstance(resolved, dict):
            more, open_member = _known_properties(schemas, resolved, depth + 1)
            # A member without properties (`required` alone) says nothing about which fields there are.
            is_open = is_open or (open_member and bool(more))
            known = {**more, **known}
    return known, is_open or not known
