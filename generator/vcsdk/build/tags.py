"""Discriminated unions: gives structs the tag that says on the wire which member they are.

A struct can carry one tag only.  Where every union it stands in asks for the same property and value it is tagged, and
the property leaves its fields; else the property stays a field that the caller fills, or becomes one where the
description forgot it.  A tag is text: a property of another type stays a field.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from vcsdk.ir import (
    ANY,
    Alias,
    Constant,
    Discriminator,
    Enumeration,
    Field,
    Kind,
    Nullable,
    Ref,
    Scalar,
    Schema,
    Struct,
    Type,
    Union,
)
from vcsdk.ir.recursion import references
from vcsdk.ir.types import wire_text
from vcsdk.ir.unions import flatten, union_of

Tags = dict[str, tuple[str, str]]  # schema key to discriminator property and value


def tag_structs(schemas: Mapping[str, Schema]) -> dict[str, Schema]:
    """The same schemas: mappings completed, members of discriminated unions tagged where one tag serves all unions."""
    told = {key: _with_values(schema, schemas) for key, schema in schemas.items()}
    tags = _tags(told)
    below = _descendants(told)
    bare = _families(told, tags, below)
    for key, (tag_field, tag) in tags.items():
        struct = told[key]
        if not isinstance(struct, Struct):
            continue
        if key not in bare and any(tags.get(child, ("", ""))[0] != tag_field for child in below.get(key, ())):
            # What derives from it would have its tag, too.
            continue
        if any(base.key not in bare for base in _with_field(struct, tag_field, told)):
            told[key] = replace(_written_out(struct, told, tag_field), tag_field=tag_field, tag=tag)
        else:
            fields = _without(struct.fields, tag_field)
            told[key] = replace(struct, fields=fields, tag_field=tag_field, tag=tag)
    for key in bare:
        struct = told[key]
        if isinstance(struct, Struct):
            told[key] = replace(struct, fields=_without(struct.fields, bare[key]))
    told = _with_what_tells(told)
    for key, tagged in told.items():
        # A base may have got the property because a union has it among its members.
        if (
            isinstance(tagged, Struct)
            and tagged.tag_field is not None
            and any(_with_field(tagged, tagged.tag_field, told))
        ):
            told[key] = _written_out(tagged, told, tagged.tag_field)
    return _without_orphans(told, schemas)


def _with_field(struct: Struct, wire_name: str, schemas: Mapping[str, Schema]) -> list[Struct]:
    """The bases of a struct that have a field of this name."""
    return [base for base in _bases(struct, schemas) if any(f.wire_name == wire_name for f in base.fields)]


def _written_out(struct: Struct, schemas: Mapping[str, Schema], without: str) -> Struct:
    """A struct with all its fields but one: that cannot be taken out of a class that others share."""
    fields = (*(f for base in reversed(list(_bases(struct, schemas))) for f in base.fields), *struct.fields)
    return replace(struct, base=None, fields=_without(fields, without))


def _with_what_tells(schemas: dict[str, Schema]) -> dict[str, Schema]:
    """Adds the property by which a union tells its members apart to those that have neither it nor a tag.

    "Discriminator Object" wants it declared in each; where it is not, it still comes, and must be there to be sent.
    """
    found = dict(schemas)
    for struct, property_ in _told_apart(schemas):
        current = found[struct.key]
        if (
            isinstance(current, Struct)
            and current.tag_field != property_
            and _declared(current, property_, found) is None
        ):
            added = Field(property_, Scalar(Kind.STRING), required=False, origin=current.origin)
            found[struct.key] = replace(current, fields=(*current.fields, added))
            for key in _descendants(found).get(struct.key, ()):
                found[key] = _beside_a_base(found[key], property_, found)
    return found


def _beside_a_base(schema: Schema, wire_name: str, schemas: Mapping[str, Schema]) -> Schema:
    """A struct one of whose bases has got a field that it has itself: its own goes where it says no more."""
    own = [f for f in schema.fields if f.wire_name == wire_name] if isinstance(schema, Struct) else []
    if not isinstance(schema, Struct) or not own:
        return schema
    if own[0].type == ANY and not own[0].required:
        return replace(schema, fields=_without(schema.fields, wire_name))
    alone = _written_out(schema, schemas, wire_name)
    return replace(alone, fields=(*alone.fields, *own))


def _told_apart(schemas: Mapping[str, Schema]) -> Iterator[tuple[Struct, str]]:
    """Each struct that a union with a discriminator has or maps to, and the discriminator's property."""
    for union in _unions(schemas):
        told = union.discriminator
        if told is None:
            continue
        for member in (*flatten(union, schemas), *(Ref(key) for _, key in told.mapping)):
            struct = schemas.get(member.key) if isinstance(member, Ref) else None
            if isinstance(struct, Struct):
                yield struct, told.property


