"""What a run has made on the target, so that it can remove it: that, and nothing that it cannot show to be its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx2

from . import paths
from .lives import Life, at, member_at, text_of
from .operations import Catalogue, Operation
from .reading import read_json

_ACCEPTED, _SEE_OTHER = 202, 303


@dataclass
class Thing:
    """Something that a create was answered for.

    `path` is where it is, as a request line has it; `sent` the body that made it. `is_new` says that the answer was
    201, so that it was not there before; `is_later`, that it was 202, so that it may come after a while; `own`, that it
    was seen to be what was sent; `tried`, that it could not be removed once.
    """

    life: Life
    path: str
    sent: Any
    is_new: bool
    own: bool = False
    tried: bool = False
    is_later: bool = False


class Made:
    """Notes each thing by its path; deleting one that is its own is a write like making it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._lives = {life.create: life for life in catalogue.lives}
        self._things: dict[str, Thing] = {}
        self._gone: set[str] = set()
        self._put: set[str] = set()
        self._repeated: set[str] = set()
        self._marks: dict[str, int] = {}

    def mark(self, key: str) -> str:
        """Another one each time for a key, and the same ones in every run."""
        self._marks[key] = self._marks.get(key, 0) + 1
        return f"{key} {self._marks[key]}"

    @property
    def things(self) -> list[Thing]:
        """What is there still, the last made first."""
        return [*reversed(self._things.values())]

    def note(self, operation: Operation | None, request: httpx2.Request, response: httpx2.Response) -> None:
        """A request was answered: remember what it made, forget what it removed."""
        path = _path(request.url)
        if request.method == "DELETE" and (response.is_success or response.status_code in (404, 410)):
            thing = self._things.pop(paths.as_sent(path), None)
            self._gone |= {paths.as_sent(path)} if thing is not None and thing.own else set()
        life = self._lives.get(operation.name) if operation is not None else None
        if life is None or not (response.is_success or response.status_code == _SEE_OTHER):
            return
        place = self.place(life, request, response)
        if response.status_code == _SEE_OTHER and (place is None or not self._is_read_at(life, place)):
            return
        if life.placed is not None and self.at(path) is not None:
            return  # It was there, and was changed.
        if place is not None:
            said, status = _json(request.content), response.status_code
            thing = Thing(life, place, said, is_new=status == 201, is_later=status == _ACCEPTED)
            self._repeated |= {paths.as_sent(place)} & self._things.keys()
            self._things.setdefault(paths.as_sent(place), thing)
            # An identifier that is given out again names something else.
            self._gone.discard(paths.as_sent(place))

    def may_make(self, operation: Operation) -> bool:
        """True for an operation that makes things."""
        return operation.name in self._lives

    def place(self, life: Life, request: httpx2.Request, response: httpx2.Response) -> str | None:
        """Where a thing is that was just made; None where the answer does not tell."""
        if life.placed is not None:
            return _path(request.url)
        is_shown = life.identifier is not None and response.is_success
        found = at(_json(response.content), life.identifier or ()) if is_shown else None
        identifier = text_of(found)
        if identifier is None:
            return location(request, response)
        reader = self._catalogue.named(life.read)
        return member_at(_path(request.url), reader.path if reader is not None else "", identifier)

    def put(self, path: str) -> None:
        """A PUT was answered that it made what is at a path, where there was nothing."""
        self._put.add(paths.as_sent(path))

    def _is_read_at(self, life: Life, place: str) -> bool:
        found = self._catalogue.match("GET", paths.as_sent(place))
        reader = self._catalogue.named(life.read)
        return found is not None and reader is not None and found.name == reader.name

    def at(self, path: str) -> Thing | None:
        """The thing at a path, None for one that the run did not make."""
        return self._things.get(paths.as_sent(path))

    def is_repeated(self, path: str) -> bool:
        """True if two creates were answered with this place, so that a thing there is none of its own."""
        return paths.as_sent(path) in self._repeated

    def confirm(self, path: str, shown: object, *, marked: bool) -> bool:
        """Whether a thing was made by the run, as a reading shows it: with the values that were sent, and new.

        `marked` says that among these is one that nobody else has made up.
        """
        thing = self.at(path)
        if (
            thing is not None
            and not self.is_repeated(path)
            and (marked or thing.is_new)
            and not thing.life.difference(thing.life.said(thing.sent), thing.life.values(shown))
        ):
            thing.own = True
        return thing is not None and thing.own

    def owns(self, request: httpx2.Request) -> bool:
        """True for a request that deletes what is the run's own, or was until it was deleted."""
        if request.method != "DELETE":
            return False
        path = _path(request.url)
        thing = self.at(path)
        return thing.own if thing is not None else paths.as_sent(path) in self._gone | self._put


def hung_kind(life: Life) -> str:
    """What things that come later are called where hopes of them are given up (`shared`)."""
    return f"made {life.name}"


def location(request: httpx2.Request, response: httpx2.Response) -> str | None:
    """The path that `Location` names on the same server; None for another, or none."""
    written = response.headers.get("location", "")
    parts = urlsplit(urljoin(str(request.url), written)) if written else None
    if parts is None or (parts.scheme, parts.netloc) != (request.url.scheme, request.url.netloc.decode()):
        return None
    return parts.path


def _path(url: httpx2.URL) -> str:
    return url.raw_path.decode().partition("?")[0]


def _json(content: bytes) -> Any:
    try:
        return read_json(content)
    except ValueError:
        return None
