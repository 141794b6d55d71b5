"""Reading parameters off the wire: OpenAPI styles and the types of their schemas (OpenAPI 3.0.3, "Style Values")."""

from __future__ import annotations

import contextlib
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from vcsdk.instances.schemas import Schemas
from vcsdk.load.collection_format import inner_styles, style_of
from vcsdk.simulator.extent import is_deep
from vcsdk.simulator.nested_lists import readings

_INTEGER = re.compile(r"-?(?:0|[1-9]\d*)\Z")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?\Z")
SEPARATORS = {"spaceDelimited": " ", "pipeDelimited": "|", "tabDelimited": "\t"}
ABSENT = object()
ILLEGIBLE = object()


def kinds(schemas: Schemas, schema: Any, depth: int = 0) -> set[str]:
    """The JSON types that a schema names, through references and compositions; empty if it names none."""
    resolved = schemas.resolve(schema)
    if not isinstance(resolved, dict) or depth > 8:
        return set()
    named = resolved.get("type")
    found = {named} if isinstance(named, str) else set(named or ())
    if named is None and ("properties" in resolved or "additionalProperties" in resolved):
        found = {"object"}
    for key in ("allOf", "anyOf", "oneOf"):
        for member in resolved.get(key, ()):
            found |= kinds(schemas, member, depth + 1)
    return found


def coerce(schemas: Schemas, schema: Any, value: Any, depth: int = 0) -> Any:
    """Text, list of texts or dict of texts as the JSON value the schema means; what does not fit stays text."""
    resolved = schemas.resolve(schema)
    if depth > 8 or not isinstance(resolved, dict):
        return value
    if isinstance(value, list):
        own, items = _of_lists(schemas, resolved)
        places = [*own, *(items for _ in value[len(own) :])]
        return [coerce(schemas, place, item, depth + 1) for place, item in zip(places, value, strict=False)]
    if isinstance(value, dict):
        known = dict(properties(schemas, resolved))
        return {name: coerce(schemas, known.get(name, {}), item, depth + 1) for name, item in value.items()}
    if not isinstance(value, str):
        return value
    named = kinds(schemas, schema)
    if (document := _document(value, named)) is not None:
        return document
    if "array" in named:
        # A member of an exploded object that is there once.
        return coerce(schemas, schema, [value], depth + 1)
    return _scalar(value, named)


def _scalar(value: str, named: set[str]) -> Any:
    if "boolean" in named and value in ("true", "false"):
        return value == "true"
    if "integer" in named and _INTEGER.match(value):
        # Python reads no more digits than a bound that programs may set.
        with contextlib.suppress(ValueError):
            return int(value)
    if "number" in named and _NUMBER.match(value) and math.isfinite(number := float(value)):
        return number
    return value


def _of_lists(schemas: Schemas, schema: Mapping[str, Any], depth: int = 0) -> tuple[list[Any], Any]:
    """The first items of a list, and all others, as a schema or the first of its compositions that says it has them."""
    if "prefixItems" in schema or "items" in schema or depth > 8:
        return schema.get("prefixItems") or [], schema.get("items", {})
    for key in ("allOf", "anyOf", "oneOf"):
        for member in schema.get(key, ()):
            resolved = schemas.resolve(member)
            found = _of_lists(schemas, resolved, depth + 1) if isinstance(resolved, dict) else ([], {})
            if found != ([], {}):
                return found
    return [], {}


def _document(text: str, named: set[str]) -> Any:
    """The list or object that a text is in JSON, which is how such a one stands within another; None for none."""
    kind = {"[": "array", "{": "object"}.get(text[:1])
    if kind not in named:
        return None
    return _json(text, None)


def _json(text: str, otherwise: Any) -> Any:
    with contextlib.suppress(ValueError, RecursionError):
        value = json.loads(text)
        return otherwise if is_deep(value) else value
    return otherwise