def _declared(struct: Struct, wire_name: str, schemas: Mapping[str, Schema]) -> Type | None:
    """The type of a property, its own or inherited."""
    for owner in (struct, *_bases(struct, schemas)):
        for field in owner.fields:
            if field.wire_name == wire_name:
                return field.type
    return None


def _without_orphans(told: dict[str, Schema], before: Mapping[str, Schema]) -> dict[str, Schema]:
    """Leaves out the enumeration of a property that became a tag, where it stood nowhere else."""
    fields = {key: schema.fields for key, schema in told.items() if isinstance(schema, Struct)}
    gone: set[str] = set()
    for key, schema in before.items():
        if isinstance(schema, Struct) and len(schema.fields) != len(fields[key]):
            kept = {field.wire_name for field in fields[key]}
            gone.update(to for field in schema.fields if field.wire_name not in kept for to in references(field.type))
    gone = {key for key in gone if isinstance(told.get(key), Enumeration) and key.count("/") > 3}
    if gone:
        for schema in told.values():
            types = [field.type for field in schema.fields] if isinstance(schema, Struct) else []
            types += [schema.type] if isinstance(schema, Alias) else []
            gone.difference_update(to for type_ in types for to in references(type_))
    return {key: schema for key, schema in told.items() if key not in gone}


def _tags(schemas: Mapping[str, Schema]) -> Tags:
    """The structs for which all discriminated unions agree on one property and value."""
    wanted: dict[str, set[tuple[str, str] | None]] = {}
    for union in _unions(schemas):
        if union.discriminator is None:
            continue
        for member in flatten(union, schemas):
            if not isinstance(member, Ref) or not isinstance(schemas.get(member.key), Struct):
                continue
            values = {value for value, target in union.discriminator.mapping if target == member.key}
            property_ = union.discriminator.property
            is_one = len(values) == 1 and _is_text(member, property_, schemas)
            is_one = is_one and not _has_more(member, union, union.discriminator, schemas)
            one = (property_, values.pop()) if is_one else None
            wanted.setdefault(member.key, set()).add(one)
    agreed = {key: asked.pop() for key, asked in wanted.items() if len(asked) == 1}
    return {key: tag for key, tag in agreed.items() if tag is not None}


def _has_more(member: Ref, union: Union, told: Discriminator, schemas: Mapping[str, Schema]) -> bool:
    """Whether a member lists values of the discriminator's property that are neither mapped nor listed by another."""
    others = {value for value, _ in told.mapping}
    for each in flatten(union, schemas):
        if isinstance(each, Ref) and each.key != member.key:
            others.update(_listed(schemas.get(each.key), told.property, schemas))
    return not others.issuperset(_listed(schemas.get(member.key), told.property, schemas))


def _is_text(member: Ref, property_: str, schemas: Mapping[str, Schema]) -> bool:
    """Whether the property of a member can be the text that a tag is."""
    struct = schemas.get(member.key)
    declared = _declared(struct, property_, schemas) if isinstance(struct, Struct) else None
    for type_ in flatten(declared, schemas) if declared is not None else ():
        match type_:
            case Constant(value) if not isinstance(value, str):
                return False
            case Scalar(kind=Kind.INTEGER | Kind.NUMBER | Kind.BOOLEAN):
                return False
            case Ref(key) if isinstance(found := schemas.get(key), Enumeration):
                if not all(isinstance(each.value, str) for each in found.members):
                    return False
    return True


def _families(schemas: Mapping[str, Schema], tags: Tags, below: Mapping[str, set[str]]) -> dict[str, str]:
    """Bases whose discriminator property can go because all below are tagged by it; base key to that property."""
    found = {}
    for key, children in below.items():
        properties = {tags[child][0] if child in tags else None for child in children}
        property_ = properties.pop() if len(properties) == 1 else None
        base = schemas[key]
        if property_ is None or not isinstance(base, Struct):
            continue
        own = tags.get(key)
        abstract = own is None and base.discriminator is not None and base.discriminator.property == property_
        if abstract or (own is not None and own[0] == property_):
            found[key] = property_
    return found


