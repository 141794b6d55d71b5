"""The rule `missing-responses`."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from vcsdk.normalize.registry import Context, Repair, rule


@rule("missing-responses", level="warning")
def let_it_answer_anything(context: Context) -> Iterator[Repair]:
    """An operation says nothing of its answers, which OpenAPI 3.0 requires ("Operation Object"): none is described.

    A field that is spelled nearly so is left to the checks.
    """
    misspelt = {pointer for pointer, key, _ in context.index.unknown if get_close_matches(key, ["responses"])}
    for pointer, operation in context.index.nodes["operation"]:
        if "responses" not in operation and pointer not in misspelt and not context.document.is_31:
            origin = context.document.origin(pointer)
            operation["responses"] = {"default": {"description": ""}}
            context.document.added(f"{pointer}/responses", origin)
            yield Repair(origin, "an operation without `responses` may answer anything")
