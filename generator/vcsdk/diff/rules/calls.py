"""Rules about requests that the server makes: webhooks, and callbacks of operations, which are alike."""

from __future__ import annotations

from vcsdk.diff.changes import Added, Callback, Carried, Given, Pair, Removed
from vcsdk.diff.registry import rule
from vcsdk.diff.rules.words import quoted, was
from vcsdk.ir import Parameter, Response, ResponseHeader, Webhook


@rule("webhook-added", on=Added[Webhook], level="safe", area="operations")
def webhook_added(change: Added[Webhook]) -> str | None:
    """The server can make one more request by itself, to those who ask for it."""
    return "is new"


@rule("webhook-removed", on=Removed[Webhook], level="breaking", area="operations")
def webhook_removed(change: Removed[Webhook]) -> str | None:
    """Those who wait for the request do not get it."""
    return "is gone"


@rule("callback-added", on=Added[Callback], level="safe", area="operations")
def callback_added(change: Added[Callback]) -> str | None:
    """The server can make one more request because of this one."""
    return f"the callback {quoted(change.new.name)} is new"


@rule("callback-removed", on=Removed[Callback], level="breaking", area="operations")
def callback_removed(change: Removed[Callback]) -> str | None:
    """Those who wait for the request do not get it."""
    return f"the callback {quoted(change.old.name)} is gone"


@rule("webhook-body-added", on=Pair[Carried], level="safe", area="operations")
def webhook_body_added(change: Pair[Carried]) -> str | None:
    """The request that the server makes has a body, which those who wait for it may read."""
    return "has a body now" if change.new.said and not change.old.said else None


@rule("webhook-body-removed", on=Pair[Carried], level="breaking", area="operations")
def webhook_body_removed(change: Pair[Carried]) -> str | None:
    """Those who read the body of the request find none."""
    return "has no body any more" if change.old.said and not change.new.said else None


@rule("webhook-body-became-optional", on=Pair[Carried], level="breaking", area="operations")
def webhook_body_became_optional(change: Pair[Carried]) -> str | None:
    """Those who wait for the request have to be ready for one without a body."""
    return "does not always have a body now" if change.old.always and change.new.said > change.new.always else None


@rule("webhook-body-became-required", on=Pair[Carried], level="safe", area="operations")
def webhook_body_became_required(change: Pair[Carried]) -> str | None:
    """The request always has its body."""
    return "always has its body now" if change.new.always and change.old.said > change.old.always else None


@rule("webhook-parameter-added", on=Added[Given], level="safe", area="operations")
def webhook_parameter_added(change: Added[Given]) -> str | None:
    """The request that the server makes tells one thing more."""
    return "is new"


@rule("webhook-parameter-removed", on=Removed[Given], level="breaking", area="operations")
def webhook_parameter_removed(change: Removed[Given]) -> str | None:
    """Those who read the parameter find nothing."""
    return "is gone" if change.old.parameter.required else None


@rule("optional-webhook-parameter-removed", on=Removed[Given], level="risky", area="operations")
def optional_webhook_parameter_removed(change: Removed[Given]) -> str | None:
    """The parameter, which was not always sent, is not sent any more."""
    return None if change.old.parameter.required else "is gone"


@rule("webhook-parameter-became-optional", on=Pair[Given], level="risky", area="operations")
def webhook_parameter_became_optional(change: Pair[Given]) -> str | None:
    """Those who wait for the request have to be ready for one without the parameter."""
    lost = change.old.parameter.required and not change.new.parameter.required
    return "is not always sent now" if lost else None


@rule("webhook-parameter-became-required", on=Pair[Given], level="safe", area="operations")
def webhook_parameter_became_required(change: Pair[Given]) -> str | None:
    """The parameter is always sent."""
    won = change.new.parameter.required and not change.old.parameter.required
    return "is always sent now" if won else None


@rule("webhook-parameter-form-changed", on=Pair[Given], level="breaking", area="operations")
def webhook_parameter_form_changed(change: Pair[Given]) -> str | None:
    """Values are written otherwise than those who read them expect."""
    forms = [(each.style, f"explode: {each.explode}", each.content_type) for each in _parameters(change)]
    old, new = (", ".join(filter(None, form)) for form in forms)
    return f"it is written as {was(old, new)}" if old != new else None


@rule("webhook-parameter-deprecated", on=Pair[Given], level="risky", area="operations", section="Deprecated")
def webhook_parameter_deprecated(change: Pair[Given]) -> str | None:
    """It is still sent, but those who read it should plan to do without it."""
    old, new = _parameters(change)
    return "is deprecated now" if new.deprecated and not old.deprecated else None


