"""Rules about parameters."""

from __future__ import annotations

from vcsdk.diff.changes import Added, Choice, EnumValue, Nullness, Pair, Removed, Shape
from vcsdk.diff.compare.values import relation
from vcsdk.diff.registry import rule
from vcsdk.diff.rules.bounds import loosened, tightened
from vcsdk.diff.rules.words import quoted, was
from vcsdk.ir import MISSING, Constraints, In, Parameter


@rule(
    "required-parameter-added",
    on=Added[Parameter],
    level="breaking",
    area="parameters",
    told="{call} now needs {argument}",
)
def required_parameter_added(change: Added[Parameter]) -> str | None:
    """Requests without the parameter are refused, and its argument has no default."""
    return "is new and required" if change.new.required else None


@rule(
    "optional-parameter-added", on=Added[Parameter], level="safe", area="parameters", told="{call} now takes {argument}"
)
def optional_parameter_added(change: Added[Parameter]) -> str | None:
    """There is something more to ask for; calls without it do as before."""
    return None if change.new.required else "is new"


@rule(
    "parameter-removed",
    on=Removed[Parameter],
    level="breaking",
    area="parameters",
    told="{call} no longer takes {argument}",
)
def parameter_removed(change: Removed[Parameter]) -> str | None:
    """What callers ask for with it is ignored or refused, and its argument is gone."""
    return "is gone"


@rule("path-parameter-renamed", on=Pair[Parameter], level="safe", area="parameters")
def path_parameter_renamed(change: Pair[Parameter]) -> str | None:
    """Requests are the same, and the arguments of what was released keep their names."""
    renamed = change.new.location is In.PATH and change.old.wire_name != change.new.wire_name
    return f"is called {was(change.old.wire_name, change.new.wire_name)}" if renamed else None


@rule("parameter-location-changed", on=Pair[Parameter], level="breaking", area="parameters")
def parameter_location_changed(change: Pair[Parameter]) -> str | None:
    """Where callers send it, the server no longer looks for it."""
    changed = change.old.location is not change.new.location
    return f"travels in the {was(change.old.location.value, change.new.location.value)}" if changed else None


@rule(
    "parameter-became-required",
    on=Pair[Parameter],
    level="breaking",
    area="parameters",
    told="{call} now needs {argument}",
)
def parameter_became_required(change: Pair[Parameter]) -> str | None:
    """Calls that leave it out are refused."""
    return "is required now" if change.new.required and not change.old.required else None


@rule(
    "parameter-became-optional",
    on=Pair[Parameter],
    level="safe",
    area="parameters",
    told="{call} no longer needs {argument}",
)
def parameter_became_optional(change: Pair[Parameter]) -> str | None:
    """It may be left out."""
    return "is optional now" if change.old.required and not change.new.required else None


@rule("parameter-style-changed", on=Pair[Parameter], level="breaking", area="parameters")
def parameter_style_changed(change: Pair[Parameter]) -> str | None:
    """Lists and objects are written differently in the request; the server reads the old form wrongly."""
    same_place = change.old.location is change.new.location
    changed = same_place and change.old.style != change.new.style
    return f"the style is {was(change.old.style, change.new.style)}" if changed else None


@rule("parameter-explode-changed", on=Pair[Parameter], level="breaking", area="parameters")
def parameter_explode_changed(change: Pair[Parameter]) -> str | None:
    """Lists are repeated where they were joined, or the other way round; the server reads the old form wrongly."""
    same_place = change.old.location is change.new.location
    changed = same_place and change.old.style == change.new.style and change.old.explode != change.new.explode
    return f"explode is {was(change.old.explode, change.new.explode)}" if changed else None


@rule("parameter-allow-reserved-changed", on=Pair[Parameter], level="risky", area="parameters")
def parameter_allow_reserved_changed(change: Pair[Parameter]) -> str | None:
    """Characters such as `/` and `?` in values are written differently in the request."""
    changed = change.old.allow_reserved != change.new.allow_reserved
    return f"allowReserved is {was(change.old.allow_reserved, change.new.allow_reserved)}" if changed else None


@rule("parameter-content-type-changed", on=Pair[Parameter], level="breaking", area="parameters")
def parameter_content_type_changed(change: Pair[Parameter]) -> str | None:
    """Values are written in another notation than the server read before."""
    changed = change.old.content_type != change.new.content_type
    return f"its content type is {was(change.old.content_type, change.new.content_type)}" if changed else None


