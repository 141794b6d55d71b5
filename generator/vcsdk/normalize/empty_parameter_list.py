"""The rule `empty-parameter-list`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.normalize.registry import Context, Repair, rule

_LISTS = ("parameters", "tags", "servers")


@rule("empty-parameter-list", level="note")
def leave_out_empty_lists(context: Context) -> Iterator[Repair]:
    """A list is announced and nothing follows (`parameters:` alone, which is null in YAML): it is left out."""
    for kind in ("path_item", "operation"):
        for pointer, node in context.index.nodes[kind]:
            for key in _LISTS:
                if key in node and node[key] is None:
                    origin = context.document.origin(f"{pointer}/{key}")
                    del node[key]
                    yield Repair(origin, f"`{key}` has no value; left it out")
