"""What a caller gets: answers by status, their headers and content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from msgspec.structs import replace as replace_status

from vcsdk.diff.changes import Added, Change, Pair, Removed, StatusRange
from vcsdk.diff.compare.media import compare_content_types, compare_media, essence
from vcsdk.diff.compare.resolve import resolve
from vcsdk.diff.compare.schemas import SchemaComparison
from vcsdk.diff.scale import Direction
from vcsdk.diff.site import Part, Position, Site
from vcsdk.ir import Media, Operation, Ref, Response, Type


@dataclass(slots=True)
class ErrorSchemas:
    """The schemas of error answers, which hundreds of operations share: compared once for all of them."""

    _pairs: dict[tuple[Type, Type], tuple[Media, Media]] = field(default_factory=dict)

    def add(self, old: Response, new: Response) -> None:
        """Keep what two error answers hold in the content types that both have."""
        before = {essence(media): media for media in old.content}
        for media in new.content:
            other = before.get(essence(media))
            if other is not None and other.type is not None and media.type is not None:
                self._pairs.setdefault((other.type, media.type), (other, media))

    def changes(self, schemas: SchemaComparison) -> Iterator[Change]:
        """The changes of every pair, at the place where it was first met; each schema below is told once."""
        told: set[tuple[object, ...]] = set()
        for types, (old, new) in self._pairs.items():
            name = resolve(types[1], schemas.new).name or "inline"
            origins = (old.origin, new.origin)
            if isinstance(types[1], Ref) and isinstance(types[0], Ref):
                origins = (schemas.old[types[0].key].origin, schemas.new[types[1].key].origin)
            position = Position(Part.ERROR)
            site = Site(schema=name, position=position, direction=Direction.ERROR, old=origins[0], new=origins[1])
            for change in schemas.changes(site, *types):
                key = (type(change), change.site.old, change.site.new, _sides(change))
                if key not in told:
                    told.add(key)
                    yield change


def _sides(change: Change) -> str:
    return f"{getattr(change, 'old', None)!r} {getattr(change, 'new', None)!r}"


def compare_responses(
    site: Site, old: Operation, new: Operation, schemas: SchemaComparison, errors: ErrorSchemas
) -> Iterator[Change]:
    """Answers by status; the only successful answer of each side is the same one, also under another status."""
    before, after = {r.status: r for r in old.responses}, {r.status: r for r in new.responses}
    spread = _spread(before, after)
    if spread is not None:
        was, now = spread
        here = _site(site, now.status).at(was.origin, now.origin)
        yield Pair(here, StatusRange(was.status), StatusRange(now.status))
        # One status of a range is the range's answer.
        before[now.status] = replace_status(before.pop(was.status), status=now.status)
    for status in dict.fromkeys((*before, *after)):
        one, other = before.get(status), after.get(status)
        here = _site(site, status)
        if one is not None and other is not None:
            here = here.at(one.origin, other.origin)
            yield Pair(here, one, other)
            yield from _headers(here, one, other, schemas)
            if here.direction is Direction.ERROR:
                yield from compare_content_types(here, one.content, other.content)
                errors.add(one, other)
            else:
                yield from compare_media(here, one.content, other.content, schemas)
        elif one is not None:
            yield Removed(here.at(one.origin, None), one)
        elif other is not None:
            yield Added(here.at(None, other.origin), other)
    moved = _moved(before, after)
    if moved is not None:
        one, other = moved
        yield from compare_media(
            _site(site, other.status).at(one.origin, other.origin), one.content, other.content, schemas
        )


def _spread(before: dict[str, Response], after: dict[str, Response]) -> tuple[Response, Response] | None:
    """The only successful answers where one has a range and the other a status in it."""
    moved = _moved(before, after)
    if moved is None or sorted(response.status.endswith("XX") for response in moved) != [False, True]:
        return None
    return moved


def _moved(before: dict[str, Response], after: dict[str, Response]) -> tuple[Response, Response] | None:
    """The successful answers of both sides where each has one and the statuses differ."""
    gone = [response for status, response in before.items() if status.startswith("2")]
    come = [response for status, response in after.items() if status.startswith("2")]
    if len(gone) == len(come) == 1 and gone[0].status != come[0].status:
        return gone[0], come[0]
    return None


def _site(site: Site, status: str) -> Site:
    direction = Direction.RESPONSE if status[0] in "123" else Direction.ERROR
    return replace(site, position=Position(Part.RESPONSE, status=status), direction=direction)


def _headers(site: Site, old: Response, new: Response, schemas: SchemaComparison) -> Iterator[Change]:
    before = {header.wire_name.lower(): header for header in old.headers}
    after = {header.wire_name.lower(): header for header in new.headers}
    for name in dict.fromkeys((*before, *after)):
        here = replace(site, position=Position(Part.HEADER, name, status=new.status))
        if name not in after:
            yield Removed(here, before[name])
        elif name not in before:
            yield Added(here, after[name])
        else:
            yield Pair(here, before[name], after[name])
            yield from schemas.changes(here, before[name].type, after[name].type)
