"""HTTP around a reading: its tag and date, 304 and 412, HEAD, OPTIONS, and 406 (RFC 9110, 9.3, 12.5.1 and 13).

All of it only where the description says so, as `ir.conditions` reads it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

from vcsdk.ir import Operation
from vcsdk.ir.conditions import DATE, ETAG, is_guarded, revalidated_by, validators
from vcsdk.ir.media import covers, essence
from vcsdk.simulator.call import Call
from vcsdk.simulator.errors import Refusal, Reply
from vcsdk.simulator.messages import Message
from vcsdk.simulator.routing import Target

Read = Callable[[Call, Target], Reply]
_KNOWN = 1000
_CONDITIONS = ("if-match", "if-none-match", "if-modified-since", "if-unmodified-since")


def without_conditions(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers of a request that asks for the whole answer whatever it has already."""
    return {name: value for name, value in headers.items() if name not in _CONDITIONS}


class Conditions:
    """Judges a request before it is carried out, and finishes its answer.

    Args:
        operations: All that is served.
        encoded: An answer's content as it travels.
        read: Serves a GET for whoever sent the call; raises `Refusal`.
        now: The time.
    """

    def __init__(
        self,
        operations: Sequence[Operation],
        encoded: Callable[[Reply], bytes],
        read: Read,
        now: Callable[[], datetime],
    ) -> None:
        self._methods: dict[str, set[str]] = {}
        self._readers: dict[str, Operation] = {}
        for operation in operations:
            self._methods.setdefault(operation.path, set()).add(operation.method)
            if operation.method == "GET" and not operation.fixed_query:
                self._readers.setdefault(operation.path, operation)
        self._encoded = encoded
        self._read = read
        self._now = now
        self._seen: dict[tuple[str, object], tuple[str, datetime]] = {}

    def clear(self) -> None:
        """Forget when anything was changed."""
        self._seen.clear()

    def require(self, call: Call) -> None:
        """Refuse what is not to be carried out.

        Raises:
            Refusal: 406, or 412.
        """
        operation = call.operation
        if operation is None:
            return
        if _documents(operation, "406") and not _accepts(call.headers.get("accept", ""), operation):
            raise Refusal(None, Message("api.not-acceptable"), status=406)
        reader = self._readers.get(operation.path)
        wanted = call.headers.get("if-match")
        if wanted is None or reader is None or operation is reader or not is_guarded(operation, reader):
            return
        if wanted.strip() != "*" and self._tag_at(call, call.target.path) not in _tags(wanted):
            raise Refusal(None, Message("api.condition"), status=412)

    def as_get(self, call: Call) -> Reply | None:
        """The answer to HEAD where it is documented beside GET with the same success; None for anything else."""
        operation = call.operation
        reader = self._readers.get(operation.path) if operation is not None and operation.method == "HEAD" else None
        if operation is None or reader is None or _success(operation) != _success(reader):
            return None
        return self._read(call, replace(call.target, method="GET"))

    def finished(self, call: Call, reply: Reply) -> Reply:
        """The answer with its tag, its date and the methods of its path; 304 for who has it already."""
        operation = call.operation
        if operation is None or not 200 <= reply.status < 300:
            return reply
        if operation.method == "OPTIONS":
            allowed = ", ".join(sorted(self._methods[operation.path]))
            return replace(reply, headers={**_without(reply, "allow"), "Allow": allowed})
        shown = validators(operation)
        if not shown:
            return reply
        tag, date = self._state(call, operation, reply)
        # Where a thing is that was made, a path of another form does not tell: what is made up stays.
        headers = _without(reply, *(name for name in shown if name != ETAG or tag))
        if ETAG in shown and tag:
            headers["ETag"] = tag
        if DATE in shown:
            headers["Last-Modified"] = format_datetime(date, usegmt=True)
        reply = replace(reply, headers=headers)
        if _has_it(call, operation, tag, date):
            return replace(reply, status=304, body=None, content_type=None)
        return reply

    def _state(self, call: Call, operation: Operation, reply: Reply) -> tuple[str, datetime]:
        path, query = call.target.path, call.target.query if operation.method in ("GET", "HEAD") else ()
        if operation.method in ("GET", "HEAD"):
            tag = self._tag(reply)
        else:
            tag = self._tag_at(call, next((v for k, v in reply.headers.items() if k.lower() == "location"), path))
        now = self._now().astimezone(UTC).replace(microsecond=0)
        before = self._seen.get((path, query))
        # As far as anybody has seen; two states never have the same date.
        date = now if before is None else before[1] if before[0] == tag else max(now, before[1] + timedelta(seconds=1))
        if len(self._seen) >= _KNOWN:
            del self._seen[next(iter(self._seen))]
        self._seen[path, query] = (tag, date)
        return tag, date

    def _tag(self, reply: Reply) -> str:
        return f'"{hashlib.sha256(self._encoded(reply)).hexdigest()[:16]}"'

    def _tag_at(self, call: Call, path: str) -> str:
        """The tag that a reading shows; "" where nothing can be read."""
        try:
            reply = self._read(call, Target("GET", path, ()))
        except Refusal:
            return ""
        return self._tag(reply) if 200 <= reply.status < 300 else ""


def _has_it(call: Call, operation: Operation, tag: str, date: datetime) -> bool:
    asked = revalidated_by(operation)
    tags, since = call.headers.get("if-none-match"), call.headers.get("if-modified-since")
    if tags is not None:
        # Whoever names a tag asks for nothing else (13.1.3); the comparison is the weak one (13.1.2).
        return ETAG in asked and (tags.strip() == "*" or tag in {each.removeprefix("W/") for each in _tags(tags)})
    if since is None or DATE not in asked:
        return False
    try:
        given = parsedate_to_datetime(since)
    except (ValueError, OverflowError, TypeError, IndexError):
        return False
    return date <= given.replace(tzinfo=given.tzinfo or UTC)


def _tags(field: str) -> set[str]:
    return {part.strip() for part in field.split(",") if part.strip()}


def _without(reply: Reply, *names: str) -> dict[str, str]:
    return {name: value for name, value in reply.headers.items() if name.lower() not in names}


def _success(operation: Operation) -> str:
    return operation.success.status if operation.success is not None else ""


def _documents(operation: Operation, status: str) -> bool:
    return any(response.status == status for response in operation.responses)


def _accepts(field: str, operation: Operation) -> bool:
    """Whether one of the success's content types is accepted; without any there is nothing to accept."""
    content = operation.success.content if operation.success is not None else ()
    ranges = [each for each in field.split(",") if each.strip() and not _is_refused(each)]
    if not content or not field.strip():
        return True
    return any(
        covers(essence(wanted), essence(media.content_type)) or covers(essence(media.content_type), essence(wanted))
        for wanted in ranges
        for media in content
    )


def _is_refused(part: str) -> bool:
    """True for `q=0` (12.4.2)."""
    weights = [each.strip()[2:] for each in part.split(";")[1:] if each.strip().lower().startswith("q=")]
    return any(not weight.strip("0.") for weight in weights)
