"""Enumerations that a description opened: callers go on to name their values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from msgspec.structs import replace

from vcsdk.diagnostics import Origin
from vcsdk.ir import (
    UNCONSTRAINED,
    Api,
    Array,
    Constant,
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
from vcsdk.ir.usage import Usage, leads_to
from vcsdk.naming.record import ClassNames, OperationNames
from vcsdk.naming.recording import COMPONENTS, places, slot_of

Put = Callable[[tuple[str, ...], Type, Origin], Type]
"""What stands at a place, by the classes that stood there, what stands there now, and where it is written."""

_KINDS = {"string": Kind.STRING, "integer": Kind.INTEGER}
_VALUES: Mapping[Kind, Callable[[str], str | int]] = {Kind.STRING: str, Kind.INTEGER: int}


def with_enumerations(
    api: Api,
    lost: Mapping[str, ClassNames],
    owners: tuple[Mapping[str, OperationNames], Mapping[str, ClassNames]],
    prefix: str,
) -> tuple[Api, dict[str, str]]:
    """The API with released enumerations where any value of their kind, or one alone, stands now; their keys by name.

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
    constants: dict[str, list[str | int | None]] = {}

    origins: dict[str, Origin] = {}

    def put(uses: tuple[str, ...], type_: Type, origin: Origin) -> Type:
        if len(uses) != 1 or uses[0] not in kinds:
            return type_
        name = uses[0]
        changed, value = _put(type_, Ref(keys[name]), kinds[name], lost[name])
        if changed != type_:
            constants.setdefault(name, []).append(value)
            origins.setdefault(name, origin)
        return changed

    api = _at_places(api, owners, put)
    schemas = dict(api.schemas)
    for name, values in sorted(constants.items()):
        listed = [] if None in values else [value for value in values if value is not None]
        schemas[keys[name]] = _enumeration(keys[name], lost[name], kinds[name], listed, origins[name])
    return replace(api, schemas=schemas), {name: keys[name] for name in sorted(constants)}


def with_constants(
    api: Api, owners: tuple[Mapping[str, OperationNames], Mapping[str, ClassNames]], named: Collection[str]
) -> Api:
    """The API with the value alone where a list of one stands inside of what was released without a class.

    `const` and an `enum` of one are the same to callers.

    Args:
        api: Without them.
        owners: The operations and classes that were found again, by key.
        named: Keys of schemas that a class of the release is another name for.
    """
    alone: dict[Type, Type] = {
        Ref(key): Constant(schema.members[0].value)
        for key, schema in api.schemas.items()
        if isinstance(schema, Enumeration) and len(schema.members) == 1 and "/" in key.removeprefix(COMPONENTS)
        if key not in owners[1] and key not in named
    }
    if not alone:
        return api

    def put(uses: tuple[str, ...], type_: Type, _: Origin) -> Type:
        return type_ if uses else _constant(type_, alone)

    api = _at_places(api, owners, put)
    usage = Usage(api)
    used = usage.requests | usage.answers | {key for schema in api.schemas.values() for key in leads_to(schema)}
    left = {key: schema for key, schema in api.schemas.items() if Ref(key) not in alone or key in used}
    return replace(api, schemas=left)


def _constant(type_: Type, alone: Mapping[Type, Type]) -> Type:
    match type_:
        case Nullable(inner):
            return Nullable(_constant(inner, alone))
        case Array(items, constraints):
            return Array(_constant(items, alone), constraints)
        case Map(values):
            return replace(type_, values=_constant(values, alone))
    return alone.get(type_, type_)


def _at_places(api: Api, owners: tuple[Mapping[str, OperationNames], Mapping[str, ClassNames]], put: Put) -> Api:
    """The API with what is put at each place that was released, by the classes that stood there."""
    schemas = dict(api.schemas)
    for key, one in owners[1].items():
        schema = schemas.get(key)
        if isinstance(schema, Struct):
            fields = tuple(
                replace(f, type=put(one.uses.get(f.wire_name, ()), f.type, f.origin))
                if f.wire_name in one.fields
                else f
                for f in schema.fields
            )
            schemas[key] = replace(schema, fields=fields)
    operations = tuple(_operation(o, owners[0].get(o.key), put) for o in api.operations)
    return replace(api, operations=operations, schemas=schemas)


def with_retired(api: Api, classes: Mapping[str, ClassNames]) -> Api:
    """The API with the released values of enumerations that are listed no more, where only answers had them.

    Nothing on the wire refuses a program that goes on to compare with such a value.

    Args:
        api: Without them.
        classes: The released classes by key of the schema that each is.
    """
    gone: dict[str, Enumeration] = {}
    for key, one in classes.items():
        schema = api.schemas.get(key)
        if not isinstance(schema, Enumeration) or schema.opened or _KINDS.get(one.type) is not schema.kind:
            # Of another kind no value is compared with those that come now.
            continue
        read = _VALUES[schema.kind]
        known = {str(member.value) for member in schema.members}
        said = "The description does not list this value any more."
        left = tuple(EnumMember(read(text), said, retired=True) for text in one.members if text not in known)
        if left:
            gone[key] = replace(schema, members=(*schema.members, *left))
    sent = Usage(api).requests if gone else frozenset()
    found = {key: schema for key, schema in gone.items() if key not in sent}
    return replace(api, schemas={**api.schemas, **found}) if found else api


def _operation(operation: Operation, one: OperationNames | None, put: Put) -> Operation:
    if one is None:
        return operation
    known = places(operation)
    parameters = tuple(
        replace(p, type=put(one.uses.get(f"{p.location} {p.wire_name}", ()), p.type, p.origin))
        if known[str(p.location), p.wire_name] in one.arguments
        else p
        for p in operation.parameters
    )
    responses = []
    for response in operation.responses:
        slot = slot_of(response, operation)
        places_of = [(h, one.uses.get(f"{slot} {h.wire_name.lower()}", ())) for h in response.headers]
        headers = tuple(replace(h, type=put(uses, h.type, response.origin)) for h, uses in places_of)
        responses.append(replace(response, headers=headers))
    return replace(operation, parameters=parameters, responses=tuple(responses))


def _put(type_: Type, reference: Ref, kind: Kind, one: ClassNames) -> tuple[Type, str | int | None]:
    """The type with a reference in place of its only scalar, and that where it is a value.

    A scalar has to be plain and of the kind, a value among those that were released.
    """
    match type_:
        case Scalar(found, None, constraints) if found is kind and constraints == UNCONSTRAINED:
            return reference, None
        case Constant(value) if isinstance(value, str | int) and str(value) in one.members:
            return reference, value
        case Nullable(inner):
            changed, value = _put(inner, reference, kind, one)
            return Nullable(changed), value
        case Array(items, constraints):
            changed, value = _put(items, reference, kind, one)
            return Array(changed, constraints), value
        case Map(values, constraints, None):
            changed, value = _put(values, reference, kind, one)
            return replace(type_, values=changed), value
    return type_, None


def _enumeration(key: str, one: ClassNames, kind: Kind, values: Sequence[str | int], origin: Origin) -> Schema:
    """The class of a release, for any value of its kind, or for those few that are left of it."""
    listed = list(dict.fromkeys(values)) or [_VALUES[kind](text) for text in one.members]
    members = tuple(EnumMember(value) for value in listed)
    said = "" if values else "The values that the description once listed; it allows any now."
    return Enumeration(key, one.name, kind, members, origin, description=said, opened=not values)
