"""Bodies that a schema allows, and bodies that break exactly one of its rules."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Mapping

import msgspec

from vcsdk.ir import (
    MISSING,
    Alias,
    Array,
    Body,
    Constant,
    Constraints,
    Enumeration,
    Json,
    Kind,
    Map,
    Media,
    Nullable,
    Ref,
    Scalar,
    Schema,
    Struct,
    Type,
    Union,
)

_DEPTH = 3
_FEW = 16
_SAMPLES: Mapping[Kind, Json] = {
    Kind.ANY: {},
    Kind.NULL: None,
    Kind.BOOLEAN: True,
    Kind.INTEGER: 1,
    Kind.NUMBER: 1.5,
    Kind.DATE_TIME: "2024-06-25T08:00:00.000Z",
    Kind.DATE: "2024-06-25",
    Kind.TIME: "08:00:00Z",
    Kind.DURATION: "PT1S",
    Kind.UUID: "00000000-0000-4000-8000-000000000000",
    Kind.BYTE: "dGV4dA==",
}
_FOREIGN: Mapping[Kind, tuple[Json, ...]] = {
    Kind.BOOLEAN: ("true", 1),
    Kind.INTEGER: ("1", 1.5),
    Kind.NUMBER: ("1.5",),
}


class Case(msgspec.Struct, frozen=True):
    """A request body with the name its test has.  `absent` means no body at all."""

    name: str
    value: Json = None
    absent: bool = False


def json_media(body: Body | None) -> Media | None:
    """The body's JSON content with a schema, or None."""
    if body is None:
        return None
    return next((m for m in body.content if "json" in m.content_type and m.type is not None), None)


def wellformed(body: Body, schemas: Mapping[str, Schema]) -> list[Case]:
    """Every body if there are few; else the example, the smallest, and each value of top-level finite properties."""
    media = json_media(body)
    if media is None or media.type is None:
        return []
    cases = [] if body.required else [Case("no body", absent=True)]
    smallest = sample(media.type, schemas)
    values = [smallest] if media.example is MISSING else [media.example, smallest]
    struct = _resolve(media.type, schemas)
    if isinstance(struct, Struct) and isinstance(smallest, dict):
        for field in struct.fields:
            values += [{**smallest, field.wire_name: value} for value in _finite(field.type, schemas)]
    values += every(media.type, schemas) or []
    for value in values:
        case = Case(_text(value), value)
        if case not in cases:
            cases.append(case)
    return cases


def every(type_: Type, schemas: Mapping[str, Schema], depth: int = _DEPTH) -> list[Json] | None:
    """Every value of a type, where there are at most `_FEW`; else None."""
    if isinstance(type_, Nullable):
        inner = every(type_.type, schemas, depth)
        return None if inner is None or len(inner) >= _FEW else [None, *inner]
    match _resolve(type_, schemas):
        case Constant(value=value):
            return [value]
        case Enumeration() | Scalar(kind=Kind.BOOLEAN):
            values = _finite(type_, schemas)
            return values if len(values) <= _FEW else None
        case Struct(fields=fields) if depth > 0:
            found: list[dict[str, Json]] = [{}]
            for field in fields:
                values_of_field = every(field.type, schemas, depth - 1)
                if values_of_field is None or len(found) * (len(values_of_field) + 1) > _FEW:
                    return None
                given = [{**value, field.wire_name: part} for value in found for part in values_of_field]
                found = given if field.required else [*found, *given]
            return [*found]
    return None


def malformed(body: Body, schemas: Mapping[str, Schema]) -> list[Case]:
    """Bodies that each break one rule: a property missing, null, of another type, or outside its enumeration."""
    media = json_media(body)
    if media is None or media.type is None:
        return []
    cases = [Case("no body", absent=True)] if body.required else []
    smallest = sample(media.type, schemas)
    cases += [Case(_text(value), value) for value in _foreign(media.type, schemas) if not _same_shape(value, smallest)]
    cases += _broken_properties(media.type, schemas, smallest, lambda value: value, "", _DEPTH)
    return cases


def bad_contents(body: Body, schemas: Mapping[str, Schema]) -> list[bytes]:
    """Bodies that are no JSON, or not for everyone: a name twice (RFC 8259, section 4), NaN (section 6)."""
    contents = [b"{", b'{"a": 1', b"[1,]", b"\xff\xfe"]
    media = json_media(body)
    struct = _resolve(media.type, schemas) if media is not None and media.type is not None else None
    if isinstance(struct, Struct) and struct.fields:
        name = json.dumps(struct.fields[-1].wire_name)
        value = json.dumps(sample(struct.fields[-1].type, schemas))
        contents += [f"{{{name}: {value}, {name}: {value}}}".encode(), f"{{{name}: NaN}}".encode()]
    return contents


