"""The rule `nullable-in-all-of`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.normalize.registry import Context, Repair, rule

_SAY_NO_TYPE = frozenset(
    ("nullable", "description", "title", "default", "example", "deprecated", "readOnly", "writeOnly")
)


@rule("nullable-in-all-of", level="note")
def say_it_of_the_whole(context: Context) -> Iterator[Repair]:
    """`nullable` stands in a part of `allOf` without a type, where it means nothing: it is said of the whole schema."""
    for pointer, schema in context.index.nodes["schema"]:
        parts = schema.get("allOf")
        if not isinstance(parts, list) or "nullable" in schema:
            continue
        for position, part in enumerate(parts):
            if isinstance(part, dict) and part.get("nullable") is True and _SAY_NO_TYPE.issuperset(part):
                schema["nullable"] = True
                place = context.document.origin(f"{pointer}/allOf/{position}/nullable")
                yield Repair(place, "the whole schema is nullable")
                break
