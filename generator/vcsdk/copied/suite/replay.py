"""Makes results again from the events that a run wrote as it went."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TextIO

from . import private
from .known import Known
from .results import VERSION, Results

SPOILT: tuple[type[Exception], ...] = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What comes of events in which something else stands than a run writes."""


def replay(lines: Iterable[str], mask: Callable[[str], str] = str, events: TextIO | None = None) -> Results:
    """The results that the events of a run (one JSON object a line) add up to, also if the run died.

    Args:
        lines: The events.
        mask: What the target or a test has said goes through it once more.
        events: Takes the same events, masked.

    Raises:
        ValueError: A line but the last is not one of the events, or the first does not begin a run.
    """
    results: Results | None = None
    pending = ""
    for number, line in enumerate(filter(str.strip, lines), 1):
        if pending:
            raise ValueError(pending)
        try:
            event = json.loads(line)
            kind = event.pop("event")
            results = _begun(event, mask, events) if kind == "run" else _replay_one(results, kind, event)
        except SPOILT as error:
            # A run that dies may leave half a line; only the last one can be it.
            pending = f"line {number}: {type(error).__name__}: {error}"
    if results is None:
        raise ValueError(pending or "there are no events")
    return results


def results_of(lines: Iterable[str]) -> dict[str, Any]:
    """What the events of a run add up to, as `results.json` has it.

    Raises:
        ValueError: They are not those of a run, or what they say makes no sense.
    """
    try:
        return replay(lines).as_dict()
    except ValueError:
        raise
    except SPOILT as error:
        raise ValueError(f"they are not those of a run: {type(error).__name__}") from None


def masked_again(path: Path, mask: Callable[[str], str]) -> None:
    """Write the events of a run once more with all masked that the run has learnt meanwhile; a half line is dropped.

    Raises:
        ValueError: They are not the events of a run.
        OSError: They cannot be read or written.
    """
    fresh = path.with_name(path.name + ".new")
    with path.open(encoding="utf-8") as lines, private.opened_for_text(fresh) as events:
        replay(lines, mask, events)
    fresh.replace(path)


def _begun(event: dict[str, Any], mask: Callable[[str], str], events: TextIO | None) -> Results:
    if event["version"] != VERSION:
        raise ValueError(f"version {event['version']} is not {VERSION}")
    known = {
        row["fingerprint"]: Known(
            row["fingerprint"],
            row["reason"],
            row["owner"],
            datetime.date.fromisoformat(row["expires"]),
            row["operation"],
        )
        for row in event["known"]
    }
    results = Results(
        event["target"],
        event["operations"],
        event["options"],
        known,
        event["started"],
        strict=event["strict"],
        mask=mask,
        events=events,
    )
    results.begin()
    return results


def _replay_one(results: Results | None, kind: str, event: dict[str, Any]) -> Results:
    if results is None:
        raise ValueError("the first event does not begin a run")
    match kind:
        case "target":
            results.learn(event)
        case "shard":
            results.narrow(event["operations"])
        case "start":
            results.start(event["test"])
        case "test":
            results.total = event["total"]
            results.add(event)
        case "end":
            results.verdict, results.trouble = event["verdict"], event["trouble"]
            results.left, results.notes = event.get("left", []), event.get("notes", [])
            results.end(event["seconds"], complete=event["complete"])
        case _:
            raise ValueError(f"there is no event {kind!r}")
    return results
