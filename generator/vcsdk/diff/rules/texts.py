"""Rules about what stands in a description and in no type: words that nobody can compare, links, webhooks, servers."""

from __future__ import annotations

from vcsdk.diff.changes import Added, Address, Callback, Carried, Keyword, Link, Pair, Removed, Unused
from vcsdk.diff.registry import rule
from vcsdk.diff.rules.words import quoted, was
from vcsdk.ir import Webhook


@rule("keyword-changed", on=Pair[Keyword], level="risky", area="schema")
def keyword_changed(change: Pair[Keyword]) -> str | None:
    """What the word means for callers is not known to the comparison: somebody has to look."""
    return _said(change, "cannot be compared") if not change.new.documentation else None


@rule("keyword-of-documentation-changed", on=Pair[Keyword], level="safe", area="schema", wording=True)
def keyword_of_documentation_changed(change: Pair[Keyword]) -> str | None:
    """Documentation only, such as an example."""
    return _said(change, "is documentation") if change.new.documentation else None


def _said(change: Pair[Keyword], what: str) -> str | None:
    old, new = change.old.text, change.new.text
    if old == new:
        return None
    if old is None:
        return f"`{change.new.word}` is {quoted(new)}, and was not there; that {what}"
    if new is None:
        return f"`{change.old.word}`, which was {quoted(old)}, is gone; that {what}"
    return f"`{change.new.word}` is {was(old, new)}; that {what}"


@rule("link-added", on=Added[Link], level="safe", area="responses")
def link_added(change: Added[Link]) -> str | None:
    """The answer tells of one more operation to go on with."""
    return f"the link {quoted(change.new.name)} is new"


@rule("link-removed", on=Removed[Link], level="risky", area="responses")
def link_removed(change: Removed[Link]) -> str | None:
    """Callers that follow the link do not find it described."""
    return f"the link {quoted(change.old.name)} is gone"


@rule("webhook-added", on=Added[Webhook], level="safe", area="operations")
def webhook_added(change: Added[Webhook]) -> str | None:
    """The server can make one more request by itself, to those who ask for it."""
    return "is new"


@rule("webhook-removed", on=Removed[Webhook], level="breaking", area="operations")
def webhook_removed(change: Removed[Webhook]) -> str | None:
    """Those who wait for the request do not get it."""
    return "is gone"


@rule("webhook-body-added", on=Pair[Carried], level="safe", area="operations")
def webhook_body_added(change: Pair[Carried]) -> str | None:
    """The request that the server makes has a body, which those who wait for it may read."""
    return "has a body now" if change.new.said and not change.old.said else None


@rule("webhook-body-removed", on=Pair[Carried], level="breaking", area="operations")
def webhook_body_removed(change: Pair[Carried]) -> str | None:
    """Those who read the body of the request find none."""
    return "has no body any more" if change.old.said and not change.new.said else None


@rule("callback-added", on=Added[Callback], level="safe", area="operations")
def callback_added(change: Added[Callback]) -> str | None:
    """The server can make one more request because of this one."""
    return f"the callback {quoted(change.new.name)} is new"


@rule("callback-removed", on=Removed[Callback], level="breaking", area="operations")
def callback_removed(change: Removed[Callback]) -> str | None:
    """Those who wait for the request do not get it."""
    return f"the callback {quoted(change.old.name)} is gone"


@rule("unused-schema-changed", on=Pair[Unused], level="risky", area="schema")
def unused_schema_changed(change: Pair[Unused]) -> str | None:
    """No operation sends or gets it, but Python has its class, and what travels by other ways may be of it."""
    told = change.new.message != change.old.message and not change.new.harmless
    return f"{change.new.message} (no operation uses it)" if told else None


@rule("unused-schema-extended", on=Pair[Unused], level="safe", area="schema")
def unused_schema_extended(change: Pair[Unused]) -> str | None:
    """No operation sends or gets it, and whoever does otherwise does as before."""
    told = change.new.message != change.old.message and change.new.harmless
    return f"{change.new.message} (no operation uses it)" if told else None


@rule("server-added", on=Added[Address], level="safe", area="api")
def server_added(change: Added[Address]) -> str | None:
    """There is one more address to call."""
    return f"the server {quoted(change.new.url)} is new"


@rule("server-removed", on=Removed[Address], level="risky", area="api")
def server_removed(change: Removed[Address]) -> str | None:
    """Clients that were not told another address call one that may be gone."""
    return f"the server {quoted(change.old.url)} is gone"
