"""What was there before the run set something that it has not made, so that it can be set back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2

from . import paths, putting_back
from .gate import NotExercised, RequestRefused
from .operations import Effect, Operation
from .putting_back import ABSENT, SEEN, UNSEEN, Record
from .reading import read_json
from .target import Target
from .untested import Untested
from .unwritable import is_json

_METHODS = ("PUT", "PATCH")
_GONE = (404, 410)


@dataclass
class Kept:
    """Reads what a PUT or PATCH that is a write would set before it leaves, and sets it back.

    What the run has made itself is removed, not set back.  A request that a correct server accepts is not sent where
    what it sets could not be set back, unless it is named (`--allow`); one that must be refused is, for only a faulty
    server sets anything by it.  `let_end` waits for what was accepted and is not done yet.
    """

    target: Target
    let_end: Callable[[], object]

    def __post_init__(self) -> None:
        self._records: dict[str, Record] = {}
        self._is_putting_back = False
        self._left_alone: set[str] = set()

    def before(self, request: httpx2.Request, operation: Operation | None) -> Record | None:
        """What a request sets; None for nothing that has to be set back.

        Raises:
            NotExercised: It could not be set back.
            httpx2.TransportError: The target did not answer when it was asked what is there.
        """
        if self._is_putting_back or request.method not in _METHODS:
            return None
        if operation is None or operation.effect is not Effect.WRITE:
            return None
        place = request.url.raw_path.decode().partition("?")[0]
        if self._is_own(place):
            return None
        ordinary = self._is_ordinary(request, operation)
        record = self._records.get(paths.as_sent(place))
        if record is None or (ordinary and not record.touched):
            record = self._read(place, operation)
            self._records[paths.as_sent(place)] = record
        if ordinary and not self._is_safe(record, request, operation):
            raise NotExercised(f"what it sets could not be set back: pass --allow {operation.name}")
        return record

    def after(self, record: Record, request: httpx2.Request, response: httpx2.Response | None) -> None:
        """A request was answered, or not: remember what it may have set."""
        if response is not None and not response.is_success and response.status_code < 500:
            return
        record.touched, record.tried = True, False
        if response is not None and response.status_code == 201 and record.state == ABSENT:
            record.is_new = True
            self.target.run.gate.made.put(record.path)
        if response is not None and response.is_success:
            record.said = _value(request.content)

    def put_back_fresh(self) -> None:
        """Set back what was set since the last time; what cannot be is tried again, and named, at the end."""
        for record in [*self._records.values()]:
            if record.operation.name in self._left_alone:
                continue
            if record.touched and not record.tried and not self.target.run.shared.lost:
                record.tried = True
                self._put_back(record)

    @contextmanager
    def left_alone(self, operation: str) -> Iterator[None]:
        """Set nothing back of what an operation sets, while who is within does so."""
        self._left_alone.add(operation)
        try:
            yield
        finally:
            self._left_alone.discard(operation)

    def put_back_all(self) -> Iterator[str]:
        """Set back the rest; what is not as it was, as `path: why`, in order."""
        for record in [*self._records.values()]:
            if not record.touched:
                continue
            lost = self.target.run.shared.lost
            reason = "the target went away" if lost else self._put_back(record)
            if reason:
                yield self.target.run.secrets.mask(f"{record.path}: {reason}")

    def _put_back(self, record: Record) -> str:
        self._is_putting_back = True
        try:
            if self._is_own(record.path) or self.target.run.gate.made.at(record.path) is not None:
                reason = ""  # It is removed.
            else:
                reason = putting_back.put_back(self.target, record, self.let_end)
        except (httpx2.TransportError, AssertionError) as trouble:
            reason = f"no answer ({type(trouble).__name__})"
        except (RequestRefused, Untested) as refusal:
            reason = str(refusal)
        finally:
            self._is_putting_back = False
        if not reason:
            self._records.pop(paths.as_sent(record.path), None)
        return reason

    def _is_own(self, place: str) -> bool:
        """True for what the run has made, and what is a part of that."""
        steps = place.split("/")
        above = ("/".join(steps[:depth]) for depth in range(len(steps), 1, -1))
        return any((thing := self.target.run.gate.made.at(path)) is not None and thing.own for path in above)

    def _read(self, place: str, operation: Operation) -> Record:
        undo = self.target.run.catalogue.undo(operation.name)
        record = Record(place, operation, undo, UNSEEN)
        reader = self.target.run.catalogue.named(undo.read)
        if reader is None:
            return record
        try:
            shown = putting_back.send(self.target, reader, place)
        except RequestRefused:
            return record
        record.status = shown.status
        if shown.status in _GONE:
            record.state = ABSENT
        elif shown.status == 200:
            record.state, record.shown = SEEN, shown
        return record

    def _is_safe(self, record: Record, request: httpx2.Request, operation: Operation) -> bool:
        run = self.target.run
        if run.gate.policy.allowed & {operation.name, operation.operation_id} or record.state == ABSENT:
            return True
        if record.state == UNSEEN:
            # An identifier that nobody has is also refused for its form, or before anybody looks for it.
            return record.undo.made_up and (not record.undo.read or 400 <= record.status < 500)
        return putting_back.is_possible(run.description, record, _value(request.content))

    def _is_ordinary(self, request: httpx2.Request, operation: Operation) -> bool:
        """Whether a correct server may accept it: it fits, and says who sends it."""
        description = self.target.run.description
        below = request.url.raw_path.decode().removeprefix(self.target.run.catalogue.prefix)
        own = self.target.credentials_for(request.method, below)
        carried = {*request.url.params.multi_items()} >= {*own.query}
        if not carried or any(request.headers.get(name) != value for name, value in own.fields.items()):
            return False
        types = description.request_types(operation)
        written = request.headers.get("content-type", "")
        media_type = written.partition(";")[0].strip().lower()
        if not request.content:
            return not any(types.values())
        if media_type not in types or not is_json(media_type):
            # Many servers read whatever they are sent as what they know.
            return True
        try:
            body = json.loads(request.content)
        except ValueError:
            return False
        return description.is_request(operation, media_type, body)


def _value(content: bytes) -> Any:
    try:
        return read_json(content)
    except ValueError:
        return None
