"""The rule `dangling-request-body`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vcsdk.load.pointer import escape, from_fragment, unescape
from vcsdk.normalize.registry import Context, Repair, rule

_PREFIX = "/components/requestBodies/"


@rule("dangling-request-body", level="warning")
def point_at_schema_of_the_same_name(context: Context) -> Iterator[Repair]:
    """A request body refers to `#/components/requestBodies/X` where only the schema `X` exists: a JSON body of it.

    VMware's 7.0.3 files do so in 211 operations.
    """
    components = context.document.data.get("components")
    components = components if isinstance(components, dict) else {}
    bodies, schemas = _section(components, "requestBodies"), _section(components, "schemas")
    for reference in context.index.references:
        pointer = from_fragment(reference.target[1:]) if reference.target.startswith("#") else ""
        name = unescape(pointer[len(_PREFIX) :])
        if reference.kind != "request_body" or not pointer.startswith(_PREFIX) or name in bodies:
            continue
        if name not in schemas:
            continue
        target = f"#/components/schemas/{escape(name)}"
        reference.node.clear()
        reference.node["content"] = {"application/json": {"schema": {"$ref": target}}}
        reference.node["required"] = True
        origin = context.document.origin(reference.pointer)
        yield Repair(origin, f"there is no request body `{name}`; took the schema of this name")


def _section(components: dict[str, Any], name: str) -> dict[str, Any]:
    section = components.get(name)
    return section if isinstance(section, dict) else {}