def sample(type_: Type, schemas: Mapping[str, Schema], depth: int = 0) -> Json:
    """The smallest value of a type: required properties only, the first member of an enumeration."""
    match _resolve(type_, schemas):
        case Struct(fields=fields):
            if depth > 8:
                return {}
            return {f.wire_name: sample(f.type, schemas, depth + 1) for f in fields if f.required}
        case Enumeration(members=members):
            return members[0].value
        case Constant(value=value):
            return value
        case Array(items=items, constraints=constraints):
            return [sample(items, schemas, depth + 1)] * (constraints.min_items or 0)
        case Map():
            return {}
        case Union(members=members):
            return sample(members[0], schemas, depth + 1)
        case Scalar(kind=kind, constraints=constraints):
            return _scalar(kind, constraints)
    return None


def foreign_text(type_: Type, schemas: Mapping[str, Schema]) -> str | None:
    """A text that is no value of the type when it stands in a path or a query; None where every text is."""
    match _resolve(type_, schemas):
        case Enumeration():
            return "NO_SUCH_VALUE"
        case Scalar(kind=Kind.BOOLEAN):
            return "maybe"
        case Scalar(kind=Kind.INTEGER | Kind.NUMBER):
            return "many"
    return None


def _scalar(kind: Kind, constraints: Constraints) -> Json:
    if kind in (Kind.INTEGER, Kind.NUMBER) and constraints.minimum is not None:
        return constraints.minimum
    text = _SAMPLES.get(kind, "text")
    if isinstance(text, str) and constraints.min_length and len(text) < constraints.min_length:
        return text.ljust(constraints.min_length, "x")
    return text


def _finite(type_: Type, schemas: Mapping[str, Schema]) -> list[Json]:
    match _resolve(type_, schemas):
        case Enumeration(members=members):
            return [member.value for member in members]
        case Scalar(kind=Kind.BOOLEAN):
            return [True, False]
    return []


def _foreign(type_: Type, schemas: Mapping[str, Schema]) -> list[Json]:
    """Values that are none of the type; null among them unless the type allows it."""
    nullable = isinstance(type_, Nullable)
    null: list[Json] = [] if nullable else [None]
    match _resolve(type_, schemas):
        case Struct() | Map():
            return [*null, [], "text"]
        case Array():
            return [*null, {}, "text"]
        case Enumeration(kind=Kind.STRING):
            return [*null, "NO_SUCH_VALUE", 1]
        case Enumeration():
            return [*null, "text"]
        case Scalar(kind=Kind.ANY | Kind.NULL) | Union() | Constant():
            return []
        case Scalar(kind=kind):
            return [*null, *_FOREIGN.get(kind, (1, []))]
    return []


def _broken_properties(
    type_: Type, schemas: Mapping[str, Schema], value: Json, place: Callable[[Json], Json], prefix: str, depth: int
) -> Iterator[Case]:
    struct = _resolve(type_, schemas)
    if not isinstance(struct, Struct) or not isinstance(value, dict) or depth == 0:
        return
    for field in struct.fields:
        name = field.wire_name
        if field.required:
            yield Case(f"{prefix}{name} missing", place({k: v for k, v in value.items() if k != name}))
        for wrong in _foreign(field.type, schemas):
            yield Case(f"{prefix}{name} = {_text(wrong)}", place({**value, name: wrong}))
        inner = copy.deepcopy(value.get(name)) or sample(field.type, schemas)

        def put(part: Json, name: str = name) -> Json:
            return place({**value, name: part})

        yield from _broken_properties(field.type, schemas, inner, put, f"{prefix}{name}.", depth - 1)


def _resolve(type_: Type, schemas: Mapping[str, Schema]) -> Type | Schema:
    current: Type | Schema = type_
    for _ in range(32):
        match current:
            case Nullable(type=inner) | Alias(type=inner):
                current = inner
            case Ref(key=key):
                current = schemas[key]
            case _:
                break
    return current


def _same_shape(left: Json, right: Json) -> bool:
    return type(left) is type(right)


def _text(value: Json) -> str:
    text = json.dumps(value, ensure_ascii=True)
    return text if len(text) <= 60 else text[:57] + "..."
