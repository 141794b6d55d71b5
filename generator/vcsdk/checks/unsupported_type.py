"""The check `unsupported-type`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.checks.registry import Finding, Subject, check, nearest

_TYPES = ("string", "number", "integer", "boolean", "array", "object")


@check("unsupported-type")
def types_are_known(subject: Subject) -> Iterator[Finding]:
    """The type of a schema is one of JSON's; several types, and null, need OpenAPI 3.1 ("Data Types")."""
    is_31 = subject.document.is_31
    for pointer, schema in subject.index.nodes["schema"]:
        types = schema.get("type")
        if isinstance(types, list) and not is_31:
            hint = "use `nullable: true` or `oneOf`, or declare OpenAPI 3.1"
            yield Finding("a list of types needs OpenAPI 3.1", f"{pointer}/type", hint)
            continue
        if types == []:
            yield Finding("a list of types cannot be empty", f"{pointer}/type")
        listed = types if isinstance(types, list) else [types] if isinstance(types, str) else []
        for position, name in enumerate(listed):
            place = f"{pointer}/type/{position}" if isinstance(types, list) else f"{pointer}/type"
            if name in _TYPES or (name == "null" and is_31):
                continue
            if name == "null":
                yield Finding("the type `null` needs OpenAPI 3.1", place, "use `nullable: true`")
            elif name == "file":
                yield Finding("unknown type `file`", place, "use `type: string` with `format: binary`")
            else:
                hint = nearest(str(name), _TYPES) or f"one of {', '.join(_TYPES)}"
                yield Finding(f"unknown type `{name}`", place, hint)
