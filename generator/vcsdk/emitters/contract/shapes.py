"""The objects in a request or an answer, by their places: the body itself, and what envelopes have inside."""

from __future__ import annotations

from collections.abc import Mapping

from vcsdk.copied.suite.lives import at, put
from vcsdk.emitters.contract.smallest import sample
from vcsdk.ir import Api, Enumeration, Field, Json, Kind, Operation, Scalar, Struct, Type
from vcsdk.ir.enveloping import Inside, Place
from vcsdk.ir.finite import all_fields
from vcsdk.ir.media import is_json
from vcsdk.ir.resolving import resolve


def answered(operation: Operation) -> Type | None:
    """What the JSON of a success is; None where there is none."""
    success = operation.success
    media = next((m for m in success.content if is_json(m.content_type)), None) if success is not None else None
    return media.type if media is not None else None


def fields_at(api: Api, type_: Type | None, place: Place, *, sent: bool) -> dict[str, Field]:
    """The properties that the object at a place may have in a request (`sent`) or in an answer, by name."""
    found = type_
    for name in place:
        fields = _fields(api, found, sent=sent)
        found = fields[name].type if name in fields else None
    return _fields(api, found, sent=sent)


def inside_of(api: Api, type_: Type | None, *, sent: bool) -> Inside:
    """What is in it, for the search for what it is about."""

    def inside(place: Place) -> Mapping[str, bool]:
        fields = fields_at(api, type_, place, sent=sent)
        return {name: isinstance(resolve(field.type, api.schemas), Struct) for name, field in fields.items()}

    return inside


def names_of(api: Api, fields: Mapping[str, Field]) -> dict[str, bool]:
    """The names of what is shown, and whether an object may be so called."""
    return {name: not _is_plain(api, field) for name, field in fields.items()}


def _is_plain(api: Api, field: Field) -> bool:
    found = resolve(field.type, api.schemas)
    return isinstance(found, Enumeration) or (isinstance(found, Scalar) and found.kind is not Kind.ANY)


def smallest_with(api: Api, type_: Type, place: Place) -> Json:
    """The smallest body that has the object at a place.

    Raises:
        NoValueError: There is none.
    """
    body = sample(type_, api.schemas)
    for depth, name in enumerate(place):
        if not isinstance(at(body, place[: depth + 1]), dict):
            inner = fields_at(api, type_, place[:depth], sent=True)[name].type
            body = put(body, place[: depth + 1], sample(inner, api.schemas))
    return body


def _fields(api: Api, type_: Type | None, *, sent: bool) -> dict[str, Field]:
    struct = resolve(type_, api.schemas) if type_ is not None else None
    fields = all_fields(struct, api.schemas) if isinstance(struct, Struct) else ()
    return {field.wire_name: field for field in fields if not (field.read_only if sent else field.write_only)}