def _with_values(schema: Schema, schemas: Mapping[str, Schema]) -> Schema:
    """A union whose members fix the discriminator themselves (`const`, `enum`) is told apart by those values.

    Without a mapping a member would be known by its schema's name only, which few descriptions mean.  Several members
    may have one value; a member that is a union stands for its own.
    """
    union = union_of(schema)
    if not isinstance(schema, Alias) or union is None or union.discriminator is None:
        return schema
    mapping = _mapping(union.discriminator, schemas, frozenset((schema.key,)))
    told = replace(union, discriminator=Discriminator(union.discriminator.property, tuple(dict.fromkeys(mapping))))
    return replace(schema, type=_inside(schema.type, told))


def _mapping(told: Discriminator, schemas: Mapping[str, Schema], above: frozenset[str]) -> Iterator[tuple[str, str]]:
    listed = {key: _listed(schemas.get(key), told.property, schemas) for key in {key for _, key in told.mapping}}
    often = Counter(value for values in listed.values() for value in values)
    for value, key in told.mapping:
        implied = key.endswith(f"/{value.replace('~', '~0').replace('/', '~1')}")
        fixed = list(_values(key, told.property, schemas, above)) if implied else []
        if implied and not fixed and all(often[each] == 1 for each in listed[key]):
            fixed = [(each, key) for each in listed[key]]
        yield from fixed or [(value, key)]


def _values(
    key: str, property_: str, schemas: Mapping[str, Schema], above: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """The values that a member fixes, each with the schema that does: its own, or those of the union it is."""
    schema = schemas.get(key)
    union = union_of(schema) if schema is not None else None
    if union is not None and union.discriminator is not None and union.discriminator.property == property_:
        if key not in above:
            yield from _mapping(union.discriminator, schemas, above | {key})
    elif isinstance(schema, Alias):
        inner = [member.key for member in flatten(Ref(key), schemas) if isinstance(member, Ref)]
        found = [(_fixed(schemas.get(each), property_, schemas), each) for each in inner]
        if all(value is not None for value, _ in found):
            yield from ((value, each) for value, each in found if value is not None)
    elif (value := _fixed(schema, property_, schemas)) is not None:
        yield value, key


def _inside(type_: Type, union: Union) -> Type:
    """The type with another union in place of its own."""
    return Nullable(_inside(type_.type, union)) if isinstance(type_, Nullable) else union


def _listed(schema: Schema | None, property_: str, schemas: Mapping[str, Schema]) -> list[str]:
    """The texts that a struct itself lists for a property, one or several."""
    found: list[str] = []
    for field in schema.fields if isinstance(schema, Struct) else ():
        known = schemas.get(field.type.key) if isinstance(field.type, Ref) else None
        if field.wire_name == property_ and isinstance(known, Enumeration):
            found += [each.value for each in known.members if isinstance(each.value, str)]
    return found


def _fixed(schema: Schema | None, property_: str, schemas: Mapping[str, Schema]) -> str | None:
    if not isinstance(schema, Struct):
        return None
    types: list[Type] = [f.type for f in schema.fields if f.wire_name == property_]
    match types:
        case [Constant(value)]:
            return wire_text(value)
        case [Ref(key)] if isinstance(found := schemas.get(key), Enumeration) and len(found.members) == 1:
            return wire_text(found.members[0].value)
    return None


def _unions(schemas: Mapping[str, Schema]) -> Iterator[Union]:
    """Every union with parts is declared as an alias of its own, so looking at the aliases finds all."""
    for schema in schemas.values():
        if (union := union_of(schema)) is not None:
            yield union


def _bases(struct: Struct, schemas: Mapping[str, Schema]) -> Iterator[Struct]:
    """The structs it inherits from, the nearest first."""
    base = schemas.get(struct.base) if struct.base else None
    while isinstance(base, Struct):
        yield base
        base = schemas.get(base.base) if base.base else None


def _descendants(schemas: Mapping[str, Schema]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for key, schema in schemas.items():
        for base in _bases(schema, schemas) if isinstance(schema, Struct) else ():
            found.setdefault(base.key, set()).add(key)
    return found


def _without(fields: tuple[Field, ...], wire_name: str) -> tuple[Field, ...]:
    return tuple(f for f in fields if f.wire_name != wire_name)
