"""Rules about schemas in requests."""

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
    Unsent,
)
from vcsdk.diff.compare.values import relation
from vcsdk.diff.registry import rule
from vcsdk.diff.rules.bound_rules import bounds
from vcsdk.diff.rules.words import quoted, was
from vcsdk.ir import MISSING, Constraints, Discriminator, Field


@rule(
    "request-required-property-added",
    on=Added[Field],
    level="breaking",
    area="schema",
    direction="input",
    told="{call} now needs {argument}",
)
def required_property_added(change: Added[Field]) -> str | None:
    """Requests without the property are refused."""
    return "is new and required" if change.new.required else None


@rule(
    "request-optional-property-added",
    on=Added[Field],
    level="safe",
    area="schema",
    direction="input",
    told="{call} now takes {argument}",
)
def optional_property_added(change: Added[Field]) -> str | None:
    """There is something more to say; requests without it do as before."""
    return None if change.new.required else "is new"


@rule(
    "request-property-removed",
    on=Removed[Field],
    level="breaking",
    area="schema",
    direction="input",
    told="{call} no longer takes {argument}",
)
def property_removed(change: Removed[Field]) -> str | None:
    """What callers say with it is ignored or refused, and its argument is gone."""
    return "is gone"


@rule(
    "request-property-became-required",
    on=Pair[Field],
    level="breaking",
    area="schema",
    direction="input",
    told="{call} now needs {argument}",
)
def property_became_required(change: Pair[Field]) -> str | None:
    """Requests without the property are refused."""
    return "is required now" if change.new.required and not change.old.required else None


@rule(
    "request-property-became-optional",
    on=Pair[Field],
    level="safe",
    area="schema",
    direction="input",
    told="{call} no longer needs {argument}",
)
def property_became_optional(change: Pair[Field]) -> str | None:
    """The property may be left out."""
    return "is optional now" if change.old.required and not change.new.required else None


@rule("request-property-became-read-only", on=Pair[Field], level="breaking", area="schema", direction="input")
def property_became_read_only(change: Pair[Field]) -> str | None:
    """The property belongs in answers only: what callers say with it is ignored or refused."""
    return "is read-only now" if change.new.read_only and not change.old.read_only else None


@rule("request-property-no-longer-read-only", on=Pair[Field], level="safe", area="schema", direction="input")
def property_no_longer_read_only(change: Pair[Field]) -> str | None:
    """The property may be sent."""
    return "is no longer read-only" if change.old.read_only and not change.new.read_only else None


@rule(
    "request-property-deprecated",
    on=Pair[Field],
    level="risky",
    area="schema",
    direction="input",
    section="Deprecated",
    told="{argument} of {call} is deprecated",
)
def property_deprecated(change: Pair[Field]) -> str | None:
    """It still works, but callers should plan to leave it out."""
    return "is deprecated now" if change.new.deprecated and not change.old.deprecated else None


@rule("request-property-undeprecated", on=Pair[Field], level="safe", area="schema", direction="input")
def property_undeprecated(change: Pair[Field]) -> str | None:
    """It may be used again without a plan to leave it."""
    return "is no longer deprecated" if change.old.deprecated and not change.new.deprecated else None


@rule("request-property-default-added", on=Pair[Field], level="risky", area="schema", direction="input")
def property_default_added(change: Pair[Field]) -> str | None:
    """Requests that leave it out get what the default says, which may differ from before."""
    added = change.old.default is MISSING and change.new.default is not MISSING
    return f"the default is {quoted(change.new.default)}, and none was declared" if added else None


@rule("request-property-default-removed", on=Pair[Field], level="risky", area="schema", direction="input")
def property_default_removed(change: Pair[Field]) -> str | None:
    """What requests get that leave it out is no longer stated."""
    removed = change.new.default is MISSING and change.old.default is not MISSING
    return f"the default {quoted(change.old.default)} is no longer declared" if removed else None


@rule("request-property-default-changed", on=Pair[Field], level="risky", area="schema", direction="input")
def property_default_changed(change: Pair[Field]) -> str | None:
    """Requests that leave it out get something else than before."""
    old, new = change.old.default, change.new.default
    changed = old is not MISSING and new is not MISSING and old != new
    return f"the default is {was(old, new)}" if changed else None


