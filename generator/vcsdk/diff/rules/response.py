"""Rules about schemas in answers."""

from __future__ import annotations

from vcsdk.diff.changes import (
    Added,
    Choice,
    EnumValue,
    Exclusive,
    FreeKeys,
    Member,
    Nullness,
    Pair,
    Removed,
    Shape,
    TagValue,
    Told,
)
from vcsdk.diff.compare.values import relation
from vcsdk.diff.registry import rule
from vcsdk.diff.rules.bound_rules import bounds
from vcsdk.diff.rules.words import quoted, was
from vcsdk.ir import Constraints, Discriminator, Field


@rule(
    "response-property-added",
    on=Added[Field],
    level="safe",
    area="schema",
    direction="response",
    told="{call} now gives {place}",
)
def property_added(change: Added[Field]) -> str | None:
    """The answer tells one thing more; clients ignore what they do not know."""
    return "is new"


@rule(
    "response-required-property-removed",
    on=Removed[Field],
    level="breaking",
    area="schema",
    direction="response",
    told="{call} no longer gives {place}",
)
def required_property_removed(change: Removed[Field]) -> str | None:
    """Callers that read the property find nothing, and decoding by the old description fails."""
    return "is gone" if change.old.required else None


@rule(
    "response-optional-property-removed",
    on=Removed[Field],
    level="breaking",
    area="schema",
    direction="response",
    told="{call} no longer gives {place}",
)
def optional_property_removed(change: Removed[Field]) -> str | None:
    """Callers that read the property, where it was sent, never find it again."""
    return None if change.old.required else "is gone"


@rule(
    "response-property-became-optional",
    on=Pair[Field],
    level="breaking",
    area="schema",
    direction="response",
    told="{place} of {call} may be None",
)
def property_became_optional(change: Pair[Field]) -> str | None:
    """Callers have to be ready for an answer without the property, and decoding by the old description fails."""
    return "is not always sent now" if change.old.required and not change.new.required else None


@rule(
    "response-property-became-required",
    on=Pair[Field],
    level="safe",
    area="schema",
    direction="response",
    told="{place} of {call} is never None",
)
def property_became_required(change: Pair[Field]) -> str | None:
    """The property is always sent."""
    return "is always sent now" if change.new.required and not change.old.required else None


@rule("response-property-became-write-only", on=Pair[Field], level="breaking", area="schema", direction="response")
def property_became_write_only(change: Pair[Field]) -> str | None:
    """The property belongs in requests only: callers that read it find nothing."""
    return "is write-only now" if change.new.write_only and not change.old.write_only else None


@rule("response-property-no-longer-write-only", on=Pair[Field], level="safe", area="schema", direction="response")
def property_no_longer_write_only(change: Pair[Field]) -> str | None:
    """The property is sent in answers as well; if it is a secret, it can be read now."""
    return "is no longer write-only" if change.old.write_only and not change.new.write_only else None


@rule(
    "response-property-deprecated",
    on=Pair[Field],
    level="risky",
    area="schema",
    direction="answer",
    section="Deprecated",
    told="{place} of {call} is deprecated",
)
def property_deprecated(change: Pair[Field]) -> str | None:
    """It is still sent, but callers should plan to do without it."""
    return "is deprecated now" if change.new.deprecated and not change.old.deprecated else None


@rule("response-property-undeprecated", on=Pair[Field], level="safe", area="schema", direction="answer")
def property_undeprecated(change: Pair[Field]) -> str | None:
    """It may be relied on again."""
    return "is no longer deprecated" if change.old.deprecated and not change.new.deprecated else None


@rule("response-property-default-changed", on=Pair[Field], level="risky", area="schema", direction="answer")
def property_default_changed(change: Pair[Field]) -> str | None:
    """What an absent property stands for is another value than before."""
    changed = change.old.default != change.new.default
    return f"the default is {was(change.old.default, change.new.default)}" if changed else None


@rule(
    "response-property-description-changed",
    on=Pair[Field],
    level="safe",
    area="schema",
    direction="answer",
    wording=True,
)
def property_description_changed(change: Pair[Field]) -> str | None:
    """Documentation only; the wording may tell of a change in behaviour."""
    return "the description is worded differently" if change.old.description != change.new.description else None


