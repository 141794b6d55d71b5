"""Enumerations as open enums of the runtime."""

from __future__ import annotations

from typing import TypeGuard

from vcsdk.emitters.annotations import Annotator
from vcsdk.emitters.filters import identifier, python_literal
from vcsdk.emitters.models.views import EnumView, MemberView
from vcsdk.emitters.prose import described, since, with_facts
from vcsdk.ir import Enumeration, EnumMember, Kind, Schema

_BASES = {Kind.STRING: "OpenEnum", Kind.INTEGER: "OpenIntEnum"}


def is_enum(schema: Schema) -> TypeGuard[Enumeration]:
    """True for an enumeration that is a class; msgspec has none of numbers with fractions."""
    return isinstance(schema, Enumeration) and schema.kind in _BASES


def enum_base(schema: Enumeration, annotator: Annotator) -> str:
    """The class of the runtime that the enumeration's class derives from."""
    return annotator.runtime(_BASES[schema.kind])


def enum_members(schema: Enumeration) -> tuple[MemberView, ...]:
    """The values that the description knows."""
    return tuple(MemberView(identifier(m.name), python_literal(m.value), _doc(m, schema)) for m in schema.members)


def _doc(member: EnumMember, schema: Enumeration) -> str:
    return with_facts(member.description, since(member.lifespan, schema.lifespan))


def enum_view(schema: Enumeration, annotator: Annotator) -> EnumView:
    """The class of an enumeration."""
    return EnumView(identifier(schema.name), enum_base(schema, annotator), described(schema), enum_members(schema))
