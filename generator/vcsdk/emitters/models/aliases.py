"""Schemas without a class of their own: a name for a type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from vcsdk.emitters.annotations import Annotator
from vcsdk.emitters.filters import identifier, python_literal
from vcsdk.emitters.models.views import AliasView
from vcsdk.emitters.prose import described, one_line
from vcsdk.ir import ANY, Alias, Enumeration, Kind, Map, Nullable, Ref, Scalar, Schema, Struct, Type, Union
from vcsdk.ir.recursion import is_recursive
from vcsdk.ir.unions import Strategy, flatten, strategy, union_of


def alias_type(schema: Schema, annotator: Annotator) -> str:
    """What the name stands for where types are checked."""
    match schema:
        case Struct():
            return annotator.spell(Map(ANY))
        case Enumeration():
            return annotator.builtin("float")
    if is_recursive(schema, annotator.schemas):
        # The interpreter cannot define an alias by itself; what nothing decodes is as it came.
        return python_literal(replace(annotator, decoded=False).spell(schema.type))
    annotation = annotator.spell(schema.type)
    union = _opaque(schema, annotator.schemas)
    if union is not None and union.discriminator is not None:
        unknown = annotator.spell(Map(ANY))
        annotation = f"{annotation.removesuffix(' | None')} | {unknown}"
        annotation += " | None" if annotator.accepts_none(schema.type) else ""
    return annotation


def alias_view(schema: Schema, annotator: Annotator) -> AliasView:
    """The assignment of an alias."""
    annotator.use("typing", "TypeAlias")
    name, annotation, doc = identifier(schema.name), alias_type(schema, annotator), described(schema)
    match schema:
        case Struct(fields=fields):
            names = ", ".join(f"`{one_line(field.wire_name)}`" for field in fields)
            return AliasView(name, annotation, f"A dict: a class cannot have all its properties ({names}).\n\n{doc}")
        case Enumeration():
            return AliasView(name, annotation, doc)
    if is_recursive(schema, annotator.schemas):
        annotator.use("typing", "TYPE_CHECKING")
        # msgspec passes plain JSON through.
        return AliasView(name, annotation, doc, annotator.use("typing", "Any"))
    union = _opaque(schema, annotator.schemas)
    if union is None:
        return AliasView(name, annotation, doc)
    annotator.use("typing", "TYPE_CHECKING")
    if union.discriminator is not None:
        property_ = one_line(union.discriminator.property)
        doc = f"{doc}\n\nAn object whose `{property_}` is not among theirs stays a dict, as it came."
    return AliasView(name, annotation, doc, _choice(schema, union, annotator))


def _opaque(schema: Schema, schemas: Mapping[str, Schema]) -> Union | None:
    """The union that a schema is another name for, where msgspec cannot take it apart."""
    union = union_of(schema)
    return union if union is not None and strategy(union, schemas) is not Strategy.NATIVE else None


def _choice(schema: Alias, union: Union, annotator: Annotator) -> str:
    """The call that makes the runtime's stand-in for a union that msgspec cannot take apart."""
    members = dict.fromkeys(annotator.spell(member) for member in _members(union, annotator))
    arguments = [python_literal(schema.name), f"lambda: ({', '.join(members)},)"]
    if union.discriminator is not None:
        kinds: dict[str, list[str]] = {}
        for value, key in union.discriminator.mapping:
            if key in annotator.schemas:
                kinds.setdefault(value, []).append(annotator.schema(key))
        pairs = [
            f"{python_literal(value)}: {', '.join(found).join('()') if found[1:] else found[0]}"
            for value, found in kinds.items()
        ]
        arguments += [python_literal(union.discriminator.property), f"lambda: {{{', '.join(pairs)}}}"]
    made = f"{annotator.runtime('one_of')}({', '.join(arguments)})"
    return f"{made} | None" if annotator.accepts_none(schema.type) else made


def _members(union: Union, annotator: Annotator) -> Iterator[Type]:
    """What is tried, null aside; a union below that has a decoder of its own stays whole."""
    null = Scalar(Kind.NULL)
    for member in union.members:
        inner = member.type if isinstance(member, Nullable) else member
        if isinstance(inner, Ref) and _opaque(annotator.schemas[inner.key], annotator.schemas) is not None:
            yield inner
        else:
            yield from (found for found in flatten(member, annotator.schemas) if found != null)