def properties(schemas: Schemas, schema: Mapping[str, Any], depth: int = 0) -> Iterator[tuple[str, Any]]:
    """The properties that a schema names, in its compositions too."""
    yield from schema.get("properties", {}).items()
    if depth < 8:
        for key in ("allOf", "anyOf", "oneOf"):
            for member in schema.get(key, ()):
                resolved = schemas.resolve(member)
                if isinstance(resolved, dict):
                    yield from properties(schemas, resolved, depth + 1)


def read_parameter(
    schemas: Schemas, parameter: Mapping[str, Any], source: ParameterSource, others: Sequence[Mapping[str, Any]] = ()
) -> Any:
    """The decoded value of a declared parameter, or `ABSENT`, or `ILLEGIBLE` where nothing says how it is written.

    `parameter` is the resolved Parameter Object of the document.  A parameter given twice where one value is meant
    comes back as a list, which its schema then refuses.  `others` are the operation's other
    parameters of the place: what they are called does not make an optional object that has members of the same names.
    """
    name, location = parameter["name"], parameter["in"]
    if content := parameter.get("content"):
        text = source.one(location, name)
        if text is ABSENT:
            return ABSENT
        return _json(text, text) if "json" in next(iter(content)) else text
    schema = parameter.get("schema", {})
    style, explode = _style(parameter)
    named = kinds(schemas, schema)
    raw: Any
    if "array" in named and "object" in kinds(schemas, schemas.resolve(schema).get("items", {})):
        # No style says how lists of objects are written ("Style Examples"), so that nothing sent can be wrong.
        return ILLEGIBLE if parameter.get("required") else ABSENT
    if "array" in named:
        if inner_styles(schema):
            text = source.raw_path(name) if location == "path" else source.one(location, name)
            if text is None or text is ABSENT:
                return ABSENT
            return listed(schemas, schema, text, location, None if explode else style)
        raw = _array(source, location, name, style, explode)
        alone = source.one(location, name)
        if named > {"array"} and isinstance(alone, str) and schemas.complaints(schema, coerce(schemas, schema, raw)):
            # A list of one is written as the one alone, which may be meant.
            one = _scalar(_strip_prefix(alone, name, style) if location == "path" else alone, named)
            return one if not schemas.complaints(schema, one) else coerce(schemas, schema, raw)
    elif "object" in named:
        known = [key for key, _ in properties(schemas, schemas.resolve(schema))]
        raw = _object(source, location, name, style, explode, known)
        if style == "form" and explode:
            # On the wire an exploded object without members is no different from an absent one.
            raw = _weighed(schemas, raw, others, required=bool(parameter.get("required")))
    else:
        raw = source.one(location, name)
        if isinstance(raw, str) and location == "path":
            raw = _strip_prefix(raw, name, style)
    return ABSENT if raw is ABSENT else coerce(schemas, schema, raw)


def listed(schemas: Schemas, schema: Any, text: Any, place: str, outer: str | None) -> Any:
    """The lists in a list of Swagger 2.0 that a text stands for, or a list of texts; `ILLEGIBLE` if nothing tells.

    `outer` is the style of the list itself, None where each text is an item of it.
    """
    texts = text if isinstance(text, list) else [text]
    if (outer is not None and len(texts) != 1) or not all(isinstance(each, str) for each in texts):
        return text
    found = [coerce(schemas, schema, each) for each in readings(texts, place, outer, inner_styles(schema))]
    if len(found) == 1:
        return found[0]
    return next((value for value in found if not any(schemas.complaints(schema, value))), ILLEGIBLE)


def names_of(schemas: Schemas, parameter: Mapping[str, Any]) -> set[str]:
    """What a parameter is called on the wire: its name, or those of an exploded object's members."""
    style, explode = _style(parameter)
    schema = parameter.get("schema", {})
    if style == "form" and explode and "object" in kinds(schemas, schema):
        return {name for name, _ in properties(schemas, schemas.resolve(schema))}
    return {parameter["name"]}


