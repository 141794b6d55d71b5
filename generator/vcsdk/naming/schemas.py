"""Python names of schemas: classes, fields, enumeration members, and the module each class lives in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from msgspec.structs import replace

from vcsdk.ir import Enumeration, Field, Schema, Struct
from vcsdk.naming.recording import is_component
from vcsdk.naming.reserved import CLASSES, FIELDS
from vcsdk.naming.settle import Settled, Wish, settle
from vcsdk.naming.words import pascal, snake, spelled, upper

_INLINE_LAST = "\uffff"


def class_wanted(schema: Schema) -> str:
    """The class name that a schema would have to itself."""
    name = pascal(schema.wire_name, "Schema")
    return CLASSES.get(name, name)


def class_names(
    schemas: Mapping[str, Schema],
    released: Mapping[str, str] = MappingProxyType({}),
    held: Mapping[str, str] = MappingProxyType({}),
) -> Settled:
    """A class name for each schema key.  Components come before inline schemas where both want one name.

    Args:
        schemas: All of the API.
        released: The names that schemas had and keep, by key.
        held: Other names that were released, with the keys of what they stand for.
    """
    settled = settle(
        (
            Wish(key, pascal(schema.wire_name, "Schema"), schema.wire_name if is_component(key) else _INLINE_LAST + key)
            for key, schema in schemas.items()
            if key not in released
        ),
        CLASSES,
        held={**held, **{name: key for key, name in released.items()}},
    )
    settled.names.update(released)
    return settled


def with_members(
    schema: Schema,
    inherited: Iterable[Field] = (),
    released: Mapping[str, str] = MappingProxyType({}),
    held: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Schema, Settled]:
    """The schema with its fields or members named.

    Args:
        schema: To be named.
        inherited: The named fields of its base classes.
        released: The names that its properties or values had, by what they are on the wire.
        held: Names that its subclasses have, with what has them.
    """
    if isinstance(schema, Struct):
        taken = {f.name: f"{f.name}_2" for f in inherited}
        wishes = (
            Wish(f.wire_name, snake(f.wire_name, "field"), f.wire_name, snake(spelled(f.wire_name), "field"))
            for f in schema.fields
            if f.wire_name not in released
        )
        mine = {f.wire_name: released[f.wire_name] for f in schema.fields if f.wire_name in released}
        settled = settle(wishes, {**FIELDS, **taken}, held={**held, **{name: wire for wire, name in mine.items()}})
        settled.names.update(mine)
        fields = tuple(replace(f, name=settled[f.wire_name]) for f in schema.fields)
        return replace(schema, fields=fields, additional_name=_additional_name(schema, fields)), settled
    if isinstance(schema, Enumeration):
        texts = {repr(m.value): str(m.value) for m in schema.members}
        known = {key: released[text] for key, text in texts.items() if text in released}
        wishes = (Wish(k, upper(text), text, upper(spelled(text))) for k, text in texts.items() if k not in known)
        names = settle(wishes, held={name: key for key, name in known.items()})
        names.names.update(known)
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
    schemas: Mapping[str, Schema],
    classes: Settled,
    modules: Mapping[str, str],
    released: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> tuple[dict[str, Schema], dict[str, Settled]]:
    """Every schema with class name, module, and named fields or members; a base is named before what inherits.

    `released` has the names of properties or values as they were, by schema.

    The second value tells, by schema key, where members had to give way to each other.
    """
    collisions: dict[str, Settled] = {}
    named: dict[str, Schema] = {}
    below = _held_below(schemas, released)

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
        mine = dict(released.get(key, {}))
        if isinstance(schema, Struct):
            own = {field.wire_name for field in schema.fields}
            mine = {w: n for w, n in below.get(key, {}).items() if w in own} | mine
            mine = {w: n for w, n in mine.items() if n not in {f.name for f in inherited}}
        held = {name: wire for wire, name in below.get(key, {}).items() if wire not in mine}
        done, settled = with_members(schema, inherited, mine, held)
        if settled.renamed:
            collisions[key] = settled
        named[key] = replace(done, name=classes[key], module=modules[key])
        return named[key]

    for key in schemas:
        visit(key)
    return {key: named[key] for key in schemas}, collisions


def _held_below(schemas: Mapping[str, Schema], released: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """What the properties of subclasses are called, by the base that they inherit from, or may come to."""
    found: dict[str, dict[str, str]] = {}
    for key, names in sorted(released.items()):
        schema, seen = schemas[key], {key}
        while isinstance(schema, Struct) and schema.base is not None and schema.base not in seen:
            seen.add(schema.base)
            known = found.setdefault(schema.base, {})
            for wire, name in names.items():
                known.setdefault(wire, name)
            schema = schemas[schema.base]
    return found
