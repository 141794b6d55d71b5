"""The rule `status-in-lower-case`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vcsdk.load.pointer import join
from vcsdk.normalize.registry import Context, Repair, rule

_RANGE = re.compile(r"[1-5]xx|default", re.IGNORECASE)


@rule("status-in-lower-case", level="note")
def write_the_range_in_capitals(context: Context) -> Iterator[Repair]:
    """A range of statuses is written `4xx`, or `Default` stands for `default` ("Responses Object")."""
    for pointer, operation in context.index.nodes["operation"]:
        responses = operation.get("responses")
        if not isinstance(responses, dict):
            continue
        for key in list(responses):
            right = key.lower() if key.lower() == "default" else key.upper()
            if _RANGE.fullmatch(key) and key != right and right not in responses:
                old, new = join(pointer, "responses", key), join(pointer, "responses", right)
                yield Repair(context.document.origin(old), f"the status `{key}` is written `{right}`")
                context.document.moved(new, old)
                operation["responses"] = responses = {right if k == key else k: v for k, v in responses.items()}