@rule("parameter-default-added", on=Pair[Parameter], level="risky", area="parameters")
def parameter_default_added(change: Pair[Parameter]) -> str | None:
    """Calls that leave it out get what the default says, which may differ from before."""
    added = change.old.default is MISSING and change.new.default is not MISSING
    return f"the default is {quoted(change.new.default)}, and none was declared" if added else None


@rule("parameter-default-removed", on=Pair[Parameter], level="risky", area="parameters")
def parameter_default_removed(change: Pair[Parameter]) -> str | None:
    """What calls get that leave it out is no longer stated."""
    removed = change.new.default is MISSING and change.old.default is not MISSING
    return f"the default {quoted(change.old.default)} is no longer declared" if removed else None


@rule("parameter-default-changed", on=Pair[Parameter], level="risky", area="parameters")
def parameter_default_changed(change: Pair[Parameter]) -> str | None:
    """Calls that leave it out get something else than before."""
    old, new = change.old.default, change.new.default
    changed = old is not MISSING and new is not MISSING and old != new
    return f"the default is {was(old, new)}" if changed else None


@rule(
    "parameter-deprecated",
    on=Pair[Parameter],
    level="risky",
    area="parameters",
    section="Deprecated",
    told="{argument} of {call} is deprecated",
)
def parameter_deprecated(change: Pair[Parameter]) -> str | None:
    """It still works, but callers should plan to leave it out."""
    return "is deprecated now" if change.new.deprecated and not change.old.deprecated else None


@rule("parameter-undeprecated", on=Pair[Parameter], level="safe", area="parameters")
def parameter_undeprecated(change: Pair[Parameter]) -> str | None:
    """It may be used again without a plan to leave it."""
    return "is no longer deprecated" if change.old.deprecated and not change.new.deprecated else None


@rule("parameter-description-changed", on=Pair[Parameter], level="safe", area="parameters", wording=True)
def parameter_description_changed(change: Pair[Parameter]) -> str | None:
    """Documentation only; the wording may tell of a change in behaviour."""
    return "the description is worded differently" if change.old.description != change.new.description else None


@rule("parameter-type-changed", on=Pair[Shape], level="breaking", area="parameters", direction="parameter")
def parameter_type_changed(change: Pair[Shape]) -> str | None:
    """Values of the old type are refused."""
    other = relation(change.old, change.new) == "other"
    return f"the type is {was(change.old.text, change.new.text)}" if other else None


@rule("parameter-type-narrowed", on=Pair[Shape], level="breaking", area="parameters", direction="parameter")
def parameter_type_narrowed(change: Pair[Shape]) -> str | None:
    """Some values that were accepted are refused."""
    narrower = relation(change.old, change.new) == "narrower"
    return f"the type is {was(change.old.text, change.new.text)}" if narrower else None


@rule("parameter-type-widened", on=Pair[Shape], level="safe", area="parameters", direction="parameter")
def parameter_type_widened(change: Pair[Shape]) -> str | None:
    """More values are accepted; the old ones still are."""
    wider = relation(change.old, change.new) == "wider"
    return f"the type is {was(change.old.text, change.new.text)}" if wider else None


@rule("parameter-became-nullable", on=Pair[Nullness], level="safe", area="parameters", direction="parameter")
def parameter_became_nullable(change: Pair[Nullness]) -> str | None:
    """Null is accepted."""
    return "may be null now" if change.new.allowed and not change.old.allowed else None


@rule("parameter-became-not-nullable", on=Pair[Nullness], level="breaking", area="parameters", direction="parameter")
def parameter_became_not_nullable(change: Pair[Nullness]) -> str | None:
    """Null is refused."""
    return "may no longer be null" if change.old.allowed and not change.new.allowed else None


@rule(
    "parameter-enum-value-added",
    on=Added[EnumValue],
    level="safe",
    area="parameters",
    direction="parameter",
    told="{argument} of {call} may be {value}",
)
def parameter_enum_value_added(change: Added[EnumValue]) -> str | None:
    """One more value is accepted."""
    return f"the value {quoted(change.new.value)} is new"


