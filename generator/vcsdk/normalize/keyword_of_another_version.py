"""The rule `keyword-of-another-version`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.load.grammar import GRAMMAR
from vcsdk.normalize.registry import Context, Repair, rule

# OpenAPI 3.0.3, "Schema Object": the fixed fields, and what it takes from JSON Schema.
_OF_30 = frozenset(
    (
        *(
            "title",
            "multipleOf",
            "maximum",
            "exclusiveMaximum",
            "minimum",
            "exclusiveMinimum",
            "maxLength",
            "minLength",
        ),
        *("pattern", "maxItems", "minItems", "uniqueItems", "maxProperties", "minProperties", "required", "enum"),
        *("type", "allOf", "oneOf", "anyOf", "not", "items", "properties", "additionalProperties", "description"),
        *("format", "default", "nullable", "discriminator", "readOnly", "writeOnly", "xml", "externalDocs", "example"),
        "deprecated",
    )
)
# References lead into these two, and `examples` and `const` have a counterpart of their own.
_ELSEWHERE = frozenset(("$defs", "definitions", "examples", "const"))
_FOREIGN = (frozenset(GRAMMAR["schema"]) | {"additionalItems", "dependencies", "id"}) - _OF_30 - _ELSEWHERE


@rule("keyword-of-another-version", level="note")
def keep_it_as_an_extension(context: Context) -> Iterator[Repair]:
    """A schema of a 3.0 description has a keyword of JSON Schema that 3.0 does not have: it becomes an extension.

    `additionalItems` in VCF's real-time metrics counts for nothing in 3.0, and validators refuse the file for it.
    `const` becomes an `enum` of one value, which says the same.
    """
    if context.document.is_31:
        return
    for pointer, schema in context.index.nodes["schema"]:
        for key in [key for key in schema if key in _FOREIGN]:
            schema[f"x-{key}"] = schema.pop(key)
            origin = context.document.origin(f"{pointer}/{key}")
            yield Repair(origin, f"`{key}` is not a keyword of OpenAPI 3.0; renamed it to `x-{key}`")
        if "const" in schema and "enum" not in schema:
            schema["enum"] = [schema.pop("const")]
            yield Repair(context.document.origin(f"{pointer}/const"), "`const` became an `enum` of one value")
