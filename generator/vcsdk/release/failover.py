"""Recognises vCenter's failover and the state that shows whether one happened, for a first configuration."""

from __future__ import annotations

from collections.abc import Sequence

from vcsdk.ir import Alias, Api, Field, Nullable, Operation, Outcome, Ref, Safety, Struct, Type
from vcsdk.ir.finite import all_fields
from vcsdk.ir.vapi import ACTIVE, ROLE, action_of


def failover_outcome(api: Api, operation: Operation) -> Outcome | None:
    """How to tell that this operation, a failover, happened; None where it is none or nothing shows it.

    What shows it is the action `get` on the same path, whose answer has two nodes or more of one type with a role.
    """
    if api.profile != "vapi" or not operation.task or action_of(operation.fixed_query) != "failover":
        return None
    for reader in api.operations:
        if reader.path == operation.path and reader.safety is Safety.READ and _needs_nothing(reader):
            nodes = _nodes(api, reader)
            if nodes:
                return Outcome(reader.operation_id, nodes, ".".join(ROLE), ACTIVE)
    return None


def _needs_nothing(operation: Operation) -> bool:
    return not any(argument.required for argument in operation.arguments)


def _nodes(api: Api, reader: Operation) -> tuple[str, ...]:
    media = next(iter(reader.success.content), None) if reader.success else None
    alike: dict[str, list[str]] = {}
    for field in _fields(api, None if media is None else media.type):
        node = _struct(api, field.type)
        if node is not None and _reaches(api, node, ROLE):
            alike.setdefault(node.key, []).append(field.wire_name)
    return next((tuple(names) for names in alike.values() if len(names) > 1), ())


def _reaches(api: Api, struct: Struct, path: Sequence[str]) -> bool:
    found = next((f for f in all_fields(struct, api.schemas) if f.wire_name == path[0]), None)
    below = None if found is None else _struct(api, found.type)
    return found is not None and (len(path) == 1 or (below is not None and _reaches(api, below, path[1:])))


def _fields(api: Api, type_: Type | None) -> tuple[Field, ...]:
    struct = _struct(api, type_)
    return () if struct is None else all_fields(struct, api.schemas)


def _struct(api: Api, type_: Type | None) -> Struct | None:
    while isinstance(type_, Nullable):
        type_ = type_.type
    schema = api.schemas.get(type_.key) if isinstance(type_, Ref) else None
    return _struct(api, schema.type) if isinstance(schema, Alias) else schema if isinstance(schema, Struct) else None
