"""The check `enum-values`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from vcsdk.checks.registry import Finding, Subject, check
from vcsdk.checks.values import fits
from vcsdk.diagnostics import Level


@check("enum-values")
def enumerations_are_sets(subject: Subject) -> Iterator[Finding]:
    """An enumeration has values, each once, and each of the schema's type."""
    for pointer, schema in subject.index.nodes["schema"]:
        values = schema.get("enum")
        if not isinstance(values, list):
            continue
        if not values:
            yield Finding("`enum` has no values, so that nothing is valid", f"{pointer}/enum")
        met: set[str] = set()
        for position, value in enumerate(values):
            text = json.dumps(value, sort_keys=True)
            place = f"{pointer}/enum/{position}"
            if text in met:
                yield Finding(f"`enum` lists {text} twice", place, None, Level.WARNING)
            elif not fits(value, schema):
                yield Finding(f"`enum` lists {text}, which is not of the schema's type", place, None, Level.WARNING)
            met.add(text)