@rule("webhook-parameter-undeprecated", on=Pair[Given], level="safe", area="operations")
def webhook_parameter_undeprecated(change: Pair[Given]) -> str | None:
    """It may be relied on again."""
    old, new = _parameters(change)
    return "is no longer deprecated" if old.deprecated and not new.deprecated else None


@rule("webhook-parameter-description-changed", on=Pair[Given], level="safe", area="operations", wording=True)
def webhook_parameter_description_changed(change: Pair[Given]) -> str | None:
    """Documentation only; the wording may tell of a change in behaviour."""
    old, new = _parameters(change)
    return "the description is worded differently" if old.description != new.description else None


@rule("webhook-answer-added", on=Added[Response], level="safe", area="responses", direction="request")
def webhook_answer_added(change: Added[Response]) -> str | None:
    """The request of the server may be answered in one more way."""
    return "this answer may be given now"


@rule("webhook-answer-removed", on=Removed[Response], level="breaking", area="responses", direction="request")
def webhook_answer_removed(change: Removed[Response]) -> str | None:
    """The server does not take for a success what is answered to its request."""
    return "this answer is no longer understood" if change.old.status.startswith("2") else None


@rule("other-webhook-answer-removed", on=Removed[Response], level="risky", area="responses", direction="request")
def other_webhook_answer_removed(change: Removed[Response]) -> str | None:
    """What the server does upon this answer is no longer stated."""
    return None if change.old.status.startswith("2") else "this answer is no longer understood"


@rule("webhook-answer-body-added", on=Pair[Response], level="risky", area="responses", direction="request")
def webhook_answer_body_added(change: Pair[Response]) -> str | None:
    """The server reads content of what answers its request, where it read none; it may insist on it."""
    return "has to carry content now" if change.new.content and not change.old.content else None


@rule("webhook-answer-body-removed", on=Pair[Response], level="risky", area="responses", direction="request")
def webhook_answer_body_removed(change: Pair[Response]) -> str | None:
    """What the answer to the server's request says is no longer read."""
    return "its content is no longer read" if change.old.content and not change.new.content else None


@rule(
    "webhook-answer-description-changed",
    on=Pair[Response],
    level="safe",
    area="responses",
    direction="request",
    wording=True,
)
def webhook_answer_description_changed(change: Pair[Response]) -> str | None:
    """Documentation only; the wording may tell of a change in behaviour."""
    return "the description is worded differently" if change.old.description != change.new.description else None


@rule("webhook-answer-header-added", on=Added[ResponseHeader], level="breaking", area="responses", direction="request")
def webhook_answer_header_added(change: Added[ResponseHeader]) -> str | None:
    """The server waits for a header in what answers its request."""
    return "is new and required" if change.new.required else None


@rule(
    "optional-webhook-answer-header-added",
    on=Added[ResponseHeader],
    level="safe",
    area="responses",
    direction="request",
)
def optional_webhook_answer_header_added(change: Added[ResponseHeader]) -> str | None:
    """What answers the server's request may tell one thing more."""
    return None if change.new.required else "is new"


@rule("webhook-answer-header-removed", on=Removed[ResponseHeader], level="safe", area="responses", direction="request")
def webhook_answer_header_removed(change: Removed[ResponseHeader]) -> str | None:
    """The server does not read the header any more."""
    return "is no longer read"


@rule(
    "webhook-answer-header-became-required",
    on=Pair[ResponseHeader],
    level="breaking",
    area="responses",
    direction="request",
)
def webhook_answer_header_became_required(change: Pair[ResponseHeader]) -> str | None:
    """The server does not do without the header."""
    return "is required now" if change.new.required and not change.old.required else None


@rule(
    "webhook-answer-header-became-optional",
    on=Pair[ResponseHeader],
    level="safe",
    area="responses",
    direction="request",
)
def webhook_answer_header_became_optional(change: Pair[ResponseHeader]) -> str | None:
    """The header may be left out."""
    return "is optional now" if change.old.required and not change.new.required else None


@rule(
    "webhook-answer-header-description-changed",
    on=Pair[ResponseHeader],
    level="safe",
    area="responses",
    direction="request",
    wording=True,
)
def webhook_answer_header_description_changed(change: Pair[ResponseHeader]) -> str | None:
    """Documentation only; the wording may tell of a change in behaviour."""
    return "the description is worded differently" if change.old.description != change.new.description else None


def _parameters(change: Pair[Given]) -> tuple[Parameter, Parameter]:
    return change.old.parameter, change.new.parameter
