"""The check `required-property`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.checks.registry import Finding, Subject, check, nearest
from vcsdk.diagnostics import Level


@check("required-property")
def required_names_exist(subject: Subject) -> Iterator[Finding]:
    """What `required` names is one of the properties; a misspelt name makes an optional property of a required one."""
    for pointer, schema in subject.index.nodes["schema"]:
        required, properties = schema.get("required"), schema.get("properties")
        if not isinstance(required, list) or not isinstance(properties, dict) or not properties:
            continue
        if any(word in schema for word in ("allOf", "oneOf", "anyOf", "$ref")) or "/allOf/" in pointer:
            continue
        for position, name in enumerate(required):
            if isinstance(name, str) and name not in properties:
                message = f"`required` names `{name}`, which is not a property"
                hint = nearest(name, properties)
                yield Finding(message, f"{pointer}/required/{position}", hint, Level.WARNING)
