"""The check `unknown-field`."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.registry import Finding, Subject, check, nearest
from generator.diagnostics import Level
from generator.load.grammar import GRAMMAR
from generator.load.pointer import escape


@check("unknown-field")
def known_fields(subject: Subject) -> Iterator[Finding]:
    """A field that no version of OpenAPI knows is ignored, which a misspelt one should not be silently."""
    for pointer, key, kind in subject.index.unknown:
        hint = nearest(key, GRAMMAR[kind])
        if kind == "schema" and hint is None:
            continue
        what = {"request_body": "request body", "path_item": "path", "security_scheme": "security scheme"}.get(
            kind, kind
        )
        message = f"`{key}` is not a field of a {what} and is ignored"
        yield Finding(message, f"{pointer}/{escape(key)}", hint, Level.WARNING)
