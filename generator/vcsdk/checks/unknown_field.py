"""The check `unknown-field`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.checks.registry import Finding, Subject, check, nearest
from vcsdk.diagnostics import Level
from vcsdk.load.grammar import GRAMMAR
from vcsdk.load.pointer import escape

_WORDS = {
    "document": "the description",
    "info": "`info`",
    "components": "`components`",
    "operation": "an operation",
    "encoding": "an encoding",
    "example": "an example",
    "path_item": "a path",
    "request_body": "a request body",
    "security_scheme": "a security scheme",
}


@check("unknown-field")
def known_fields(subject: Subject) -> Iterator[Finding]:
    """A field that no version of OpenAPI knows is ignored, which a misspelt one should not be silently."""
    for pointer, key, kind in subject.index.unknown:
        hint = nearest(key, GRAMMAR[kind])
        if kind == "schema" and hint is None:
            continue
        message = f"`{key}` is not a field of {_WORDS.get(kind, f'a {kind}')} and is ignored"
        yield Finding(message, f"{pointer}/{escape(key)}", hint, Level.WARNING, key=True)
