"""Bodies that a schema allows, and bodies that break exactly one of its rules."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress

import msgspec

from vcsdk.emitters.contract.candidates import chosen
from vcsdk.emitters.contract.fitting import Fits, anything
from vcsdk.emitters.contract.smallest import NoValueError, sample, tagged
from vcsdk.ir import (
    MISSING,
    Array,
    Body,
    Constant,
    Enumeration,
    Field,
    Json,
    Kind,
    Map,
    Media,
    Missing,
    Nullable,
    Scalar,
    Schema,
    Struct,
    Type,
    Union,
)
from vcsdk.ir.finite import all_fields, required_fields
from vcsdk.ir.media import is_json
from vcsdk.ir.resolving import resolve

Path = tuple[str, ...]

_DEPTH = 3
_FEW = 16
_FOREIGN: Mapping[Kind, tuple[Json, ...]] = {
    Kind.BOOLEAN: ("true", 1),
    Kind.INTEGER: ("1", 1.5),
    Kind.NUMBER: ("1.5",),
}
# What no reader takes for a value of the kind: many take a text that spells one, a number for a time, 1 for true.
_FOREIGN_TO_ALL: Mapping[Kind, tuple[Json, ...]] = {
    Kind.BOOLEAN: ("maybe", []),
    Kind.INTEGER: ("many", 1.5),
    Kind.NUMBER: ("many", []),
    **dict.fromkeys((Kind.DATE_TIME, Kind.DATE, Kind.TIME, Kind.DURATION), ("some time", [])),
}


class Bodies(msgspec.Struct, frozen=True):
    """The request bodies of one test.

    `absent` adds none at all.  `whole` are sent as they are.  `changed` has by the path of a property the values that
    it has instead of the sample's; `MISSING` takes it away.  `parts` are optional objects that the sample lacks and in
    which something is changed.
    """

    absent: bool = False
    whole: list[Json] = []
    parts: dict[Path, Json] = {}
    changed: dict[Path, list[Json | Missing]] = {}

    def __bool__(self) -> bool:
        return bool(self.absent or self.whole or self.changed)


def json_media(body: Body | None) -> Media | None:
    """The body's JSON content with a schema, or None."""
    if body is None:
        return None
    return next((m for m in body.content if is_json(m.content_type) and m.type is not None), None)


def needs_body(body: Body, schemas: Mapping[str, Schema], *, exact: bool = True) -> bool:
    """Whether a request must have a body: it is required, or, unless `exact`, properties of it are.

    Many frameworks leave out the former (then it is false: OpenAPI 3.0.3, "Request Body Object"), and mean it.
    """
    media = json_media(body)
    if body.required or exact or media is None or media.type is None:
        return body.required
    struct = resolve(media.type, schemas)
    return isinstance(struct, Struct) and any(not field.read_only for field in required_fields(struct, schemas))


def wellformed(body: Body, schemas: Mapping[str, Schema], fits: Fits = anything, *, exact: bool = True) -> Bodies:
    """Every body if there are few; else the example, the smallest, and each value of top-level finite properties.

    What `fits` does not take is none of them; `exact` is as in `needs_body`.

    Raises:
        NoValueError: No body ends.
    """
    media = json_media(body)
    if media is None or media.type is None:
        return Bodies()
    smallest = chosen(media, schemas, fits)
    whole = [smallest] if media.example is MISSING else [_sent(media.example, media.type, schemas), smallest]
    whole += _alternatives(media.type, schemas)
    changed: dict[Path, list[Json | Missing]] = {}
    struct = resolve(media.type, schemas)
    few = every(media.type, schemas)
    if isinstance(struct, Struct) and isinstance(smallest, dict):
        for field in _fields(struct):
            name, values = field.wire_name, _finite(field.type, schemas)
            if few is not None:
                whole += [{**smallest, name: value} for value in values]
                continue
            known = {json.dumps(value) for value in whole}
            fresh = [value for value in values if json.dumps({**smallest, name: value}) not in known]
            if right := [value for value in fresh if fits({**smallest, name: value})]:
                changed[name,] = [*right]
    unique = {json.dumps(value): value for value in [*whole, *(few or ())] if fits(value)}
    return Bodies(absent=not needs_body(body, schemas, exact=exact), whole=[*unique.values()], changed=changed)


