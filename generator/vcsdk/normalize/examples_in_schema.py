"""The rule `examples-in-schema`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.normalize.registry import Context, Repair, rule


@rule("examples-in-schema", level="note")
def keep_the_first(context: Context) -> Iterator[Repair]:
    """A schema has `examples`, which OpenAPI 3.0 does not know: the first becomes its `example`.

    VCF's real-time metrics files list them by name, as a parameter would.
    """
    if context.document.is_31:
        return
    for pointer, schema in context.index.nodes["schema"]:
        if "examples" not in schema:
            continue
        origin = context.document.origin(f"{pointer}/examples")
        examples = schema.pop("examples")
        values = list(examples.values()) if isinstance(examples, dict) else examples
        if isinstance(values, list) and values:
            schema.setdefault("example", values[0])
        yield Repair(origin, "`examples` is not a field of a 3.0 schema; the first became `example`")
