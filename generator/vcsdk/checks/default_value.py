"""The check `default-value`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from vcsdk.checks.registry import Finding, Subject, check, nearest
from vcsdk.checks.values import fits
from vcsdk.diagnostics import Level


@check("default-value")
def defaults_are_valid(subject: Subject) -> Iterator[Finding]:
    """A default is of the schema's type and, where there is an enumeration, one of it."""
    for pointer, schema in subject.index.nodes["schema"]:
        if "default" not in schema:
            continue
        value, values = schema["default"], schema.get("enum")
        text = json.dumps(value)
        if not fits(value, schema):
            message = f"the default {text} is not of the schema's type"
            yield Finding(message, f"{pointer}/default", None, Level.WARNING)
        elif isinstance(values, list) and value not in values:
            hint = nearest(value, [v for v in values if isinstance(v, str)]) if isinstance(value, str) else None
            yield Finding(f"the default {text} is not in the enumeration", f"{pointer}/default", hint, Level.WARNING)