@rule("response-type-changed", on=Pair[Shape], level="breaking", area="schema", direction="answer")
def type_changed(change: Pair[Shape]) -> str | None:
    """Callers get values of a type that they do not expect, and decoding by the old description fails."""
    other = relation(change.old, change.new) == "other"
    return f"the type is {was(change.old.text, change.new.text)}" if other else None


@rule("response-type-narrowed", on=Pair[Shape], level="safe", area="schema", direction="answer")
def type_narrowed(change: Pair[Shape]) -> str | None:
    """Callers get only some of the values that they had to expect."""
    narrower = relation(change.old, change.new) == "narrower"
    return f"the type is {was(change.old.text, change.new.text)}" if narrower else None


@rule("response-type-widened", on=Pair[Shape], level="breaking", area="schema", direction="answer")
def type_widened(change: Pair[Shape]) -> str | None:
    """Callers get values that they do not expect, and decoding by the old description fails."""
    wider = relation(change.old, change.new) == "wider"
    return f"the type is {was(change.old.text, change.new.text)}" if wider else None


@rule(
    "response-became-nullable",
    on=Pair[Nullness],
    level="breaking",
    area="schema",
    direction="answer",
    told="{place} of {call} may be None",
)
def became_nullable(change: Pair[Nullness]) -> str | None:
    """Callers have to be ready for null, and decoding by the old description fails."""
    return "may be null now" if change.new.allowed and not change.old.allowed else None


@rule(
    "response-became-not-nullable",
    on=Pair[Nullness],
    level="safe",
    area="schema",
    direction="answer",
    told="{place} of {call} is never None",
)
def became_not_nullable(change: Pair[Nullness]) -> str | None:
    """Callers need not look for null."""
    return "may no longer be null" if change.old.allowed and not change.new.allowed else None


@rule(
    "response-enum-value-added",
    on=Added[EnumValue],
    level="risky",
    area="schema",
    direction="answer",
    told="{place} of {call} may be {value}",
)
def enum_value_added(change: Added[EnumValue]) -> str | None:
    """Callers may get a value that they do not know; generated clients keep its text."""
    if change.new.single:
        return None
    return f"the value {quoted(change.new.value)} is new"


@rule(
    "response-enum-value-removed",
    on=Removed[EnumValue],
    level="safe",
    area="schema",
    direction="answer",
    told="{place} of {call} is never {value}",
)
def enum_value_removed(change: Removed[EnumValue]) -> str | None:
    """Callers no longer get the value."""
    if change.old.single:
        return None
    return f"the value {quoted(change.old.value)} is gone"


@rule("response-became-enum", on=Pair[Choice], level="safe", area="schema", direction="answer")
def became_enum(change: Pair[Choice]) -> str | None:
    """Callers get listed values only."""
    return "only listed values are allowed now" if change.old.count == 0 else None


@rule("response-became-open", on=Pair[Choice], level="risky", area="schema", direction="answer")
def became_open(change: Pair[Choice]) -> str | None:
    """Callers may get values beyond the list."""
    return "values are no longer limited to a list" if change.new.count == 0 else None


@rule("response-constant-changed", on=Added[EnumValue], level="breaking", area="schema", direction="answer")
def constant_changed(change: Added[EnumValue]) -> str | None:
    """Callers get another value than the only one that they expect."""
    return f"the only value is {quoted(change.new.value)}" if change.new.single else None


@rule("response-free-keys-added", on=Added[FreeKeys], level="safe", area="schema", direction="answer")
def free_keys_added(change: Added[FreeKeys]) -> str | None:
    """The answer may have properties beside the named ones."""
    return f"properties beside the named ones are {'no longer refused' if change.new.refused else 'described now'}"


@rule("response-free-keys-removed", on=Removed[FreeKeys], level="risky", area="schema", direction="answer")
def free_keys_removed(change: Removed[FreeKeys]) -> str | None:
    """Properties beside the named ones may be missing."""
    return "properties beside the named ones are no longer described" if change.old.typed else None


@rule("response-free-keys-closed", on=Removed[FreeKeys], level="safe", area="schema", direction="answer")
def free_keys_closed(change: Removed[FreeKeys]) -> str | None:
    """The answer has the named properties and no others."""
    return None if change.old.typed else "properties beside the named ones are ruled out now"


