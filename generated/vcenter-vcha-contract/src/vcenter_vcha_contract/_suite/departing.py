"""What is wrong with a body, one finding a place."""

from __future__ import annotations

from collections.abc import Sequence

from .answers import Answer
from .check import Check, Finding
from .description import Departure


def of_departures(
    check: Check, what: str, answer: Answer, departures: Sequence[Departure], most: int = 20
) -> list[Finding]:
    """A finding for each place of a body where it departs, and for each way in which it does."""
    places = {(departure.path, departure.observed): departure for departure in reversed(departures)}
    return [
        Finding(
            check,
            f"{what}: {departure}",
            answer,
            path=departure.path,
            observed=departure.observed,
            short=departure.message if departure.path == "$" else f"{departure.message} (at {departure.path})",
        )
        for departure in [*reversed(places.values())][:most]
    ]