@rule(
    "request-property-description-changed", on=Pair[Field], level="safe", area="schema", direction="input", wording=True
)
def property_description_changed(change: Pair[Field]) -> str | None:
    """Documentation only; the wording may tell of a change in behaviour."""
    return "the description is worded differently" if change.old.description != change.new.description else None


@rule("request-type-changed", on=Pair[Shape], level="breaking", area="schema", direction="request")
def type_changed(change: Pair[Shape]) -> str | None:
    """Values of the old type are refused."""
    other = relation(change.old, change.new) == "other"
    return f"the type is {was(change.old.text, change.new.text)}" if other else None


@rule("request-type-narrowed", on=Pair[Shape], level="breaking", area="schema", direction="request")
def type_narrowed(change: Pair[Shape]) -> str | None:
    """Some values that were accepted are refused."""
    narrower = relation(change.old, change.new) == "narrower"
    return f"the type is {was(change.old.text, change.new.text)}" if narrower else None


@rule("request-type-widened", on=Pair[Shape], level="safe", area="schema", direction="request")
def type_widened(change: Pair[Shape]) -> str | None:
    """More values are accepted; the old ones still are."""
    wider = relation(change.old, change.new) == "wider"
    return f"the type is {was(change.old.text, change.new.text)}" if wider else None


@rule("request-became-nullable", on=Pair[Nullness], level="safe", area="schema", direction="request")
def became_nullable(change: Pair[Nullness]) -> str | None:
    """Null is accepted."""
    return "may be null now" if change.new.allowed and not change.old.allowed else None


@rule("request-became-not-nullable", on=Pair[Nullness], level="breaking", area="schema", direction="request")
def became_not_nullable(change: Pair[Nullness]) -> str | None:
    """Null is refused."""
    return "may no longer be null" if change.old.allowed and not change.new.allowed else None


@rule(
    "request-enum-value-added",
    on=Added[EnumValue],
    level="safe",
    area="schema",
    direction="request",
    told="{argument} of {call} may be {value}",
)
def enum_value_added(change: Added[EnumValue]) -> str | None:
    """One more value is accepted."""
    if change.new.single:
        return None
    return f"the value {quoted(change.new.value)} is new"


@rule(
    "request-enum-value-removed",
    on=Removed[EnumValue],
    level="breaking",
    area="schema",
    direction="request",
    told="{argument} of {call} may no longer be {value}",
)
def enum_value_removed(change: Removed[EnumValue]) -> str | None:
    """The value is refused."""
    if change.old.single:
        return None
    return f"the value {quoted(change.old.value)} is gone"


@rule("request-became-enum", on=Pair[Choice], level="breaking", area="schema", direction="request")
def became_enum(change: Pair[Choice]) -> str | None:
    """Values that are not in the list are refused."""
    return "only listed values are allowed now" if change.old.count == 0 else None


@rule("request-became-open", on=Pair[Choice], level="safe", area="schema", direction="request")
def became_open(change: Pair[Choice]) -> str | None:
    """Values beyond the list are accepted."""
    return "values are no longer limited to a list" if change.new.count == 0 else None


@rule("request-constant-changed", on=Added[EnumValue], level="breaking", area="schema", direction="input")
def constant_changed(change: Added[EnumValue]) -> str | None:
    """The only value that was accepted is refused."""
    return f"the only value is {quoted(change.new.value)}" if change.new.single else None


@rule("request-free-keys-allowed", on=Added[FreeKeys], level="safe", area="schema", direction="input")
def free_keys_allowed(change: Added[FreeKeys]) -> str | None:
    """Properties beside the named ones are accepted."""
    return f"properties beside the named ones are {'no longer refused' if change.new.refused else 'described now'}"


@rule("request-free-keys-refused", on=Removed[FreeKeys], level="risky", area="schema", direction="input")
def free_keys_refused(change: Removed[FreeKeys]) -> str | None:
    """Properties beside the named ones may be refused."""
    return f"properties beside the named ones are {'refused now' if change.old.refused else 'no longer described'}"


@rule("request-union-member-added", on=Added[Member], level="safe", area="schema", direction="input")
def union_member_added(change: Added[Member]) -> str | None:
    """One more kind of value is accepted."""
    return f"the alternative {quoted(change.new.text)} is new"


