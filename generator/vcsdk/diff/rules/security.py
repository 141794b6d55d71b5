"""Rules about authentication."""

from __future__ import annotations

from vcsdk.diff.changes import Added, Alternative, Declared, Pair, Removed, Scope
from vcsdk.diff.registry import rule
from vcsdk.diff.rules.words import quoted, was
from vcsdk.ir import SecurityScheme


@rule("security-scheme-added", on=Added[SecurityScheme], level="safe", area="security")
def security_scheme_added(change: Added[SecurityScheme]) -> str | None:
    """There is one more way to authenticate; operations say where it is used."""
    return "is new"


@rule("security-scheme-removed", on=Removed[SecurityScheme], level="breaking", area="security")
def security_scheme_removed(change: Removed[SecurityScheme]) -> str | None:
    """Callers that authenticate this way are refused."""
    return "is gone"


@rule("security-scheme-kind-changed", on=Pair[SecurityScheme], level="breaking", area="security")
def security_scheme_kind_changed(change: Pair[SecurityScheme]) -> str | None:
    """The credentials travel differently; callers that send them as before are refused."""
    return f"the kind is {was(change.old.kind, change.new.kind)}" if change.old.kind != change.new.kind else None


@rule("security-scheme-wire-name-changed", on=Pair[SecurityScheme], level="breaking", area="security")
def security_scheme_wire_name_changed(change: Pair[SecurityScheme]) -> str | None:
    """The credentials travel under another name; callers that send the old one are refused."""
    same_kind = change.old.kind == change.new.kind
    changed = same_kind and change.old.wire_name != change.new.wire_name
    return f"the {change.new.kind} is called {was(change.old.wire_name, change.new.wire_name)}" if changed else None


@rule("security-became-required", on=Removed[Alternative], level="breaking", area="security")
def security_became_required(change: Removed[Alternative]) -> str | None:
    """Calls without credentials are refused."""
    return None if change.old.credentials else "needs credentials now"


@rule("security-no-longer-required", on=Added[Alternative], level="safe", area="security")
def security_no_longer_required(change: Added[Alternative]) -> str | None:
    """Calls without credentials are answered."""
    return None if change.new.credentials else "no longer needs credentials"


@rule("security-alternative-added", on=Added[Alternative], level="safe", area="security")
def security_alternative_added(change: Added[Alternative]) -> str | None:
    """There is one more way to authenticate the call."""
    return f"accepts {change.new.text} now" if change.new.credentials else None


@rule("security-alternative-removed", on=Removed[Alternative], level="breaking", area="security")
def security_alternative_removed(change: Removed[Alternative]) -> str | None:
    """Callers that authenticate this way are refused."""
    return f"no longer accepts {change.old.text}" if change.old.credentials else None


@rule("security-scope-added", on=Added[Scope], level="breaking", area="security")
def security_scope_added(change: Added[Scope]) -> str | None:
    """Tokens that were granted less are refused."""
    return f"needs the scope {quoted(change.new.name)} of {quoted(change.new.scheme)} now"


@rule("security-scope-removed", on=Removed[Scope], level="safe", area="security")
def security_scope_removed(change: Removed[Scope]) -> str | None:
    """Tokens may be granted less."""
    return f"no longer needs the scope {quoted(change.old.name)} of {quoted(change.old.scheme)}"


@rule("security-declared", on=Pair[Declared], level="safe", area="security")
def security_declared(change: Pair[Declared]) -> str | None:
    """The description says how to authenticate, where it left that to be known."""
    return "says how to authenticate now" if change.new.said and not change.old.said else None


@rule("security-undeclared", on=Pair[Declared], level="risky", area="security")
def security_undeclared(change: Pair[Declared]) -> str | None:
    """The description no longer says how to authenticate."""
    return "no longer says how to authenticate" if change.old.said and not change.new.said else None
