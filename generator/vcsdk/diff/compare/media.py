"""The content types of a body or an answer."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.diff.changes import Added, Change, Removed
from vcsdk.diff.compare.schemas import SchemaComparison
from vcsdk.diff.site import Site
from vcsdk.ir import ANY, Kind, Media, Scalar, Type
from vcsdk.ir.media import is_form, is_json

_FILES = (ANY, Scalar(Kind.BINARY), Scalar(Kind.BINARY, "binary"))


def compare_media(
    site: Site, old: tuple[Media, ...], new: tuple[Media, ...], schemas: SchemaComparison
) -> Iterator[Change]:
    """Content types, and the schema of each that both sides have; equal schemas of several are told once."""
    yield from compare_content_types(site, old, new)
    before = {essence(media): media for media in old}
    told: set[tuple[Type, Type]] = set()
    for media in new:
        other = before.get(essence(media))
        if other is None:
            continue
        types = (other.type or ANY, media.type or ANY)
        if is_bytes(media.content_type) and all(type_ in _FILES for type_ in types):
            # 3.0 says `format: binary`, 3.1 says nothing.
            continue
        if types not in told:
            told.add(types)
            yield from schemas.changes(site.at(other.origin, media.origin), *types)


def is_bytes(content_type: str) -> bool:
    """Whether what travels in a content type is neither JSON nor text nor a form, and so bytes."""
    name = content_type.partition(";")[0].strip().lower()
    return not (is_json(name) or is_form(name) or name.startswith("text/") or name.endswith("xml") or "*" in name)


def compare_content_types(site: Site, old: tuple[Media, ...], new: tuple[Media, ...]) -> Iterator[Change]:
    """Content types by name, parameters such as `charset` left out.  Whether there is content at all is not told."""
    before, after = {essence(m): m for m in old}, {essence(m): m for m in new}
    if before and after:
        yield from (Removed(site.at(m.origin, None), m) for name, m in before.items() if name not in after)
        yield from (Added(site.at(None, m.origin), m) for name, m in after.items() if name not in before)


def essence(media: Media) -> str:
    """The content type without parameters, in lower case (RFC 9110 8.3.1)."""
    return media.content_type.partition(";")[0].strip().lower()
