"""The rule `empty-required`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.normalize.registry import Context, Repair, rule


@rule("empty-required", level="note")
def leave_it_out(context: Context) -> Iterator[Repair]:
    """A schema has `required: []`, which OpenAPI 3.0 does not allow (JSON Schema draft 5, 5.4.3): it is left out."""
    if context.document.is_31:
        return
    for pointer, schema in context.index.nodes["schema"]:
        if schema.get("required") == []:
            origin = context.document.origin(f"{pointer}/required")
            del schema["required"]
            yield Repair(origin, "`required` lists nothing; left it out")
