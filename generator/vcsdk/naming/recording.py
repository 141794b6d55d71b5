"""Makes the record of a named API."""

from __future__ import annotations

import re
from collections.abc import Mapping

from vcsdk.ir import Alias, Api, Enumeration, In, Operation, Ref, Resource, Response, Schema, Struct, Webhook
from vcsdk.ir.recursion import references
from vcsdk.ir.requests import request_key
from vcsdk.naming.record import ClassNames, OperationNames, Record, ResourceNames, WebhookNames
from vcsdk.naming.shapes import shapes
from vcsdk.naming.type_text import written

COMPONENTS = "#/components/schemas/"
OTHER_NAME = "#/names/"
"""What the keys of aliases begin with that stand for nothing but another name of a schema."""
_PARAMETER = re.compile(r"\{([^{}]*)\}")


def record_of(api: Api, ids: Mapping[str, str]) -> Record:
    """The names of an API; `ids` are the operationIds that the description has, where a repair made others."""
    names = {key: schema.name for key, schema in api.schemas.items()}
    shape = shapes(api.schemas)
    also: dict[str, list[tuple[str, str]]] = {}
    for schema in api.schemas.values():
        if isinstance(schema, Alias) and is_other_name(schema):
            also.setdefault(next(references(schema.type)), []).append((schema.name, schema.module))
    classes = {
        schema.name: _class(schema, api.schemas, names, shape[key], also.get(key, []))
        for key, schema in api.schemas.items()
        if not is_other_name(schema)
    }
    operations = (_operation(operation, api.schemas, names, ids) for operation in api.operations)
    return Record(
        {(one.key, one.operation_id): one for one in operations},
        classes,
        {".".join(r.path): ResourceNames(".".join(r.path), r.class_name, r.module) for r in _resources(api)},
        keywords_of(api),
        {(hook.wire_name, hook.method): _webhook(hook, api.schemas, names) for hook in api.webhooks},
    )


def is_component(key: str) -> bool:
    """Whether a schema is a component, and not inside of another or of an operation."""
    return key.startswith(COMPONENTS) and key.count("/") == 3


def is_other_name(schema: Schema) -> bool:
    """Whether a schema is nothing but another name for one that the description has."""
    return schema.key.startswith(OTHER_NAME) and isinstance(schema, Alias) and isinstance(schema.type, Ref)


def kind_of(schema: Schema) -> str:
    """What becomes of a schema: "struct", "enumeration", or what an alias stands for, such as "union"."""
    return type(schema.type if isinstance(schema, Alias) else schema).__name__.lower()


def uses_of(part: Schema | Operation | Webhook, schemas: Mapping[str, Schema]) -> dict[str, tuple[str, ...]]:
    """Keys of the schemas in each property, in the body and in each answer; under "" those of the whole.

    Behind an alias stands what it is made of, which may stand there by itself another time.
    """
    if isinstance(part, Operation):
        found = _uses_of_operation(part)
    elif isinstance(part, Webhook):
        types = [media.type for media in (part.body.content if part.body is not None else ()) if media.type is not None]
        found = {"body": tuple(dict.fromkeys(key for type_ in types for key in references(type_)))}
    elif isinstance(part, Struct):
        found = {field.wire_name: tuple(references(field.type)) for field in part.fields}
        if part.additional is not None:
            found[""] = tuple(references(part.additional))
    else:
        found = {"": tuple(references(part.type))} if isinstance(part, Alias) else {}
    return {slot: _with_contents(keys, schemas) for slot, keys in found.items() if keys}


