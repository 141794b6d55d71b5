"""The rule `parameter-without-form`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.normalize.registry import Context, Repair, rule


@rule("parameter-without-form", level="warning")
def give_it_one(context: Context) -> Iterator[Repair]:
    """A parameter says in no way, or in several, how it is written ("Parameter Object"): one counts.

    Without `schema` and `content`, or with an empty `content` alone, it may be anything; with both, or with several
    content types, the schema counts, or the first content type.
    """
    for kind in ("parameter", "header"):
        for pointer, node in context.index.nodes[kind]:
            origin, content = context.document.origin(pointer), node.get("content")
            if "schema" not in node and content in (None, {}):
                said = "without `schema`" if "content" not in node else "with an empty `content`"
                node.pop("content", None)
                node["schema"] = {}
                context.document.added(f"{pointer}/schema", origin)
                yield Repair(origin, f"a {kind} {said} may be anything")
            elif "schema" in node and "content" in node:
                del node["content"]
                yield Repair(origin, f"a {kind} has `schema` and `content`; the schema counts")
            elif isinstance(content, dict) and len(content) > 1:
                first = next(iter(content))
                node["content"] = {first: content[first]}
                yield Repair(origin, f"a {kind} has several content types; `{first}` counts")
