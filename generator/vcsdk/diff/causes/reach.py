"""Which schemas a change of an API brings, takes away or touches: their Python classes come and go with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from vcsdk.diagnostics import Origin
from vcsdk.diff.finding import Finding
from vcsdk.ir import (
    Alias,
    Api,
    Array,
    Body,
    Field,
    Map,
    Media,
    Nullable,
    Operation,
    Parameter,
    Ref,
    Response,
    ResponseHeader,
    Schema,
    Struct,
    Type,
    Union,
)


class Reach:
    """The schemas of one side; the first cause that leads to one has it."""

    def __init__(self, api: Api, *, new: bool) -> None:
        self._schemas = api.schemas
        self._new = new
        self._types = dict(_typed_places(api))
        self._owner: dict[str, int] = {}

    def claim(self, owner: int, findings: Iterable[Finding]) -> None:
        """Give a cause every schema that its changes lead to and that none has."""
        for finding in findings:
            pending = [*self._starts(finding)]
            while pending:
                type_ = pending.pop()
                if not isinstance(type_, Ref):
                    pending += _parts(type_)
                # What stands in a callback alone has no class.
                elif type_.key not in self._owner and type_.key in self._schemas:
                    self._owner[type_.key] = owner
                    pending += _below(self._schemas[type_.key])

    def owner(self, key: str) -> int | None:
        """The cause that leads to the schema."""
        return self._owner.get(key)

    def _starts(self, finding: Finding) -> Iterator[Type]:
        side = getattr(finding.change, "new" if self._new else "old", None)
        yield from _types_of(side)
        place = finding.site.new if self._new else finding.site.old
        if place is not None and side is not None:
            yield from self._types.get(place, ())


def _types_of(node: object) -> Iterator[Type]:
    match node:
        case Operation():
            bodies = () if node.body is None else (node.body,)
            yield from (type_ for part in (*node.parameters, *bodies, *node.responses) for type_ in _types_of(part))
        case Field() | Parameter() | ResponseHeader():
            yield node.type
        case Media():
            yield from () if node.type is None else (node.type,)
        case Body():
            yield from (type_ for media in node.content for type_ in _types_of(media))
        case Response():
            yield from (type_ for each in (*node.content, *node.headers) for type_ in _types_of(each))


def _typed_places(api: Api) -> Iterator[tuple[Origin, list[Type]]]:
    """Where the types of an API are written."""
    for schema in api.schemas.values():
        yield schema.origin, _below(schema)
        if isinstance(schema, Struct):
            yield from ((field.origin, [field.type]) for field in schema.fields)
    for operation in api.operations:
        bodies = () if operation.body is None else (operation.body,)
        media = (each for part in (*bodies, *operation.responses) for each in part.content)
        for node in (*operation.parameters, *media):
            yield node.origin, [*_types_of(node)]


def _below(schema: Schema) -> list[Type]:
    if isinstance(schema, Alias):
        return [schema.type]
    if not isinstance(schema, Struct):
        return []
    extra = [schema.additional] if schema.additional is not None else []
    base = [Ref(schema.base)] if schema.base is not None else []
    tagged = [Ref(key) for _, key in schema.discriminator.mapping] if schema.discriminator is not None else []
    return [*(field.type for field in schema.fields), *extra, *base, *tagged]


def _parts(type_: Type) -> list[Type]:
    match type_:
        case Nullable():
            return [type_.type]
        case Array():
            return [type_.items]
        case Map():
            return [type_.values, *([type_.keys] if type_.keys is not None else [])]
        case Union():
            return list(type_.members)
    return []


def named(schemas: Mapping[str, Schema]) -> dict[str, str]:
    """The key of each schema by its Python symbol."""
    return {f"{schema.module}.{schema.name}": key for key, schema in schemas.items() if schema.name}
