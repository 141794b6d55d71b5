"""Rules about the types in generated packages: what names stand for, what methods take and give."""

from __future__ import annotations

from vcsdk.diff.changes import AliasType, FieldType, Pair, ParameterType, RangedReturn, ReturnType
from vcsdk.diff.compare.annotations import Relation, relation
from vcsdk.diff.registry import rule
from vcsdk.diff.rules.words import was
from vcsdk.diff.scale import Direction
from vcsdk.diff.site import Site

_WIDER = (Relation.WIDER, Relation.WIDER_CONTENTS)
_NARROWER = (Relation.NARROWER, Relation.NARROWER_CONTENTS)


def _is_sent(site: Site) -> bool:
    """Whether requests can hold what stands there; where nothing is known, they can."""
    return not site.direction or Direction.REQUEST in site.direction


def _is_received(site: Site) -> bool:
    """Whether answers can hold what stands there; where nothing is known, they can."""
    return not site.direction or Direction.RESPONSE in site.direction


def _told(
    change: Pair[AliasType] | Pair[ReturnType] | Pair[ParameterType] | Pair[FieldType],
    *relations: Relation,
    said: str = "the type is",
) -> str | None:
    """What is said where the new type stands in one of these ways to the old one."""
    return f"{said} {was(change.old.text, change.new.text)}" if relation(change.old, change.new) in relations else None


@rule("surface-alias-type-changed", on=Pair[AliasType], level="breaking", area="surface")
def alias_type_changed(change: Pair[AliasType]) -> str | None:
    """Values of the old type do not fit."""
    return _told(change, Relation.OTHER)


@rule("surface-alias-type-widened", on=Pair[AliasType], level="risky", area="surface")
def alias_type_widened(change: Pair[AliasType]) -> str | None:
    """Programs that read such a value may get one that they do not expect."""
    return _told(change, Relation.WIDER, Relation.MORE_LITERALS, Relation.WIDER_CONTENTS)


@rule("surface-alias-type-narrowed", on=Pair[AliasType], level="risky", area="surface")
def alias_type_narrowed(change: Pair[AliasType]) -> str | None:
    """Programs that make such a value may make one that is no longer allowed."""
    return _told(change, *_NARROWER)


@rule("surface-return-type-changed", on=Pair[ReturnType], level="breaking", area="surface")
def return_type_changed(change: Pair[ReturnType]) -> str | None:
    """Programs get a value of a type that they do not expect."""
    return _told(change, Relation.OTHER, said="returns")


@rule("surface-return-type-widened", on=Pair[ReturnType], level="breaking", area="surface")
def return_type_widened(change: Pair[ReturnType]) -> str | None:
    """Programs may get a value that they do not expect."""
    return _told(change, *_WIDER, said="returns")


@rule("surface-return-values-added", on=Pair[ReturnType], level="risky", area="surface")
def return_values_added(change: Pair[ReturnType]) -> str | None:
    """Programs may get one of the new values, which they have to be ready for."""
    return _told(change, Relation.MORE_LITERALS, said="returns")


@rule("surface-return-type-narrowed", on=Pair[ReturnType], level="safe", area="surface")
def return_type_narrowed(change: Pair[ReturnType]) -> str | None:
    """Programs get only some of the values that they had to expect."""
    return _told(change, Relation.NARROWER, said="returns")


@rule("surface-parameter-type-changed", on=Pair[ParameterType], level="breaking", area="surface")
def parameter_type_changed(change: Pair[ParameterType]) -> str | None:
    """Arguments of the old type do not fit."""
    return _told(change, Relation.OTHER)


@rule("surface-parameter-type-widened", on=Pair[ParameterType], level="safe", area="surface")
def parameter_type_widened(change: Pair[ParameterType]) -> str | None:
    """More values can be given."""
    return _told(change, Relation.WIDER, Relation.MORE_LITERALS)


