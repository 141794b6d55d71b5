"""The rule `repeated-parameter`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.normalize.registry import Context, Repair, rule


@rule("repeated-parameter", level="note", reshapes=True)
def keep_the_first(context: Context) -> Iterator[Repair]:
    """A list has the same parameter twice, word for word ("Operation Object" allows each once): the first is enough."""
    for kind in ("path_item", "operation"):
        for pointer, node in context.index.nodes[kind]:
            parameters = node.get("parameters")
            if not isinstance(parameters, list):
                continue
            for position in reversed(range(1, len(parameters))):
                if isinstance(parameters[position], dict) and parameters[position] in parameters[:position]:
                    place = f"{pointer}/parameters/{position}"
                    yield Repair(context.document.origin(place), "the same parameter stands in this list before")
                    context.document.take_out(place)