@rule(
    "parameter-enum-value-removed",
    on=Removed[EnumValue],
    level="breaking",
    area="parameters",
    direction="parameter",
    told="{argument} of {call} may no longer be {value}",
)
def parameter_enum_value_removed(change: Removed[EnumValue]) -> str | None:
    """The value is refused."""
    return f"the value {quoted(change.old.value)} is gone"


@rule("parameter-became-enum", on=Pair[Choice], level="breaking", area="parameters", direction="parameter")
def parameter_became_enum(change: Pair[Choice]) -> str | None:
    """Values that are not in the list are refused."""
    return "only listed values are allowed now" if change.old.count == 0 else None


@rule("parameter-became-open", on=Pair[Choice], level="safe", area="parameters", direction="parameter")
def parameter_became_open(change: Pair[Choice]) -> str | None:
    """Values beyond the list are accepted."""
    return "values are no longer limited to a list" if change.new.count == 0 else None


@rule("parameter-range-narrowed", on=Pair[Constraints], level="breaking", area="parameters", direction="parameter")
def parameter_range_narrowed(change: Pair[Constraints]) -> str | None:
    """Numbers that were accepted are refused."""
    return tightened(change, "minimum", "maximum", "multipleOf")


@rule("parameter-range-widened", on=Pair[Constraints], level="safe", area="parameters", direction="parameter")
def parameter_range_widened(change: Pair[Constraints]) -> str | None:
    """Numbers are accepted that were refused."""
    return loosened(change, "minimum", "maximum", "multipleOf")


@rule("parameter-length-narrowed", on=Pair[Constraints], level="breaking", area="parameters", direction="parameter")
def parameter_length_narrowed(change: Pair[Constraints]) -> str | None:
    """Texts that were accepted are refused as too short or too long."""
    return tightened(change, "minLength", "maxLength")


@rule("parameter-length-widened", on=Pair[Constraints], level="safe", area="parameters", direction="parameter")
def parameter_length_widened(change: Pair[Constraints]) -> str | None:
    """Shorter or longer texts are accepted."""
    return loosened(change, "minLength", "maxLength")


@rule("parameter-items-narrowed", on=Pair[Constraints], level="breaking", area="parameters", direction="parameter")
def parameter_items_narrowed(change: Pair[Constraints]) -> str | None:
    """Lists that were accepted are refused for their size or for repeated items."""
    return tightened(change, "minItems", "maxItems", "uniqueItems")


@rule("parameter-items-widened", on=Pair[Constraints], level="safe", area="parameters", direction="parameter")
def parameter_items_widened(change: Pair[Constraints]) -> str | None:
    """Lists of other sizes, or with repeated items, are accepted."""
    return loosened(change, "minItems", "maxItems", "uniqueItems")


@rule("parameter-properties-narrowed", on=Pair[Constraints], level="breaking", area="parameters", direction="parameter")
def parameter_properties_narrowed(change: Pair[Constraints]) -> str | None:
    """Objects that were accepted are refused for their number of properties."""
    return tightened(change, "minProperties", "maxProperties")


@rule("parameter-properties-widened", on=Pair[Constraints], level="safe", area="parameters", direction="parameter")
def parameter_properties_widened(change: Pair[Constraints]) -> str | None:
    """Objects with fewer or more properties are accepted."""
    return loosened(change, "minProperties", "maxProperties")


@rule("parameter-pattern-added", on=Pair[Constraints], level="breaking", area="parameters", direction="parameter")
def parameter_pattern_added(change: Pair[Constraints]) -> str | None:
    """Texts that do not match are refused."""
    old, new = change.old.pattern, change.new.pattern
    return f"the pattern is {quoted(new)}, and none was declared" if old is None and new is not None else None


@rule("parameter-pattern-changed", on=Pair[Constraints], level="breaking", area="parameters", direction="parameter")
def parameter_pattern_changed(change: Pair[Constraints]) -> str | None:
    """Texts that matched the old pattern alone are refused."""
    old, new = change.old.pattern, change.new.pattern
    changed = old is not None and new is not None and old != new
    return f"the pattern is {was(old, new)}" if changed else None


@rule("parameter-pattern-removed", on=Pair[Constraints], level="safe", area="parameters", direction="parameter")
def parameter_pattern_removed(change: Pair[Constraints]) -> str | None:
    """Texts need not match."""
    old, new = change.old.pattern, change.new.pattern
    return f"the pattern {quoted(old)} is no longer declared" if new is None and old is not None else None
