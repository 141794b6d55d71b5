"""Which schemas travel in requests and which in answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from vcsdk.emitters.models.order import references
from vcsdk.ir import Alias, Api, Field, Schema, Struct, Type


class Usage(msgspec.Struct, frozen=True):
    """Keys of the schemas that requests, and that answers, can hold."""

    requests: frozenset[str] = frozenset()
    answers: frozenset[str] = frozenset()

    @classmethod
    def of(cls, api: Api) -> Usage:
        """The usage in the operations of an API."""
        sent: list[Type] = []
        received: list[Type] = []
        for operation in api.operations:
            sent += [parameter.type for parameter in operation.parameters]
            sent += [m.type for m in (operation.body.content if operation.body else ()) if m.type is not None]
            received += [m.type for r in operation.responses for m in r.content if m.type is not None]
        return cls(_reachable(sent, api.schemas), _reachable(received, api.schemas))

    def is_required(self, struct: Struct, field: Field) -> bool:
        """False for a required field that is left out on one of the ways the struct travels.

        OpenAPI 3.0.3, "Schema Object": a required `readOnly` property counts in answers only, a required `writeOnly`
        one in requests only.
        """
        if field.read_only and struct.key in self.requests:
            return False
        if field.write_only and struct.key in self.answers:
            return False
        return field.required


def _reachable(types: Iterable[Type], schemas: Mapping[str, Schema]) -> frozenset[str]:
    found: set[str] = set()
    rest = [key for type_ in types for key in references(type_)]
    while rest:
        key = rest.pop()
        schema = schemas.get(key)
        if key in found or schema is None:
            continue
        found.add(key)
        if isinstance(schema, Alias):
            rest += references(schema.type)
        elif isinstance(schema, Struct):
            rest += [target for field in schema.fields for target in references(field.type)]
            rest += references(schema.additional) if schema.additional is not None else []
            rest += [schema.base] if schema.base is not None else []
    return frozenset(found)
