"""The check `pattern`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.checks.registry import Finding, Subject, check
from vcsdk.diagnostics import Level


@check("pattern")
def patterns_compile(subject: Subject) -> Iterator[Finding]:
    """A pattern is a regular expression of ECMA-262, as JSON Schema asks."""
    for pointer, schema in subject.index.nodes["schema"]:
        pattern = schema.get("pattern")
        if isinstance(pattern, str) and not _compiles(pattern):
            message = "the pattern is not a regular expression and is not checked"
            yield Finding(message, f"{pointer}/pattern", None, Level.WARNING)


def _compiles(pattern: str) -> bool:
    # Few descriptions have a pattern; the others need not wait for the import.
    import jsonschema_rs

    try:
        jsonschema_rs.validator_for({"pattern": pattern})
    except (ValueError, jsonschema_rs.ValidationError):
        return False
    return True
