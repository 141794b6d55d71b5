"""The content types of a body or an answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.diff.changes import Added, Pair, Removed, Site
from generator.diff.compare.schemas import SchemaComparison
from generator.ir import ANY, Media, Type

Change = Added[Any] | Removed[Any] | Pair[Any]


def compare_media(
    site: Site, old: tuple[Media, ...], new: tuple[Media, ...], schemas: SchemaComparison
) -> Iterator[Change]:
    """Content types by name, parameters such as `charset` left out; equal schemas of several are told once."""
    before, after = {essence(m): m for m in old}, {essence(m): m for m in new}
    if before and after:
        yield from (Removed(site.at(m.origin, None), m) for name, m in before.items() if name not in after)
        yield from (Added(site.at(None, m.origin), m) for name, m in after.items() if name not in before)
    told: set[tuple[Type, Type]] = set()
    for name, media in after.items():
        if name in before:
            types = (before[name].type or ANY, media.type or ANY)
            if types not in told:
                told.add(types)
                yield from schemas.changes(site.at(before[name].origin, media.origin), *types)


def essence(media: Media) -> str:
    """The content type without parameters, in lower case (RFC 9110 8.3.1)."""
    return media.content_type.partition(";")[0].strip().lower()
