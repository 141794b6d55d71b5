"""Rules about errors."""

from __future__ import annotations

from vcsdk.diff.changes import Added, ErrorValue, Pair, Removed
from vcsdk.diff.registry import rule
from vcsdk.diff.rules.words import quoted
from vcsdk.ir import Api, Field, Media


@rule("error-type-added", on=Added[ErrorValue], level="risky", area="errors", told="errors may be of the type {value}")
def error_type_added(change: Added[ErrorValue]) -> str | None:
    """The server can report a type of error that callers do not know; clients raise their general error for it."""
    return f"the error type {quoted(change.new.value)} is new"


@rule(
    "error-type-removed",
    on=Removed[ErrorValue],
    level="risky",
    area="errors",
    told="errors are no longer of the type {value}",
)
def error_type_removed(change: Removed[ErrorValue]) -> str | None:
    """Handlers of this type of error are never run."""
    return f"the error type {quoted(change.old.value)} is gone"


@rule("error-family-lost", on=Pair[Api], level="breaking", area="errors")
def error_family_lost(change: Pair[Api]) -> str | None:
    """The error model of vCenter is gone: clients have no typed exceptions, tasks and sessions any more."""
    lost = change.old.profile == "vapi" and change.new.profile != "vapi"
    return "the error family of vCenter is gone" if lost else None


@rule("error-family-gained", on=Pair[Api], level="safe", area="errors")
def error_family_gained(change: Pair[Api]) -> str | None:
    """The description has the error model of vCenter: clients raise typed exceptions."""
    gained = change.new.profile == "vapi" and change.old.profile != "vapi"
    return "the error family of vCenter is described now" if gained else None


@rule("error-property-added", on=Added[Field], level="safe", area="errors", direction="error")
def error_property_added(change: Added[Field]) -> str | None:
    """Errors tell one thing more."""
    return "is new"


@rule("error-property-removed", on=Removed[Field], level="breaking", area="errors", direction="error")
def error_property_removed(change: Removed[Field]) -> str | None:
    """Handlers that read the property find nothing."""
    return "is gone"


@rule("error-property-became-optional", on=Pair[Field], level="risky", area="errors", direction="error")
def error_property_became_optional(change: Pair[Field]) -> str | None:
    """Handlers have to be ready for an error without the property."""
    return "is not always sent now" if change.old.required and not change.new.required else None


@rule("error-property-became-required", on=Pair[Field], level="safe", area="errors", direction="error")
def error_property_became_required(change: Pair[Field]) -> str | None:
    """The property is always sent."""
    return "is always sent now" if change.new.required and not change.old.required else None


@rule("error-content-type-removed", on=Removed[Media], level="risky", area="errors", direction="error")
def error_content_type_removed(change: Removed[Media]) -> str | None:
    """Errors are no longer sent in this notation."""
    return f"the content type {quoted(change.old.content_type)} is gone"


@rule("error-content-type-added", on=Added[Media], level="risky", area="errors", direction="error")
def error_content_type_added(change: Added[Media]) -> str | None:
    """Errors may come in a notation that callers cannot read."""
    return f"the content type {quoted(change.new.content_type)} is new"
