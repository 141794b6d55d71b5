"""Whether a mutant matters: what a client was given differs from what it would have been in something that is promised.

That is the status, whether the answer fits the description, a header that it documents, or a value that another answer
of the run contradicts.
"""

from __future__ import annotations

import enum
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from vcsdk.contract.mutants.messages import Exchange, Given, Sent
from vcsdk.copied.suite import paths
from vcsdk.copied.suite.answers import Answer
from vcsdk.copied.suite.checks.content_documented import WITHOUT_CONTENT
from vcsdk.copied.suite.description import Description
from vcsdk.copied.suite.operations import Catalogue, Operation

_SHORTEST = 6
"""Characters of a text that tells one thing from another; shorter ones many things have."""


class Difference(enum.StrEnum):
    """In what a mutated exchange differs."""

    STATUS = "status"
    VALIDITY = "validity by the schema"
    HEADER = "a documented header"
    CONTRADICTION = "a value that another answer contradicts"


class Judge:
    """Knows the description of the API, which the layer does not; `clean` is the run without a mutant.

    `again` is a second one: what two runs without a mutant are answered differently, as who waits is, tells nothing.
    """

    def __init__(
        self,
        description: Description,
        catalogue: Catalogue,
        clean: Sequence[Exchange],
        again: Sequence[Exchange] | None = None,
    ) -> None:
        self._description = description
        self._catalogue = catalogue
        self._clean = _by_key(clean)
        other = self._clean if again is None else _by_key(again)
        self._moving = {
            key
            for key in {*self._clean, *other}
            if [given.status for given in self._clean[key]] != [given.status for given in other[key]]
        }

    def difference(self, passed: Sequence[Exchange]) -> Difference | None:
        """The first difference that a mutant made in a run; None if it made none that matters."""
        counts: dict[Any, int] = defaultdict(int)
        state = False
        for exchange in passed:
            key = _key(exchange.sent)
            number, counts[key] = counts[key], counts[key] + 1
            known = self._clean[key][number] if number < len(self._clean[key]) else None
            # What did not reach the server shows in later answers too, which nothing has touched; what is refused
            # as it was before has changed nothing.
            refused = known is not None and known.status == exchange.given.status >= 400
            state = state or (exchange.touched and exchange.clean is None and not refused)
            if key in self._moving and (not exchange.touched or exchange.clean is None):
                continue
            clean = exchange.clean if exchange.touched and exchange.clean is not None else known if state else None
            if clean is None:
                continue
            if clean.status != exchange.given.status:
                return Difference.STATUS
            if exchange.touched and (found := self._of_the_description(exchange.sent, clean, exchange.given)):
                return found
        return Difference.CONTRADICTION if contradicted(passed) else None

    def _of_the_description(self, sent: Sent, clean: Given, given: Given) -> Difference | None:
        operation = self._catalogue.match(sent.method, paths.as_sent(sent.path), sent.query)
        response = self._description.response(operation, clean.status) if operation is not None else None
        if operation is None or response is None or sent.method == "HEAD":
            return None
        if self._fits(operation, sent, clean) and not self._fits(operation, sent, given):
            return Difference.VALIDITY
        documented = {str(name).lower() for name in response.get("headers", {})}
        if any(clean.header(name) != given.header(name) for name in documented):
            return Difference.HEADER
        return None

    def _fits(self, operation: Operation, sent: Sent, given: Given) -> bool:
        answer = Answer(sent.method, sent.path, given.status, dict(given.headers), given.body, operation)
        response = self._description.response(operation, given.status)
        if response is None:
            return False
        if given.status in WITHOUT_CONTENT or not response.get("content"):
            return not given.body or given.status not in WITHOUT_CONTENT
        media = self._description.media(operation, answer)
        if media is None:
            return False
        if "json" not in answer.content_type or "schema" not in media:
            return True
        try:
            value = json.loads(given.body)
        except ValueError:
            return False
        return not self._description.departures(media["schema"], value, closed=True)


def _by_key(run: Sequence[Exchange]) -> dict[Any, list[Given]]:
    found: dict[Any, list[Given]] = defaultdict(list)
    for exchange in run:
        found[_key(exchange.sent)].append(exchange.given)
    return found


def _key(sent: Sent) -> Any:
    return sent.scope


def contradicted(passed: Sequence[Exchange]) -> bool:
    """True if a value that a mutant changed is told otherwise by another answer, before anything was changed again."""
    epoch = 0
    told: dict[tuple[int, str, str], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    changed: list[tuple[int, tuple[int, str, str], str]] = []
    for number, exchange in enumerate(passed):
        success = 200 <= exchange.given.status < 300
        if success and not exchange.sent.is_safe:
            epoch += 1
        if not success:
            continue
        facts = set(_facts(exchange.sent, exchange.given))
        right = set(_facts(exchange.sent, exchange.clean)) if exchange.clean is not None else set()
        for thing, member, value in facts:
            told[epoch, thing, member][value].add(number)
            if exchange.touched and (thing, member, value) not in right:
                changed.append((number, (epoch, thing, member), value))
    return any(
        numbers - {number} for number, fact, value in changed for other, numbers in told[fact].items() if other != value
    )


def _facts(sent: Sent, given: Given) -> Iterator[tuple[str, str, str]]:
    """What an answer says of each thing in it: which thing, which member, and its value."""
    value = given.value
    yield from _of(value, sent.path)
    name = sent.path.rstrip("/").rpartition("/")[2]
    if isinstance(value, dict):
        yield from _of(value, name)
    for thing in _objects(value):
        for identifier in _identifiers(thing):
            yield from _of(thing, identifier)


def _of(thing: Any, called: str) -> Iterator[tuple[str, str, str]]:
    for member, value in thing.items() if isinstance(thing, dict) else ():
        if isinstance(value, (str, int, float, bool)) or value is None:
            yield called, member, repr(value)


def _identifiers(thing: dict[str, Any]) -> Iterator[str]:
    for value in thing.values():
        if isinstance(value, str) and len(value) >= _SHORTEST and ":" not in value and any(map(str.isdigit, value)):
            yield value


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _objects(item)
