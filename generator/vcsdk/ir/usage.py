"""Which schemas travel in requests and which in answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from vcsdk.ir.api import Api
from vcsdk.ir.operations import Media
from vcsdk.ir.recursion import references
from vcsdk.ir.schemas import Alias, Field, Schema, Struct
from vcsdk.ir.types import Type


class Usage:
    """What the operations of an API send and receive, webhooks included; worked out when a field first asks."""

    def __init__(self, api: Api) -> None:
        self._api = api

    @cached_property
    def requests(self) -> frozenset[str]:
        """Keys of the schemas that requests can hold."""
        sent: list[Type] = []
        for operation in self._api.operations:
            sent += [parameter.type for parameter in operation.parameters]
            sent += _types(operation.body.content) if operation.body else []
        return _reachable(sent, self._api.schemas)

    @cached_property
    def answers(self) -> frozenset[str]:
        """Keys of the schemas that answers can hold."""
        contents = [response.content for operation in self._api.operations for response in operation.responses]
        contents += [webhook.body.content for webhook in self._api.webhooks if webhook.body]
        received = [type_ for content in contents for type_ in _types(content)]
        received += [h.type for operation in self._api.operations for r in operation.responses for h in r.headers]
        return _reachable(received, self._api.schemas)

    def is_required(self, struct: Struct, field: Field) -> bool:
        """False for a required field that is left out on one of the ways the struct travels.

        OpenAPI 3.0.3, "Schema Object": a required `readOnly` property counts in answers only, a required `writeOnly`
        one in requests only.  What no operation has can be used for either.
        """
        if field.read_only and (struct.key in self.requests or struct.key not in self.answers):
            return False
        if field.write_only and (struct.key in self.answers or struct.key not in self.requests):
            return False
        return field.required


def _types(content: Iterable[Media]) -> list[Type]:
    return [media.type for media in content if media.type is not None]


def _reachable(types: Iterable[Type], schemas: Mapping[str, Schema]) -> frozenset[str]:
    found: set[str] = set()
    rest = [key for type_ in types for key in references(type_)]
    while rest:
        key = rest.pop()
        schema = schemas.get(key)
        if key in found or schema is None:
            continue
        found.add(key)
        rest += leads_to(schema)
    return frozenset(found)


def leads_to(schema: Schema) -> list[str]:
    """Keys of the schemas that one is made of."""
    if isinstance(schema, Alias):
        return list(references(schema.type))
    if not isinstance(schema, Struct):
        return []
    found = [target for field in schema.fields for target in references(field.type)]
    found += references(schema.additional) if schema.additional is not None else []
    return [*found, *([schema.base] if schema.base is not None else [])]
