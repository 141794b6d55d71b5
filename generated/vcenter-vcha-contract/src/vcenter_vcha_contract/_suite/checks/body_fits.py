"""A JSON body fits its documented schema: types, required fields, formats, values of enumerations."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..answers import Answer
from ..check import Check, Finding
from ..contract import Contract
from ..description import Departure
from ..streams import is_stream, item_schema, texts

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
    if media is None:
        return
    if is_stream(answer.content_type):
        _hold_each(answer, contract, media)
        return
    if "json" not in answer.content_type or "schema" not in media:
        return
    try:
        value = json.loads(answer.content)
    except ValueError:
        raise Finding(CHECK, "the body is not JSON", answer, path="$", observed="not JSON") from None
    _told(contract.description.departures(media["schema"], value), answer, "body")


def _hold_each(answer: Answer, contract: Contract, media: Mapping[str, Any]) -> None:
    """Each value of a stream fits its schema, as far as it has come."""
    schema = item_schema(answer.content_type, media, contract.description.at)
    if schema is None:
        return
    for text in texts(answer.content_type, answer.content):
        try:
            value = json.loads(text)
        except ValueError:
            raise Finding(CHECK, "a value of the stream is not JSON", answer, path="$", observed="not JSON") from None
        _told(contract.description.departures(schema, value), answer, "value of the stream")


def _told(departures: list[Departure], answer: Answer, what: str) -> None:
    if departures:
        text = "; ".join(map(str, departures[:5]))
        first = departures[0]
        raise Finding(
            CHECK, f"the {what} departs from its schema: {text}", answer, path=first.path, observed=first.observed
        )
