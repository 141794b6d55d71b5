"""A JSON body fits its documented schema: types, required fields, formats, values of enumerations."""

from __future__ import annotations

import json

from ..answers import Answer
from ..check import Check, Finding
from ..contract import Contract

CHECK = Check(
    "body-fits",
    __doc__,
    (
        "missing-required-field",
        "null-in-required",
        "null-array",
        "number-as-text",
        "enumeration-in-lower-case",
        "time-not-rfc3339",
        "empty-body",
        "answers-in-latin-1",
        "task-status-unknown",
    ),
    severity="content",
)


def hold(answer: Answer, contract: Contract) -> None:
    """The body has no departure from the schema of its content type."""
    media = contract.description.media(answer.operation, answer)
    if media is None or "json" not in answer.content_type or "schema" not in media:
        return
    try:
        value = json.loads(answer.content)
    except ValueError:
        raise Finding(CHECK, "the body is not JSON", answer, path="$", observed="not JSON") from None
    departures = contract.description.departures(media["schema"], value)
    if departures:
        text = "; ".join(map(str, departures[:5]))
        first = departures[0]
        raise Finding(
            CHECK, f"the body departs from its schema: {text}", answer, path=first.path, observed=first.observed
        )
