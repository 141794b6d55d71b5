"""What a method takes for an argument beside values of the declared type: texts, where run time takes them."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.emitters.annotations import Annotator
from vcsdk.emitters.filters import python_literal
from vcsdk.ir import Array, Enumeration, Kind, Ref, Scalar, Type
from vcsdk.ir.unions import flatten

_ENDS = (" | None", " | UnsetType", " | msgspec.UnsetType")


def widened(annotation: str, type_: Type, types: Annotator) -> str:
    """The annotation with the values of enumerations, and with texts beside secrets and UUIDs, before null and absence.

    A list of an enumeration is a sequence of members and values, mixed or not, for a list takes nothing but its own.
    Of texts there are lists apart: a text is itself a sequence of texts.
    """
    parts = annotation
    more: list[str] = []
    for member in flatten(type_, types.schemas):
        more += _texts(member, types)
        if isinstance(member, Array):
            inner = [text for each in flatten(member.items, types.schemas) for text in _texts(each, types)]
            text = types.builtin("str")
            if text in inner:
                more.append(f"{types.builtin('list')}[{text}]")
            elif inner and (spelled := types.spell(member)) in parts:
                items = [types.spell(member.items), *inner]
                parts = parts.replace(spelled, f"{types.use('collections.abc', 'Sequence')}[{' | '.join(items)}]", 1)
    more = [spelled for spelled in dict.fromkeys(more) if spelled not in parts.split(" | ")]
    head, tail = parts, ""
    while more and (end := next((end for end in _ENDS if head.endswith(end)), "")):
        head, tail = head.removesuffix(end), end + tail
    return " | ".join([head, *more]) + tail


def _texts(member: Type, types: Annotator) -> Iterator[str]:
    match member:
        case Scalar(Kind.PASSWORD | Kind.UUID):
            yield types.builtin("str")
        case Ref(key) if isinstance(schema := types.schemas[key], Enumeration) and schema.kind in _LISTED:
            yield f"{types.use('typing', 'Literal')}[{', '.join(python_literal(m.value) for m in schema.members)}]"


_LISTED = (Kind.STRING, Kind.INTEGER)
"""Those whose values a `Literal` can name, and which are classes."""