def _with_contents(keys: tuple[str, ...], schemas: Mapping[str, Schema]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    rest = list(reversed(keys))
    while rest:
        key = rest.pop()
        # What a discriminator maps to need not be emitted.
        if key not in found and key in schemas:
            found[key] = None
            schema = schemas[key]
            rest += reversed(list(references(schema.type))) if isinstance(schema, Alias) else []
    return tuple(found)


def _uses_of_operation(operation: Operation) -> dict[str, tuple[str, ...]]:
    found = {f"{p.location} {p.wire_name}": tuple(references(p.type)) for p in operation.parameters}
    content = operation.body.content if operation.body is not None else ()
    parts = [("body", media.type) for media in content]
    for response in operation.responses:
        slot = slot_of(response, operation)
        parts += [(slot, media.type) for media in response.content]
        parts += [(f"{slot} {header.wire_name.lower()}", header.type) for header in response.headers]
    for slot, type_ in parts:
        for key in references(type_) if type_ is not None else ():
            found[slot] = tuple(dict.fromkeys((*found.get(slot, ()), key)))
    return found


def slot_of(response: Response, operation: Operation) -> str:
    """How a record names an answer: the only success is the same one, whatever its status."""
    answers = [each for each in operation.responses if each.status.startswith("2")]
    return "success" if answers == [response] else response.status


def places(operation: Operation) -> dict[tuple[str, str], tuple[str, str]]:
    """How a record names each parameter, by location and name: those of the path by their number."""
    order = {name: str(number) for number, name in enumerate(_PARAMETER.findall(operation.path), 1)}
    return {
        (str(p.location), p.wire_name): (
            str(p.location),
            order.get(p.wire_name, p.wire_name)
            if p.location is In.PATH
            else p.wire_name.lower()
            if p.location is In.HEADER
            else p.wire_name,
        )
        for p in operation.parameters
    }


def _operation(
    operation: Operation, schemas: Mapping[str, Schema], names: Mapping[str, str], ids: Mapping[str, str]
) -> OperationNames:
    known = places(operation)
    arguments = {
        known.get((a.source, a.wire_name), (a.source, a.wire_name)): a.name
        for a in operation.arguments
        if a.source != "content-type"
    }
    uses = {slot: tuple(names[key] for key in keys) for slot, keys in uses_of(operation, schemas).items()}
    operation_id = ids.get(operation.operation_id, operation.operation_id)
    return OperationNames(request_key(operation), operation_id, operation.python_path, arguments, uses, operation.also)


def _webhook(webhook: Webhook, schemas: Mapping[str, Schema], names: Mapping[str, str]) -> WebhookNames:
    uses = {slot: tuple(names[key] for key in keys) for slot, keys in uses_of(webhook, schemas).items()}
    return WebhookNames(webhook.name, uses)


def _class(
    schema: Schema, schemas: Mapping[str, Schema], names: Mapping[str, str], shape: str, also: list[tuple[str, str]]
) -> ClassNames:
    uses = {slot: tuple(names[key] for key in keys) for slot, keys in uses_of(schema, schemas).items()}
    fields: dict[str, str] = {}
    members: dict[str, str] = {}
    base = more = ""
    if isinstance(schema, Struct):
        fields = {field.wire_name: field.name for field in schema.fields}
        base, more = names.get(schema.base or "", ""), schema.additional_name
    elif isinstance(schema, Enumeration):
        members = {str(member.value): member.name for member in schema.members}
    text = written(schema.type, names) if isinstance(schema, Alias) else ""
    text = schema.kind.value if isinstance(schema, Enumeration) else text
    component = schema.wire_name if is_component(schema.key) else None
    return ClassNames(
        schema.name,
        schema.module,
        kind_of(schema),
        component,
        shape,
        base,
        fields,
        members,
        more,
        uses,
        text,
        tuple(also),
    )


def _resources(api: Api) -> list[Resource]:
    return [resource for path, resource in api.resources.items() if path]


def keywords_of(api: Api) -> dict[tuple[str, ...], str]:
    """Keywords of the client: those of schemes by key and turn, those of a server's variables by name."""
    found: dict[tuple[str, ...], str] = {}
    for scheme in api.security_schemes.values():
        for number, keyword in enumerate(scheme.keywords, 1):
            found["scheme", scheme.key, scheme.kind, scheme.wire_name, str(number)] = keyword
    for server in api.servers.values():
        found |= {("variable", variable.name): variable.keyword for variable in server.variables if variable.keyword}
    return found
