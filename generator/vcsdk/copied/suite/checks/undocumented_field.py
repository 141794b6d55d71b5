"""A body has no field that the description does not know (`--undocumented-fields ignore` switches this off)."""

from __future__ import annotations

from .. import newer
from ..answers import Answer
from ..check import Check, first_of
from ..contract import Contract
from ..departing import of_departures
from ..reading import read_json
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
        for departure in contract.description.departures(schema, read_json(text), closed=True)
    ]
    departures = newer.but_for_it(answer, contract.catalogue, departures)
    if departures:
        raise first_of(of_departures(CHECK, "the body has a field that is not documented", answer, departures))
