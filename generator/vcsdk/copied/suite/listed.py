"""What the lists of a target show, as paths for the operations that read it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from .lives import at, text_of
from .operations import Operation
from .sources import PARAMETER, Source
from .target import Target

_OF_EACH = 2


@dataclass(frozen=True)
class Place:
    """Where something is that a list shows: its path below the prefix, that of the list, and its identifier there."""

    path: str
    above: str
    identifier: str


def places(target: Target, operation: Operation, sources: tuple[Source, ...], most: int) -> list[Place]:
    """At most so many that an operation's path may name; what its parameters do not take is none of them."""
    segments = operation.path.split("/")[1:]
    return [*itertools.islice(_places(target, operation, segments, sources, Place("", "", "")), most)]


def shown(target: Target, source: Source, path: str) -> list[str]:
    """The identifiers that a list shows now, those left out that have a slash: servers do not agree on such paths.

    Nothing where it is not answered as documented; that is what other tests find.
    """
    listing = target.run.catalogue.named(source.operation)
    end = "/" if listing is not None and listing.path.endswith("/") else ""
    answer = target.send("GET", f"{path}{end}")
    if not 200 <= answer.status < 300 or "json" not in answer.content_type:
        return []
    items = at(answer.result, source.items)
    key = (source.key,) if source.key else ()
    found = [text_of(at(item, key)) for item in items] if isinstance(items, list) else []
    return [text for text in found if text and "/" not in text]


def _places(
    target: Target, operation: Operation, segments: list[str], sources: tuple[Source, ...], place: Place
) -> Iterator[Place]:
    path = place.path
    for number, segment in enumerate(segments):
        parameter = re.search(PARAMETER, segment)
        if parameter is None:
            path += f"/{segment}"
            continue
        for identifier in _some(target, sources[0], path):
            if not target.run.description.takes(operation, parameter[1], identifier):
                continue
            filled = segment.replace(parameter[0], quote(identifier, safe=""))
            below = Place(f"{path}/{filled}", path, identifier)
            yield from _places(target, operation, segments[number + 1 :], sources[1:], below)
        return
    yield Place(path, place.above, place.identifier)


def _some(target: Target, source: Source, path: str) -> list[str]:
    """A few of them, asked for once in a run."""
    known = target.run.shown
    if path not in known:
        known[path] = shown(target, source, path)[:_OF_EACH]
    return known[path]
