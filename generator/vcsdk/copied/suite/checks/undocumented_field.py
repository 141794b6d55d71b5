"""A body has no field that the description does not know (`--undocumented-fields ignore` switches this off)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ..answers import Answer
from ..check import Check, Finding
from ..contract import Contract
from ..streams import is_stream, item_schema, texts

CHECK = Check("undocumented-field", __doc__, ("undocumented-field",), severity="content")


def hold(answer: Answer, contract: Contract) -> None:
    """The body fits its schema also where that is closed to further fields."""
    media = contract.description.media(answer.operation, answer)
    if not contract.closed or media is None:
        return
    values: Sequence[str | bytes]
    if is_stream(answer.content_type):
        schema = item_schema(answer.content_type, media, contract.description.at)
        values = texts(answer.content_type, answer.content) if schema is not None else []
    elif "json" in answer.content_type and "schema" in media:
        schema, values = media["schema"], [answer.content]
    else:
        return
    departures = [
        departure
        for value in values
        for departure in contract.description.departures(schema, json.loads(value), closed=True)
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
