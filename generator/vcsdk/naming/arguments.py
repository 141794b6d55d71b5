"""The keywords of a generated method: parameters, and the properties of a body that is one object."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from vcsdk.ir import (
    ANY,
    Alias,
    Argument,
    Body,
    Constant,
    In,
    Media,
    Nullable,
    Operation,
    Parameter,
    Passed,
    Ref,
    Schema,
    Struct,
    Type,
    Union,
)
from vcsdk.ir.finite import all_fields
from vcsdk.ir.media import is_form, is_raw, sent
from vcsdk.naming.keywords import Keyword, Renamed, keywords
from vcsdk.naming.record import OperationNames
from vcsdk.naming.recording import places
from vcsdk.naming.reserved import ARGUMENTS
from vcsdk.naming.words import snake

_ORDER = {In.PATH: 0, In.QUERY: 1, In.HEADER: 2, In.COOKIE: 3}
_CONTENT_TYPE = "content_type"
_TEMPLATE = re.compile(r"\{([^{}]*)\}")


def with_arguments(
    operation: Operation, schemas: Mapping[str, Schema], released: OperationNames | None = None
) -> tuple[Operation, list[Renamed]]:
    """The operation with its parameters named and its `arguments` settled, required ones first; and who gave way.

    Those of the path stand in its order, which is that of the request, whatever the order of their declarations.

    What was `released` keeps its names, and what was passed whole, or by its properties, is so still if it can be.
    """
    operation = replace(operation, body=_required_form(operation.body, schemas))
    operation = _as_released(operation, schemas, released)
    struct = flattened_body(operation.body, schemas)
    fields = all_fields(struct, schemas) if struct else ()
    given = [f for f in fields if not f.read_only]
    offered = sent(operation.body) if operation.body is not None else ()
    parameters = sorted(operation.parameters, key=lambda p: (_ORDER[p.location], _place(operation, p)))
    reserved = {**ARGUMENTS, **({_CONTENT_TYPE: f"{_CONTENT_TYPE}_"} if len(offered) > 1 else {})}
    wished = [Keyword(str(p.location), p.wire_name, snake(p.wire_name, "parameter")) for p in parameters]
    wished += [Keyword("field", f.wire_name, f.name) for f in given]
    names, renamed = keywords(wished, reserved, _released(operation, released))
    arguments = [
        Argument(
            names[str(p.location), p.wire_name],
            p.wire_name,
            str(p.location),
            _without_null(p.type) if p.required else p.type,
            p.required,
            description=p.description,
            default=p.default,
            deprecated=p.deprecated,
            lifespan=p.lifespan,
            identifies=p.identifies,
        )
        for p in parameters
    ]
    arguments += [
        Argument(
            names["field", f.wire_name],
            f.wire_name,
            "field",
            f.type,
            f.required,
            description=f.description,
            default=f.default,
            deprecated=f.deprecated,
            lifespan=f.lifespan,
            identifies=f.identifies,
        )
        for f in given
    ]
    if operation.body is not None and struct is None:
        body = operation.body
        arguments.append(Argument("body", "", "body", body_type(body), body.required, description=body.description))
    if len(offered) > 1:
        types = Union(tuple(Constant(media.content_type) for media in offered))
        text = "What the body is sent as."
        first = offered[0].content_type
        arguments.append(
            Argument(_CONTENT_TYPE, "", "content-type", types, required=False, description=text, default=first)
        )
    arguments.sort(key=lambda a: not a.required)
    named = tuple(replace(p, name=names[str(p.location), p.wire_name]) for p in operation.parameters)
    return replace(operation, parameters=named, arguments=tuple(arguments)), renamed


def _place(operation: Operation, parameter: Parameter) -> int:
    """Where a parameter of the path stands in it; others are not told apart."""
    names = _TEMPLATE.findall(operation.path) if parameter.location is In.PATH else []
    return names.index(parameter.wire_name) if parameter.wire_name in names else len(names)


def _without_null(type_: Type) -> Type:
    """The type as it can be sent in a parameter: no style has a form for null (OpenAPI 3.0.3, "Style Values")."""
    return type_.type if isinstance(type_, Nullable) else type_


def _as_released(operation: Operation, schemas: Mapping[str, Schema], released: OperationNames | None) -> Operation:
    """The operation, its body passed as the last release passed it."""
    body = operation.body
    if released is None or body is None or not sent(body):
        return operation
    sources = {source for source, _ in released.arguments}
    fits = flattened_body(body, schemas)
    if "body" in sources and fits is not None:
        return replace(operation, body=replace(body, passed=Passed.WHOLE))
    if "field" in sources and fits is None:
        return replace(operation, body=replace(body, passed=Passed.APART))
    return operation


def _released(operation: Operation, released: OperationNames | None) -> dict[tuple[str, str], str]:
    """The names that arguments had, by place and name on the wire."""
    if released is None:
        return {}
    known = places(operation)
    found = {own: released.arguments[place] for own, place in known.items() if place in released.arguments}
    return found | {key: name for key, name in released.arguments.items() if key[0] == "field"}


def body_type(body: Body) -> Type:
    """The type of a body passed whole: a union where content types differ, any JSON where there is no schema."""
    types = tuple(dict.fromkeys(media.type if media.type is not None else ANY for media in sent(body)))
    return types[0] if len(types) == 1 else Union(types) if types else ANY


def _required_form(body: Body | None, schemas: Mapping[str, Schema]) -> Body | None:
    """A form with required fields is required, whatever the description forgets to say of the body."""
    if body is None or body.required:
        return body
    first = next(iter(sent(body)), None)
    struct = _struct(first, schemas) if first is not None and is_form(first.content_type) else None
    needed = struct is not None and any(field.required for field in all_fields(struct, schemas))
    return replace(body, required=True) if needed else body


def flattened_body(body: Body | None, schemas: Mapping[str, Schema]) -> Struct | None:
    """The struct whose properties become keywords, or None where the body is passed whole.

    Where nothing else was released, passed whole is what is not one plain object: arrays, unions, free-form maps,
    members of discriminated unions, and an optional body with required properties (absent and incomplete could not be
    told apart).  Also where content types differ in what they carry.
    """
    offered = sent(body) if body is not None else ()
    if body is None or body.passed is Passed.WHOLE or not offered:
        return None
    if body.passed is Passed.APART:
        return _struct(offered[0], schemas)
    if any(is_raw(media.content_type) for media in offered):
        return None
    structs = {id(struct): struct for struct in (_struct(media, schemas) for media in offered)}
    struct = next(iter(structs.values()))
    if len(structs) > 1 or struct is None or struct.tag is not None or struct.additional is not None:
        return None
    fields = all_fields(struct, schemas)
    if not fields or (not body.required and any(f.required for f in fields)):
        return None
    return struct


def _struct(media: Media, schemas: Mapping[str, Schema]) -> Struct | None:
    """The struct that a medium carries, aliases followed."""
    type_, seen = media.type, set()
    while isinstance(type_, Ref) and isinstance(schema := schemas[type_.key], Alias) and type_.key not in seen:
        seen.add(type_.key)
        type_ = schema.type
    struct = schemas[type_.key] if isinstance(type_, Ref) else None
    return struct if isinstance(struct, Struct) else None
