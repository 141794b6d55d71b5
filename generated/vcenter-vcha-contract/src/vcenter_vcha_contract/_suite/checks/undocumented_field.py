"""A body has no field that the description does not know (`--undocumented-fields ignore` switches this off)."""

from __future__ import annotations

import json

from ..answers import Answer
from ..check import Check, Finding
from ..contract import Contract
from ..streams import values_in

CHECK = Check("undocumented-field", __doc__, ("undocumented-field",), severity="content")


def hold(answer: Answer, contract: Contract) -> None:
    """The body fits its schema also where that is closed to further fields."""
    if answer.method == "HEAD":
        return
    media = contract.description.media(answer.operation, answer)
    found = values_in(answer.content_type, answer.content, media or {}, contract.description.at)
    if not contract.closed or found is None:
        return
    schema, texts = found
    departures = [
        departure
        for text in texts
        for departure in contract.description.departures(schema, json.loads(text), closed=True)
    ]
    if departures:
        text = "; ".join(map(str, departures[:5]))
        first = departures[0]
        raise Finding(
            CHECK,
            f"the body has fields that are not documented: {text}",
            answer,
            path=first.path,
            observed=first.observed,
        )