@rule("surface-parameter-type-narrowed", on=Pair[ParameterType], level="breaking", area="surface")
def parameter_type_narrowed(change: Pair[ParameterType]) -> str | None:
    """Some arguments that were allowed do not fit."""
    return _told(change, *_NARROWER)


@rule("surface-field-type-changed", on=Pair[FieldType], level="breaking", area="surface")
def field_type_changed(change: Pair[FieldType]) -> str | None:
    """Programs that read the attribute, or give it, use the wrong type."""
    return _told(change, Relation.OTHER)


@rule("surface-field-type-widened", on=Pair[FieldType], level="breaking", area="surface")
def field_type_widened(change: Pair[FieldType]) -> str | None:
    """Programs that read the attribute may get a value that they do not expect, such as None."""
    return _told(change, *_WIDER) if _is_received(change.site) else None


@rule("surface-sent-field-type-widened", on=Pair[FieldType], level="safe", area="surface")
def sent_field_type_widened(change: Pair[FieldType]) -> str | None:
    """More values can be given; no answer holds the object."""
    return _told(change, Relation.WIDER, Relation.MORE_LITERALS) if not _is_received(change.site) else None


@rule("surface-field-values-added", on=Pair[FieldType], level="risky", area="surface")
def field_values_added(change: Pair[FieldType]) -> str | None:
    """Programs that read the attribute may get one of the new values, which they have to be ready for."""
    return _told(change, Relation.MORE_LITERALS) if _is_received(change.site) else None


@rule("surface-field-type-narrowed", on=Pair[FieldType], level="risky", area="surface")
def field_type_narrowed(change: Pair[FieldType]) -> str | None:
    """Programs that make the object may give a value that is no longer allowed."""
    return _told(change, *_NARROWER) if _is_sent(change.site) else None


@rule("surface-answer-field-type-narrowed", on=Pair[FieldType], level="safe", area="surface")
def answer_field_type_narrowed(change: Pair[FieldType]) -> str | None:
    """Programs that read the attribute get only some of the values that they had to expect; no request holds it."""
    return _told(change, Relation.NARROWER) if not _is_sent(change.site) else None


@rule("surface-return-may-be-none", on=Pair[RangedReturn], level="risky", area="surface")
def return_may_be_none(change: Pair[RangedReturn]) -> str | None:
    """The range of statuses has 204 in it, which has no content: type checkers ask what becomes of None."""
    added = "None" in change.new.members and "None" not in change.old.members
    return f"returns {was(change.old.text, change.new.text)}" if added else None


@rule("surface-parameter-contents-widened", on=Pair[ParameterType], level="risky", area="surface")
def parameter_contents_widened(change: Pair[ParameterType]) -> str | None:
    """Lists and maps may hold more; those that are declared to be of the old type are refused by type checkers."""
    return _told(change, Relation.WIDER_CONTENTS)


@rule("surface-return-contents-narrowed", on=Pair[ReturnType], level="risky", area="surface")
def return_contents_narrowed(change: Pair[ReturnType]) -> str | None:
    """Lists and maps hold only some of the old values; type checkers refuse them where the old type is declared."""
    return _told(change, Relation.NARROWER_CONTENTS, said="returns")


@rule("surface-sent-field-contents-widened", on=Pair[FieldType], level="risky", area="surface")
def sent_field_contents_widened(change: Pair[FieldType]) -> str | None:
    """Lists and maps may hold more, and no answer has them; those declared of the old type are refused by checkers."""
    return _told(change, Relation.WIDER_CONTENTS) if not _is_received(change.site) else None


@rule("surface-answer-field-contents-narrowed", on=Pair[FieldType], level="risky", area="surface")
def answer_field_contents_narrowed(change: Pair[FieldType]) -> str | None:
    """Lists and maps hold only some of the old values; type checkers refuse them where the old type is declared."""
    return _told(change, Relation.NARROWER_CONTENTS) if not _is_sent(change.site) else None