def every(type_: Type, schemas: Mapping[str, Schema], depth: int = _DEPTH) -> list[Json] | None:
    """Every value of a type, where there are at most `_FEW`; else None."""
    if isinstance(type_, Nullable):
        inner = every(type_.type, schemas, depth)
        return None if inner is None or len(inner) >= _FEW else [None, *inner]
    match resolve(type_, schemas):
        case Constant(value=value):
            return [value]
        case Enumeration() | Scalar(kind=Kind.BOOLEAN):
            values = _finite(type_, schemas)
            return values if len(values) <= _FEW else None
        case Struct() as struct if depth > 0:
            found: list[dict[str, Json]] = [{}]
            for field in _fields(struct):
                values_of_field = every(field.type, schemas, depth - 1)
                if values_of_field is None or len(found) * (len(values_of_field) + 1) > _FEW:
                    return None
                given = [{**value, field.wire_name: part} for value in found for part in values_of_field]
                found = given if field.required else [*found, *given]
            return [*found]
    return None


def malformed(body: Body, schemas: Mapping[str, Schema], fits: Fits | None = None, *, exact: bool = True) -> Bodies:
    """Bodies that each break one rule: a property missing, null, of another type, or outside its enumeration.

    What `fits` takes in spite of that is none of them.  Only `exact` servers have to refuse a text that spells a value.

    Raises:
        NoValueError: There is no body that could be broken.
    """
    media = json_media(body)
    if media is None or media.type is None:
        return Bodies()
    smallest = chosen(media, schemas, fits or anything)
    kinds = _FOREIGN if exact else _FOREIGN_TO_ALL
    whole = [value for value in _foreign(media.type, schemas, kinds) if not _same_shape(value, smallest)]
    changed, parts = _broken_properties(media.type, schemas, smallest, (), kinds)
    if fits is not None and fits is not anything:
        whole = [value for value in whole if not fits(value)]
        rows = {
            path: [value for value in values if not fits(_changed(smallest, parts, path, 1, value))]
            for path, values in changed.items()
        }
        changed = {path: values for path, values in rows.items() if values}
        parts = {
            path: part
            for path, part in parts.items()
            if any(len(row) > len(path) and row[: len(path)] == path for row in changed)
        }
    return Bodies(absent=body.required, whole=whole, parts=parts, changed=changed)


def _changed(value: Json, parts: Mapping[Path, Json], path: Path, depth: int, new: Json | Missing) -> Json:
    """The value, which stands at `path[: depth - 1]`, with another one at `path`."""
    name, here = path[depth - 1], path[:depth]
    if not isinstance(value, dict):
        raise TypeError(f"{'.'.join(here)} is in no object")
    if here != path:
        inner = value[name] if name in value else parts[here]
        return {**value, name: _changed(inner, parts, path, depth + 1, new)}
    if isinstance(new, Missing):
        return {key: kept for key, kept in value.items() if key != name}
    return {**value, name: new}


def last_member(body: Body, schemas: Mapping[str, Schema]) -> dict[str, Json]:
    """The last property of a JSON object with a value, to be written wrongly; empty for other bodies."""
    media = json_media(body)
    struct = resolve(media.type, schemas) if media is not None and media.type is not None else None
    for field in reversed(_fields(struct)) if isinstance(struct, Struct) else ():
        with suppress(NoValueError):
            return {field.wire_name: sample(field.type, schemas)}
    return {}


