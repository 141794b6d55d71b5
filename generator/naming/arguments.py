"""The keywords of a generated method: parameters, and the properties of a body that is one object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.build.operations import is_json
from generator.ir import Alias, Argument, Body, Field, In, Operation, Ref, Schema, Struct, Type
from generator.naming.reserved import ARGUMENTS
from generator.naming.settle import Wish, settle
from generator.naming.words import snake

_ORDER = {In.PATH: 0, In.QUERY: 1, In.HEADER: 2, In.COOKIE: 3}
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def with_arguments(operation: Operation, schemas: Mapping[str, Schema]) -> Operation:
    """The operation with its parameters named and its `arguments` settled, required ones first."""
    struct = flattened_body(operation.body, schemas)
    fields = all_fields(struct, schemas) if struct else ()
    sent = [f for f in fields if not f.read_only]
    parameters = sorted(operation.parameters, key=lambda p: _ORDER[p.location])
    wishes = [
        Wish(f"{p.location}:{p.wire_name}", snake(p.wire_name, "parameter"), f" {_ORDER[p.location]}")
        for p in parameters
    ]
    wishes += [Wish(f"field:{f.wire_name}", f.name, f"body {f.wire_name}") for f in sent]
    names = settle(
        wishes, ARGUMENTS, alternative=lambda name, count: f"body_{name}" if count == 2 else f"{name}_{count}"
    )
    arguments = [
        Argument(
            names[f"{p.location}:{p.wire_name}"],
            p.wire_name,
            str(p.location),
            p.type,
            p.required,
            description=p.description,
            default=p.default,
            deprecated=p.deprecated,
        )
        for p in parameters
    ]
    arguments += [
        Argument(
            names[f"field:{f.wire_name}"],
            f.wire_name,
            "field",
            f.type,
            f.required,
            description=f.description,
            default=f.default,
            deprecated=f.deprecated,
        )
        for f in sent
    ]
    if operation.body is not None and struct is None:
        body = operation.body
        arguments.append(Argument("body", "", "body", body_type(body), body.required, description=body.description))
    arguments.sort(key=lambda a: not a.required)
    named = tuple(replace(p, name=names[f"{p.location}:{p.wire_name}"]) for p in operation.parameters)
    return replace(operation, parameters=named, arguments=tuple(arguments))


def body_type(body: Body) -> Type:
    """The type of a body in the content type that is sent, any JSON where the description gives no schema."""
    from generator.ir import ANY

    media = body.content[0] if body.content else None
    return media.type if media is not None and media.type is not None else ANY


def flattened_body(body: Body | None, schemas: Mapping[str, Schema]) -> Struct | None:
    """The struct whose properties become keywords, or None where the body is passed whole.

    Passed whole is what is not one plain object: arrays, unions, free-form maps, members of discriminated unions,
    and an optional body with required properties (absent and incomplete could not be told apart).
    """
    if body is None or not body.content:
        return None
    media = body.content[0]
    if not is_json(media.content_type) and media.content_type not in _FORMS:
        return None
    type_, seen = media.type, set()
    while isinstance(type_, Ref) and isinstance(schema := schemas[type_.key], Alias) and type_.key not in seen:
        seen.add(type_.key)
        type_ = schema.type
    struct = schemas[type_.key] if isinstance(type_, Ref) else None
    if not isinstance(struct, Struct) or struct.tag is not None or struct.additional is not None:
        return None
    fields = all_fields(struct, schemas)
    if not fields or (not body.required and any(f.required for f in fields)):
        return None
    return struct


def all_fields(struct: Struct, schemas: Mapping[str, Schema]) -> tuple[Field, ...]:
    """A struct's fields, those of the classes it inherits from first."""
    base = schemas.get(struct.base) if struct.base else None
    inherited = all_fields(base, schemas) if isinstance(base, Struct) else ()
    return (*inherited, *struct.fields)
