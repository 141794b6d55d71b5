"""The rule `missing-response-description`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.normalize.registry import Context, Repair, rule


@rule("missing-response-description", level="note")
def describe_with_nothing(context: Context) -> Iterator[Repair]:
    """A response has no description, which the specification requires ("Response Object"): an empty one does."""
    for pointer, response in context.index.nodes["response"]:
        if response.get("description") is None:
            response["description"] = ""
            yield Repair(context.document.origin(pointer), "a response without description got an empty one")