@rule("request-union-member-removed", on=Removed[Member], level="breaking", area="schema", direction="input")
def union_member_removed(change: Removed[Member]) -> str | None:
    """Values of this kind are refused."""
    return f"the alternative {quoted(change.old.text)} is gone"


@rule("request-union-became-exclusive", on=Pair[Exclusive], level="risky", area="schema", direction="input")
def union_became_exclusive(change: Pair[Exclusive]) -> str | None:
    """Values that are more than one of the alternatives are refused."""
    return "a value may be only one of the alternatives now" if change.new.said and not change.old.said else None


@rule("request-union-became-inclusive", on=Pair[Exclusive], level="safe", area="schema", direction="input")
def union_became_inclusive(change: Pair[Exclusive]) -> str | None:
    """Values that are more than one of the alternatives are accepted."""
    return "a value may be several of the alternatives now" if change.old.said and not change.new.said else None


@rule("request-discriminator-added", on=Pair[Told], level="risky", area="schema", direction="input")
def discriminator_added(change: Pair[Told]) -> str | None:
    """What the property says decides of which kind a value is; values without it may be refused."""
    came = change.old.property is None and change.new.property is not None
    return f"kinds are told apart by {quoted(change.new.property)} now" if came else None


@rule("request-discriminator-removed", on=Pair[Told], level="risky", area="schema", direction="input")
def discriminator_removed(change: Pair[Told]) -> str | None:
    """Nothing tells kinds of values apart but what they are made of."""
    went = change.new.property is None and change.old.property is not None
    return f"kinds are no longer told apart by {quoted(change.old.property)}" if went else None


@rule("request-discriminator-changed", on=Pair[Discriminator], level="breaking", area="schema", direction="input")
def discriminator_changed(change: Pair[Discriminator]) -> str | None:
    """The property that tells kinds of values apart is another one; requests with the old one are refused."""
    changed = change.old.property != change.new.property
    return f"kinds are told apart by {was(change.old.property, change.new.property)}" if changed else None


@rule("request-tag-value-added", on=Added[TagValue], level="safe", area="schema", direction="input")
def tag_value_added(change: Added[TagValue]) -> str | None:
    """One more value of the discriminator is accepted."""
    return f"the discriminator's value {quoted(change.new.value)} is new"


@rule("request-tag-value-removed", on=Removed[TagValue], level="breaking", area="schema", direction="input")
def tag_value_removed(change: Removed[TagValue]) -> str | None:
    """Requests with this value of the discriminator are refused."""
    return f"the discriminator's value {quoted(change.old.value)} is gone"


@rule("request-read-only-property-became-required", on=Pair[Unsent], level="safe", area="schema", direction="input")
def read_only_property_became_required(change: Pair[Unsent]) -> str | None:
    """Requests do not carry it; answers always do (OpenAPI 3.0.3, "Schema Object", `readOnly`)."""
    return "is required now, and read-only" if change.new.required and not change.old.required else None


@rule("request-read-only-property-became-optional", on=Pair[Unsent], level="safe", area="schema", direction="input")
def read_only_property_became_optional(change: Pair[Unsent]) -> str | None:
    """Requests do not carry it, and answers not always."""
    return "is optional now, and read-only" if change.old.required and not change.new.required else None


BOUNDS = bounds("request")


@rule("request-pattern-added", on=Pair[Constraints], level="breaking", area="schema", direction="request")
def pattern_added(change: Pair[Constraints]) -> str | None:
    """Texts that do not match are refused."""
    old, new = change.old.pattern, change.new.pattern
    return f"the pattern is {quoted(new)}, and none was declared" if old is None and new is not None else None


@rule("request-pattern-changed", on=Pair[Constraints], level="breaking", area="schema", direction="request")
def pattern_changed(change: Pair[Constraints]) -> str | None:
    """Texts that matched the old pattern alone are refused."""
    old, new = change.old.pattern, change.new.pattern
    changed = old is not None and new is not None and old != new
    return f"the pattern is {was(old, new)}" if changed else None


@rule("request-pattern-removed", on=Pair[Constraints], level="safe", area="schema", direction="request")
def pattern_removed(change: Pair[Constraints]) -> str | None:
    """Texts need not match."""
    old, new = change.old.pattern, change.new.pattern
    return f"the pattern {quoted(old)} is no longer declared" if new is None and old is not None else None
