"""A body has no field that the description does not know (`--undocumented-fields ignore` switches this off)."""

from __future__ import annotations

import json

from ..answers import Answer
from ..check import Check, Finding
from ..contract import Contract

CHECK = Check("undocumented-field", __doc__, ("undocumented-field",), severity="content")


def hold(answer: Answer, contract: Contract) -> None:
    """The body fits its schema also where that is closed to further fields."""
    media = contract.description.media(answer.operation, answer)
    if not contract.closed or media is None or "json" not in answer.content_type or "schema" not in media:
        return
    departures = contract.description.departures(media["schema"], json.loads(answer.content), closed=True)
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
