"""A JSON body fits its documented schema: types, required fields, formats, values of enumerations."""

from __future__ import annotations

from .. import newer
from ..answers import Answer
from ..check import Check, Finding, first_of
from ..contract import Contract
from ..departing import of_departures
from ..reading import read_json
from ..streams import is_stream, values_in

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
    """The body, or each value of a stream as far as it has come, has no departure from its schema."""
    if answer.method == "HEAD":
        return
    media = contract.description.media(answer.operation, answer)
    found = values_in(answer.content_type, answer.content, media or {}, contract.description.at)
    if found is None:
        return
    schema, texts = found
    what = "a value of the stream" if is_stream(answer.content_type) else "the body"
    for text in texts:
        try:
            value = read_json(text)
        except ValueError:
            raise Finding(CHECK, f"{what} is not JSON", answer, path="$", observed="not JSON") from None
        departed = contract.description.departures(schema, value)
        if departures := newer.but_for_it(answer, contract.catalogue, departed):
            raise first_of(of_departures(CHECK, f"{what} departs from its schema", answer, departures))
