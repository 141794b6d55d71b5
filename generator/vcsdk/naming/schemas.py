"""Python names of schemas: classes, fields, enumeration members, and the module each class lives in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from vcsdk.ir import Enumeration, Field, Schema, Struct
from vcsdk.naming.reserved import CLASSES, FIELDS
from vcsdk.naming.settle import Settled, Wish, settle
from vcsdk.naming.words import pascal, snake, spelled, upper

_INLINE_LAST = "\uffff"


def class_names(schemas: Mapping[str, Schema]) -> Settled:
    """A class name for each schema key.  Components come before inline schemas where both want one name."""
    return settle(
        (
            Wish(
                key, pascal(schema.wire_name, "Schema"), schema.wire_name if _is_component(key) else _INLINE_LAST + key
            )
            for key, schema in schemas.items()
        ),
        CLASSES,
    )


def _is_component(key: str) -> bool:
    return key.startswith("#/components/schemas/") and key.count("/") == 3


def with_members(schema: Schema, inherited: Iterable[Field] = ()) -> tuple[Schema, Settled]:
    """The schema with its fields or members named; `inherited` are the named fields of its base classes."""
    if isinstance(schema, Struct):
        taken = {f.name: f"{f.name}_2" for f in inherited}
        wishes = (
            Wish(f.wire_name, snake(f.wire_name, "field"), f.wire_name, snake(spelled(f.wire_name), "field"))
            for f in schema.fields
        )
        settled = settle(wishes, {**FIELDS, **taken})
        fields = tuple(replace(f, name=settled[f.wire_name]) for f in schema.fields)
        return replace(schema, fields=fields, additional_name=_additional_name(schema, fields)), settled
    if isinstance(schema, Enumeration):
        texts = {repr(m.value): str(m.value) for m in schema.members}
        names = settle(Wish(key, upper(text), text, upper(spelled(text))) for key, text in texts.items())
        members = tuple(replace(m, name=names[repr(m.value)]) for m in schema.members)
        return replace(schema, members=members), names
    return schema, Settled()


def _additional_name(struct: Struct, fields: Iterable[Field]) -> str:
    """The attribute for further properties; a property that is really called so keeps its name."""
    if struct.additional is None:
        return ""
    taken = {field.name for field in fields}
    name, count = "additional_properties", 2
    while name in taken:
        name, count = f"additional_properties_{count}", count + 1
    return name


def name_schemas(
    schemas: Mapping[str, Schema], classes: Settled, modules: Mapping[str, str]
) -> tuple[dict[str, Schema], dict[str, Settled]]:
    """Every schema with class name, module, and named fields or members; a base is named before what inherits.

    The second value tells, by schema key, where members had to give way to each other.
    """
    collisions: dict[str, Settled] = {}
    named: dict[str, Schema] = {}

    def visit(key: str) -> Schema:
        if key in named:
            return named[key]
        schema = schemas[key]
        inherited: list[Field] = []
        base = schema.base if isinstance(schema, Struct) else None
        while base is not None:
            parent = visit(base)
            if not isinstance(parent, Struct):
                break
            inherited += parent.fields
            base = parent.base
        done, settled = with_members(schema, inherited)
        if settled.renamed:
            collisions[key] = settled
        named[key] = replace(done, name=classes[key], module=modules[key])
        return named[key]

    for key in schemas:
        visit(key)
    return {key: named[key] for key in schemas}, collisions
