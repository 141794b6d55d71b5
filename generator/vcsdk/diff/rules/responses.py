"""Rules about answers, their headers and content types."""

from __future__ import annotations

from vcsdk.diff.changes import Added, Pair, Removed, StatusRange
from vcsdk.diff.registry import rule
from vcsdk.diff.rules.words import quoted, was
from vcsdk.ir import Media, Response, ResponseHeader


@rule("success-status-added", on=Added[Response], level="risky", area="responses", direction="response")
def success_status_added(change: Added[Response]) -> str | None:
    """Callers may get a successful answer of a kind that they do not know."""
    return "this successful answer is new" if change.new.status.startswith("2") else None


@rule("success-status-removed", on=Removed[Response], level="breaking", area="responses", direction="response")
def success_status_removed(change: Removed[Response]) -> str | None:
    """Callers that wait for this answer do not get it."""
    return "this successful answer is gone" if change.old.status.startswith("2") else None


@rule("other-status-added", on=Added[Response], level="risky", area="responses", direction="response")
def other_status_added(change: Added[Response]) -> str | None:
    """Callers may get an answer, such as a redirection, that they do not follow."""
    return None if change.new.status.startswith("2") else "this answer is new"


@rule("other-status-removed", on=Removed[Response], level="safe", area="responses", direction="response")
def other_status_removed(change: Removed[Response]) -> str | None:
    """An answer that was neither success nor error is no longer given."""
    return None if change.old.status.startswith("2") else "this answer is gone"


@rule("error-status-added", on=Added[Response], level="risky", area="responses", direction="error")
def error_status_added(change: Added[Response]) -> str | None:
    """Calls can fail in a way that was not documented; callers that tell errors apart may want to know it."""
    return "this error is new"


@rule("error-status-removed", on=Removed[Response], level="safe", area="responses", direction="error")
def error_status_removed(change: Removed[Response]) -> str | None:
    """Calls no longer fail this way, or it is no longer documented."""
    return "this error is gone"


@rule("response-body-added", on=Pair[Response], level="risky", area="responses", direction="response")
def response_body_added(change: Pair[Response]) -> str | None:
    """The answer carries content, where it had none; methods that returned None return a value."""
    return "carries content now" if change.new.content and not change.old.content else None


@rule("response-body-removed", on=Pair[Response], level="breaking", area="responses", direction="response")
def response_body_removed(change: Pair[Response]) -> str | None:
    """Callers that read the content find none."""
    return "no longer carries content" if change.old.content and not change.new.content else None


@rule("error-body-removed", on=Pair[Response], level="risky", area="responses", direction="error")
def error_body_removed(change: Pair[Response]) -> str | None:
    """Callers learn the status alone, not what the server has to say of it."""
    return "no longer carries content" if change.old.content and not change.new.content else None


@rule("error-body-added", on=Pair[Response], level="safe", area="responses", direction="error")
def error_body_added(change: Pair[Response]) -> str | None:
    """The server says more of the error than its status."""
    return "carries content now" if change.new.content and not change.old.content else None


@rule(
    "response-description-changed", on=Pair[Response], level="safe", area="responses", direction="answer", wording=True
)
def response_description_changed(change: Pair[Response]) -> str | None:
    """Documentation only; the wording may tell of a change in behaviour."""
    return "the description is worded differently" if change.old.description != change.new.description else None


@rule("response-content-type-added", on=Added[Media], level="risky", area="responses", direction="response")
def response_content_type_added(change: Added[Media]) -> str | None:
    """Callers may get a notation that they cannot read."""
    return f"the content type {quoted(change.new.content_type)} is new"


@rule("response-content-type-removed", on=Removed[Media], level="breaking", area="responses", direction="response")
def response_content_type_removed(change: Removed[Media]) -> str | None:
    """Callers that ask for this notation do not get it."""
    return f"the content type {quoted(change.old.content_type)} is gone"


@rule("response-header-added", on=Added[ResponseHeader], level="safe", area="responses", direction="answer")
def response_header_added(change: Added[ResponseHeader]) -> str | None:
    """The answer tells one thing more."""
    return "is new"


@rule("response-header-removed", on=Removed[ResponseHeader], level="breaking", area="responses", direction="answer")
def response_header_removed(change: Removed[ResponseHeader]) -> str | None:
    """Callers that read the header find nothing."""
    return "is gone" if change.old.required else None


@rule(
    "optional-response-header-removed", on=Removed[ResponseHeader], level="risky", area="responses", direction="answer"
)
def optional_response_header_removed(change: Removed[ResponseHeader]) -> str | None:
    """The header, which was not always sent, is not sent any more."""
    return None if change.old.required else "is gone"


@rule("response-header-became-optional", on=Pair[ResponseHeader], level="risky", area="responses", direction="answer")
def response_header_became_optional(change: Pair[ResponseHeader]) -> str | None:
    """Callers have to be ready for an answer without the header."""
    return "is not always sent now" if change.old.required and not change.new.required else None


@rule("response-header-became-required", on=Pair[ResponseHeader], level="safe", area="responses", direction="answer")
def response_header_became_required(change: Pair[ResponseHeader]) -> str | None:
    """The header is always sent."""
    return "is always sent now" if change.new.required and not change.old.required else None


@rule(
    "response-header-description-changed",
    on=Pair[ResponseHeader],
    level="safe",
    area="responses",
    direction="answer",
    wording=True,
)
def response_header_description_changed(change: Pair[ResponseHeader]) -> str | None:
    """Documentation only; the wording may tell of a change in behaviour."""
    return "the description is worded differently" if change.old.description != change.new.description else None


@rule("success-status-became-range", on=Pair[StatusRange], level="safe", area="responses", direction="response")
def success_status_became_range(change: Pair[StatusRange]) -> str | None:
    """The answer is the one that was described; its status may be another one of the range."""
    grown = change.new.status.endswith("XX") and not change.old.status.endswith("XX")
    return f"the status is {was(change.old.status, change.new.status)}" if grown else None


@rule("success-status-became-one", on=Pair[StatusRange], level="safe", area="responses", direction="response")
def success_status_became_one(change: Pair[StatusRange]) -> str | None:
    """The answer is the one that was described, and has always the same status."""
    shrunk = change.old.status.endswith("XX") and not change.new.status.endswith("XX")
    return f"the status is {was(change.old.status, change.new.status)}" if shrunk else None