def _style(parameter: Mapping[str, Any]) -> tuple[str, bool]:
    style = style_of(parameter, "form" if parameter["in"] in ("query", "cookie") else "simple")
    return style, parameter.get("explode", style in ("form", "deepObject"))


def _weighed(schemas: Schemas, members: Any, others: Sequence[Mapping[str, Any]], *, required: bool) -> Any:
    """The members of an exploded object, or `ABSENT`: what may belong to other parameters speaks for none."""
    if required:
        return {} if members is ABSENT else members
    if members is ABSENT or {name for other in others for name in names_of(schemas, other)} >= set(members):
        return ABSENT
    return members


class ParameterSource:
    """Where parameters come from: path values still encoded, query decoded, header names in lower case."""

    def __init__(
        self,
        path: Mapping[str, str],
        query: tuple[tuple[str, str], ...],
        headers: Mapping[str, str],
        cookies: Mapping[str, str],
    ) -> None:
        self._path, self.query, self._headers, self._cookies = path, query, headers, cookies

    def one(self, location: str, name: str) -> Any:
        """The text, a list where the query has it more than once, or `ABSENT`."""
        if location == "query":
            values = [value for key, value in self.query if key == name]
            return ABSENT if not values else values[0] if len(values) == 1 else values
        if location == "path":
            return unquote(self._path[name]) if name in self._path else ABSENT
        if location == "header":
            return self._headers.get(name.lower(), ABSENT)
        return self._cookies.get(name, ABSENT)

    def raw_path(self, name: str) -> str | None:
        """The path value before decoding, so that an encoded comma is no separator."""
        return self._path.get(name)


def _strip_prefix(text: str, name: str, style: str) -> str:
    if style == "label":
        return text.removeprefix(".")
    return text.removeprefix(f";{name}=") if style == "matrix" else text


def _pieces(source: ParameterSource, location: str, name: str, style: str, *, explode: bool) -> Any:
    if location == "path":
        raw = source.raw_path(name)
        if raw is None:
            return ABSENT
        if style == "matrix" and explode:
            return [unquote(piece) for piece in raw.split(";")[1:]]
        if style in SEPARATORS:
            return unquote(raw).split(SEPARATORS[style])
        separator = "." if style == "label" and explode else ","
        return [unquote(piece) for piece in _strip_prefix(raw, name, style).split(separator)]
    text = source.one(location, name)
    if text is ABSENT or isinstance(text, list):
        return text
    return [piece.strip() if location == "header" else piece for piece in text.split(SEPARATORS.get(style, ","))]


def _array(source: ParameterSource, location: str, name: str, style: str, explode: bool) -> Any:
    if location in ("query", "cookie") and explode:
        value = source.one(location, name)
        return value if value is ABSENT or isinstance(value, list) else [value]
    pieces = _pieces(source, location, name, style, explode=explode)
    if pieces is ABSENT or not (style == "matrix" and explode):
        return pieces
    # `;color=blue;color=black`; an exploded object has its members so.
    return [piece.partition("=")[2] for piece in pieces]


def _object(source: ParameterSource, location: str, name: str, style: str, explode: bool, known: list[str]) -> Any:
    if style == "deepObject":
        prefix = name + "["
        found = {k[len(prefix) : -1]: v for k, v in source.query if k.startswith(prefix) and k.endswith("]")}
        return found or ABSENT
    if location in ("query", "cookie") and explode:
        exploded = {key: source.one(location, key) for key in known}
        return {key: value for key, value in exploded.items() if value is not ABSENT} or ABSENT
    pieces = _pieces(source, location, name, style, explode=explode)
    if pieces is ABSENT:
        return ABSENT
    if explode:
        return dict(piece.partition("=")[::2] for piece in pieces)
    return dict(zip(pieces[::2], pieces[1::2], strict=False))
