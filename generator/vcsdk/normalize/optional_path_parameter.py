"""The rule `optional-path-parameter`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.normalize.registry import Context, Repair, rule


@rule("optional-path-parameter", level="note")
def require_it(context: Context) -> Iterator[Repair]:
    """A parameter in the path is not marked as required; a path without it is another path ("Parameter Object")."""
    for pointer, parameter in context.index.nodes["parameter"]:
        if parameter.get("in") == "path" and parameter.get("required") in (None, False):
            parameter["required"] = True
            yield Repair(context.document.origin(pointer), f"the path parameter `{parameter.get('name')}` is required")