def foreign_text(type_: Type, schemas: Mapping[str, Schema]) -> str | None:
    """A text that is no value of the type when it stands in a path or a query; None where every text is."""
    match resolve(type_, schemas):
        case Enumeration():
            return "NO_SUCH_VALUE"
        case Scalar(kind=Kind.BOOLEAN):
            return "maybe"
        case Scalar(kind=Kind.INTEGER | Kind.NUMBER):
            return "many"
    return None


def _finite(type_: Type, schemas: Mapping[str, Schema]) -> list[Json]:
    match resolve(type_, schemas):
        case Enumeration(members=members):
            return [member.value for member in members]
        case Scalar(kind=Kind.BOOLEAN):
            return [True, False]
    return []


def _foreign(type_: Type, schemas: Mapping[str, Schema], kinds: Mapping[Kind, tuple[Json, ...]]) -> list[Json]:
    """Values that are none of the type; null among them unless the type allows it."""
    nullable = isinstance(type_, Nullable)
    null: list[Json] = [] if nullable else [None]
    match resolve(type_, schemas):
        case Struct() | Map(keys=None):
            return [*null, [], "text"]
        case Array() | Map():
            return [*null, {}, "text"]
        case Enumeration(kind=Kind.STRING):
            return [*null, "NO_SUCH_VALUE", 1]
        case Enumeration():
            return [*null, "text"]
        case Scalar(kind=Kind.ANY | Kind.NULL) | Union() | Constant():
            return []
        case Scalar(kind=kind):
            return [*null, *kinds.get(kind, (1, []))]
    return []


def _broken_properties(
    type_: Type, schemas: Mapping[str, Schema], value: Json, prefix: Path, kinds: Mapping[Kind, tuple[Json, ...]]
) -> tuple[dict[Path, list[Json | Missing]], dict[Path, Json]]:
    """What is changed in a value of this type, and the parts that it lacks for it."""
    changed: dict[Path, list[Json | Missing]] = {}
    parts: dict[Path, Json] = {}
    struct = resolve(type_, schemas)
    if not isinstance(struct, Struct) or not isinstance(value, dict) or len(prefix) == _DEPTH:
        return changed, parts
    for field in _fields(struct):
        name, path = field.wire_name, (*prefix, field.wire_name)
        # A sample can be outside its type: a smallest integer of 1.5.
        own = json.dumps(value[name]) if name in value else ""
        wrong = [other for other in _foreign(field.type, schemas, kinds) if json.dumps(other) != own]
        if field.required or wrong:
            changed[path] = [MISSING, *wrong] if field.required else [*wrong]
        try:
            inner = value[name] if name in value else sample(field.type, schemas)
        except NoValueError:
            continue
        inner_changed, inner_parts = _broken_properties(field.type, schemas, inner, path, kinds)
        if inner_changed and name not in value:
            parts[path] = inner
        changed |= inner_changed
        parts |= inner_parts
    return changed, parts


def _fields(struct: Struct) -> list[Field]:
    """Those that a request may have."""
    return [field for field in struct.fields if not field.read_only]


def _alternatives(type_: Type, schemas: Mapping[str, Schema]) -> list[Json]:
    """The smallest value of each member of a union."""
    found: list[Json] = []
    union = resolve(type_, schemas)
    if not isinstance(union, Union):
        return found
    for member in union.members:
        with suppress(NoValueError):
            found.append(tagged(sample(member, schemas), union, member))
    return found


def _sent(value: Json, type_: Type, schemas: Mapping[str, Schema]) -> Json:
    """An example of the description without the properties that are read-only."""
    match resolve(type_, schemas), value:
        case Struct() as struct, dict():
            known = {field.wire_name: field for field in all_fields(struct, schemas)}
            return {
                name: _sent(part, known[name].type, schemas) if name in known else part
                for name, part in value.items()
                if name not in known or not known[name].read_only
            }
        case Array(items=items), list():
            return [_sent(item, items, schemas) for item in value]
        case Map(values=values, keys=None), dict():
            return {name: _sent(part, values, schemas) for name, part in value.items()}
    return value


def _same_shape(left: Json, right: Json) -> bool:
    return type(left) is type(right)