@rule("response-union-member-added", on=Added[Member], level="breaking", area="schema", direction="answer")
def union_member_added(change: Added[Member]) -> str | None:
    """Callers may get a kind of value that they do not know, and decoding by the old description fails."""
    return f"the alternative {quoted(change.new.text)} is new"


@rule("response-union-member-removed", on=Removed[Member], level="safe", area="schema", direction="answer")
def union_member_removed(change: Removed[Member]) -> str | None:
    """Callers no longer get values of this kind."""
    return f"the alternative {quoted(change.old.text)} is gone"


@rule("response-union-became-exclusive", on=Pair[Exclusive], level="safe", area="schema", direction="answer")
def union_became_exclusive(change: Pair[Exclusive]) -> str | None:
    """Values that are more than one of the alternatives are no longer sent."""
    return "a value is only one of the alternatives now" if change.new.said and not change.old.said else None


@rule("response-union-became-inclusive", on=Pair[Exclusive], level="risky", area="schema", direction="answer")
def union_became_inclusive(change: Pair[Exclusive]) -> str | None:
    """Values that are more than one of the alternatives may be sent; which of the kinds a caller gets is not said."""
    return "a value may be several of the alternatives now" if change.old.said and not change.new.said else None


@rule("response-discriminator-added", on=Pair[Told], level="risky", area="schema", direction="answer")
def discriminator_added(change: Pair[Told]) -> str | None:
    """What the property says decides of which kind a value is, which generated clients then read by it."""
    came = change.old.property is None and change.new.property is not None
    return f"kinds are told apart by {quoted(change.new.property)} now" if came else None


@rule("response-discriminator-removed", on=Pair[Told], level="risky", area="schema", direction="answer")
def discriminator_removed(change: Pair[Told]) -> str | None:
    """Nothing tells kinds of values apart but what they are made of; clients that read the property may miss it."""
    went = change.new.property is None and change.old.property is not None
    return f"kinds are no longer told apart by {quoted(change.old.property)}" if went else None


@rule("response-discriminator-changed", on=Pair[Discriminator], level="breaking", area="schema", direction="answer")
def discriminator_changed(change: Pair[Discriminator]) -> str | None:
    """The property that tells kinds of values apart is another one; clients look for the old one."""
    changed = change.old.property != change.new.property
    return f"kinds are told apart by {was(change.old.property, change.new.property)}" if changed else None


@rule("response-tag-value-added", on=Added[TagValue], level="risky", area="schema", direction="answer")
def tag_value_added(change: Added[TagValue]) -> str | None:
    """Callers may get a value of the discriminator that they do not know."""
    return f"the discriminator's value {quoted(change.new.value)} is new"


@rule("response-tag-value-removed", on=Removed[TagValue], level="safe", area="schema", direction="answer")
def tag_value_removed(change: Removed[TagValue]) -> str | None:
    """Callers no longer get this value of the discriminator."""
    return f"the discriminator's value {quoted(change.old.value)} is gone"


BOUNDS = bounds("response")


@rule("response-pattern-added", on=Pair[Constraints], level="safe", area="schema", direction="answer")
def pattern_added(change: Pair[Constraints]) -> str | None:
    """Callers get matching texts only."""
    old, new = change.old.pattern, change.new.pattern
    return f"the pattern is {quoted(new)}, and none was declared" if old is None and new is not None else None


@rule("response-pattern-changed", on=Pair[Constraints], level="breaking", area="schema", direction="answer")
def pattern_changed(change: Pair[Constraints]) -> str | None:
    """Callers may get texts that do not match the old pattern, and clients that check refuse them."""
    old, new = change.old.pattern, change.new.pattern
    changed = old is not None and new is not None and old != new
    return f"the pattern is {was(old, new)}" if changed else None


@rule("response-pattern-removed", on=Pair[Constraints], level="breaking", area="schema", direction="answer")
def pattern_removed(change: Pair[Constraints]) -> str | None:
    """Callers may get texts that do not match, and clients that check by the old description refuse them."""
    old, new = change.old.pattern, change.new.pattern
    return f"the pattern {quoted(old)} is no longer declared" if new is None and old is not None else None
