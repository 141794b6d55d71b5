"""Rules about request bodies."""

from __future__ import annotations

from vcsdk.diff.changes import Added, Pair, Removed
from vcsdk.diff.compare.media import essence
from vcsdk.diff.registry import rule
from vcsdk.diff.rules.words import preferred, quoted, was
from vcsdk.ir import Body, Media


@rule("required-request-body-added", on=Added[Body], level="breaking", area="body", told="{call} now needs a body")
def required_request_body_added(change: Added[Body]) -> str | None:
    """Requests without a body are refused."""
    return "is new and required" if change.new.required else None


@rule("optional-request-body-added", on=Added[Body], level="safe", area="body")
def optional_request_body_added(change: Added[Body]) -> str | None:
    """A body may be sent; requests without one do as before."""
    return None if change.new.required else "is new"


@rule("request-body-removed", on=Removed[Body], level="breaking", area="body", told="{call} no longer takes a body")
def request_body_removed(change: Removed[Body]) -> str | None:
    """What callers send is ignored or refused, and its arguments are gone."""
    return "is gone"


@rule(
    "request-body-became-required",
    on=Pair[Body],
    level="breaking",
    area="body",
    told="the body of {call} is no longer optional",
)
def request_body_became_required(change: Pair[Body]) -> str | None:
    """Requests without a body are refused."""
    return "is required now" if change.new.required and not change.old.required else None


@rule("request-body-became-optional", on=Pair[Body], level="safe", area="body")
def request_body_became_optional(change: Pair[Body]) -> str | None:
    """The body may be left out."""
    return "is optional now" if change.old.required and not change.new.required else None


@rule("request-body-description-changed", on=Pair[Body], level="safe", area="body", wording=True)
def request_body_description_changed(change: Pair[Body]) -> str | None:
    """Documentation only; the wording may tell of a change in behaviour."""
    return "the description is worded differently" if change.old.description != change.new.description else None


@rule("request-content-type-added", on=Added[Media], level="safe", area="body", direction="request")
def request_content_type_added(change: Added[Media]) -> str | None:
    """The body may be sent in one more notation."""
    return f"the content type {quoted(change.new.content_type)} is new"


@rule("request-content-type-removed", on=Removed[Media], level="breaking", area="body", direction="request")
def request_content_type_removed(change: Removed[Media]) -> str | None:
    """Bodies in this notation are refused."""
    return f"the content type {quoted(change.old.content_type)} is gone"


@rule("request-content-type-preferred", on=Pair[Body], level="risky", area="body")
def request_content_type_preferred(change: Pair[Body]) -> str | None:
    """Clients send the body in another notation than before; the old one is still accepted."""
    old, new = preferred(change.old.content), preferred(change.new.content)
    kept = old in {essence(media) for media in change.new.content}
    return f"the content type that is sent by default is {was(old, new)}" if kept and old != new else None
