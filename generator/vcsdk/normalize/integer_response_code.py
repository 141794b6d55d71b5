"""The rule `integer-response-code`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.load.keys import UnquotedKey
from vcsdk.load.pointer import join
from vcsdk.normalize.registry import Context, Repair, rule


@rule("integer-response-code", level="note")
def write_the_status_as_text(context: Context) -> Iterator[Repair]:
    """A response is keyed by a number (`200:`); the specification asks for text (`"200":`, "Responses Object")."""
    for pointer, operation in context.index.nodes["operation"]:
        responses = operation.get("responses")
        if not isinstance(responses, dict) or not any(isinstance(key, UnquotedKey) for key in responses):
            continue
        for key in responses:
            if isinstance(key, UnquotedKey):
                origin = context.document.origin(join(pointer, "responses", key))
                yield Repair(origin, f"the status {key} is written as a number; took it as text")
        operation["responses"] = {str(key): response for key, response in responses.items()}
