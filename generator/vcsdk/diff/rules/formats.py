"""Rules about the format of values: in parameters, in requests and in answers."""

from __future__ import annotations

from vcsdk.diff.changes import Format, Pair
from vcsdk.diff.registry import rule
from vcsdk.diff.rules.words import quoted, was

_SECRET = "password"
"""The format that says nothing of the value: it is not to be shown (OpenAPI 3.0.3, "Data Types")."""
_WITHIN = frozenset({("int32", "int64"), ("float", "double")})
"""Formats of which the second one has every value of the first."""


def _added(change: Pair[Format]) -> str | None:
    came = change.old.name is None and change.new.name != _SECRET
    return f"the format is {quoted(change.new.name)}, and none was declared" if came else None


def _removed(change: Pair[Format]) -> str | None:
    went = change.new.name is None and change.old.name != _SECRET
    return f"the format {quoted(change.old.name)} is no longer declared" if went else None


def _changed(change: Pair[Format], fine: tuple[str | None, str | None]) -> str | None:
    both = change.old.name is not None and change.new.name is not None and fine not in _WITHIN
    return f"the format is {was(change.old.name, change.new.name)}" if both else None


def _widened(change: Pair[Format]) -> str | None:
    wider = (change.old.name, change.new.name) in _WITHIN
    return f"the format is {was(change.old.name, change.new.name)}" if wider else None


def _narrowed(change: Pair[Format]) -> str | None:
    narrower = (change.new.name, change.old.name) in _WITHIN
    return f"the format is {was(change.old.name, change.new.name)}" if narrower else None


def _secrecy(change: Pair[Format]) -> str | None:
    if {change.old.name, change.new.name} != {None, _SECRET}:
        return None
    return f"is {'a secret' if change.new.name else 'no secret'} now"


@rule("parameter-format-added", on=Pair[Format], level="breaking", area="parameters", direction="parameter")
def parameter_format_added(change: Pair[Format]) -> str | None:
    """Values that do not have the format are refused."""
    return _added(change)


@rule("parameter-format-removed", on=Pair[Format], level="safe", area="parameters", direction="parameter")
def parameter_format_removed(change: Pair[Format]) -> str | None:
    """Values need not have the format."""
    return _removed(change)


@rule("parameter-format-changed", on=Pair[Format], level="breaking", area="parameters", direction="parameter")
def parameter_format_changed(change: Pair[Format]) -> str | None:
    """Values in the old format are refused."""
    return _changed(change, (change.old.name, change.new.name))


@rule("parameter-format-widened", on=Pair[Format], level="safe", area="parameters", direction="parameter")
def parameter_format_widened(change: Pair[Format]) -> str | None:
    """More values have the format; the old ones still do."""
    return _widened(change)


@rule("parameter-secrecy-changed", on=Pair[Format], level="risky", area="parameters", direction="parameter")
def parameter_secrecy_changed(change: Pair[Format]) -> str | None:
    """The same values travel; generated clients hide them in a type of its own, or no longer do."""
    return _secrecy(change)


@rule("request-format-added", on=Pair[Format], level="breaking", area="schema", direction="request")
def request_format_added(change: Pair[Format]) -> str | None:
    """Values that do not have the format are refused."""
    return _added(change)


@rule("request-format-removed", on=Pair[Format], level="safe", area="schema", direction="request")
def request_format_removed(change: Pair[Format]) -> str | None:
    """Values need not have the format."""
    return _removed(change)


@rule("request-format-changed", on=Pair[Format], level="breaking", area="schema", direction="request")
def request_format_changed(change: Pair[Format]) -> str | None:
    """Values in the old format are refused."""
    return _changed(change, (change.old.name, change.new.name))


@rule("request-format-widened", on=Pair[Format], level="safe", area="schema", direction="request")
def request_format_widened(change: Pair[Format]) -> str | None:
    """More values have the format; the old ones still do."""
    return _widened(change)


@rule("request-secrecy-changed", on=Pair[Format], level="risky", area="schema", direction="request")
def request_secrecy_changed(change: Pair[Format]) -> str | None:
    """The same values travel; generated clients hide them in a type of its own, or no longer do."""
    return _secrecy(change)


@rule("response-format-added", on=Pair[Format], level="risky", area="schema", direction="answer")
def response_format_added(change: Pair[Format]) -> str | None:
    """Values have a form now that generated clients turn into another Python type."""
    return _added(change)


@rule("response-format-removed", on=Pair[Format], level="breaking", area="schema", direction="answer")
def response_format_removed(change: Pair[Format]) -> str | None:
    """Values may have another form, and decoding by the old description fails."""
    return _removed(change)


@rule("response-format-changed", on=Pair[Format], level="breaking", area="schema", direction="answer")
def response_format_changed(change: Pair[Format]) -> str | None:
    """Values have another form, and decoding by the old description fails."""
    return _changed(change, (change.new.name, change.old.name))


@rule("response-format-narrowed", on=Pair[Format], level="safe", area="schema", direction="answer")
def response_format_narrowed(change: Pair[Format]) -> str | None:
    """Fewer values have the format; each has the old one as well."""
    return _narrowed(change)


@rule("response-secrecy-changed", on=Pair[Format], level="risky", area="schema", direction="answer")
def response_secrecy_changed(change: Pair[Format]) -> str | None:
    """The same values travel; generated clients hide them in a type of its own, or no longer do."""
    return _secrecy(change)
