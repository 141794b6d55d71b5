"""Enumerations that a description opened: callers go on to name their values."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from vcsdk.ir import (
    UNCONSTRAINED,
    Api,
    Array,
    Enumeration,
    EnumMember,
    Kind,
    Map,
    Nullable,
    Operation,
    Ref,
    Scalar,
    Schema,
    Struct,
    Type,
)
from vcsdk.naming.record import ClassNames, OperationNames

Put = Callable[[tuple[str, ...], Type], Type]

_KINDS = {"string": Kind.STRING, "integer": Kind.INTEGER}


def with_enumerations(
    api: Api,
    lost: Mapping[str, ClassNames],
    owners: tuple[Mapping[str, OperationNames], Mapping[str, ClassNames]],
    prefix: str,
) -> tuple[Api, dict[str, str]]:
    """The API with released enumerations where any value of their kind is allowed now, and their keys by name.

    An enumeration is open in Python: it takes a value that it does not know as well.

    Args:
        api: Without the enumerations.
        lost: The classes that no schema is any more, by name.
        owners: The operations and classes that were found again, by key.
        prefix: Begins the keys of what is added.
    """
    kinds = {name: kind for name, one in lost.items() if one.members and (kind := _KINDS.get(one.type)) is not None}
    if not kinds:
        return api, {}
    keys = {name: f"{prefix}{name}" for name in kinds}
    used: set[str] = set()

    def put(uses: tuple[str, ...], type_: Type) -> Type:
        if len(uses) != 1 or uses[0] not in kinds:
            return type_
        changed = _put(type_, Ref(keys[uses[0]]), kinds[uses[0]])
        used.update(uses if changed != type_ else ())
        return changed

    schemas = dict(api.schemas)
    for key, one in owners[1].items():
        schema = schemas.get(key)
        if isinstance(schema, Struct):
            fields = tuple(replace(f, type=put(one.uses.get(f.wire_name, ()), f.type)) for f in schema.fields)
            schemas[key] = replace(schema, fields=fields)
    operations = tuple(_operation(o, owners[0].get(o.key), put) for o in api.operations)
    for name in sorted(used):
        schemas[keys[name]] = _enumeration(keys[name], lost[name], kinds[name], api)
    return replace(api, operations=operations, schemas=schemas), {name: keys[name] for name in sorted(used)}


def _operation(operation: Operation, one: OperationNames | None, put: Put) -> Operation:
    if one is None:
        return operation
    parameters = tuple(
        replace(p, type=put(one.uses.get(f"{p.location} {p.wire_name}", ()), p.type)) for p in operation.parameters
    )
    return replace(operation, parameters=parameters)


def _put(type_: Type, reference: Ref, kind: Kind) -> Type:
    """The type with a reference in place of its only scalar, if that is plain and of the kind."""
    match type_:
        case Scalar(found, None, constraints) if found is kind and constraints == UNCONSTRAINED:
            return reference
        case Nullable(inner):
            return Nullable(_put(inner, reference, kind))
        case Array(items, constraints):
            return Array(_put(items, reference, kind), constraints)
        case Map(values, constraints, None):
            return replace(type_, values=_put(values, reference, kind))
    return type_


def _enumeration(key: str, one: ClassNames, kind: Kind, api: Api) -> Schema:
    values = (int(text) if kind is Kind.INTEGER else text for text in one.members)
    members = tuple(EnumMember(value) for value in values)
    origin = api.operations[0].origin if api.operations else next(iter(api.schemas.values())).origin
    said = "The values that the description once listed; it allows any now."
    return Enumeration(key, one.name, kind, members, origin, description=said, opened=True)
