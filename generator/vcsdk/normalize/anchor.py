"""The rule `anchor`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.load.pointer import from_fragment
from vcsdk.normalize.registry import Context, Repair, rule


@rule("anchor", level="note", reshapes=True)
def point_at_what_it_names(context: Context) -> Iterator[Repair]:
    """A `$ref` names a schema by its `$anchor` (JSON Schema 2020-12, 8.2.2): it points at the schema's place."""
    if not context.document.is_31:
        return
    anchors: dict[str, str] = {}
    for pointer, schema in context.index.nodes["schema"]:
        for word in ("$anchor", "$dynamicAnchor"):
            if isinstance(schema.get(word), str):
                anchors.setdefault(schema[word], pointer)
    for reference in context.index.references:
        name = from_fragment(reference.target[1:])
        if reference.target.startswith("#") and reference.kind == "schema" and name in anchors:
            written, reference.node["$ref"] = reference.target, f"#{anchors[name]}"
            yield Repair(context.document.origin(f"{reference.pointer}/$ref"), f"`{written}` is `#{anchors[name]}`")
