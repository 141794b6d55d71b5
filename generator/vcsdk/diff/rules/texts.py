"""Rules about what stands in a description and in no type: words that nobody can compare, links, servers."""

from __future__ import annotations

from vcsdk.diff.changes import Added, Address, Keyword, Link, Pair, Removed, Unused
from vcsdk.diff.registry import rule
from vcsdk.diff.rules.words import quoted, was


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


@rule("server-preferred", on=Pair[Address], level="risky", area="api")
def server_preferred(change: Pair[Address]) -> str | None:
    """Clients that were not told an address call another one than before; the old one is still there."""
    return f"the server that is called by default is {was(change.old.url, change.new.url)}"
