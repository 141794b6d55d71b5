"""Which mutants are tried: drawn by a seed from what passed in a run without one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from vcsdk.contract.mutants import kinds
from vcsdk.contract.mutants.kinds import ANSWER_KINDS, HEADER_KINDS, KINDS, MEMBER_KINDS, Kind, Place
from vcsdk.contract.mutants.messages import Exchange

_DRAWS = 400
# What every client of HTTP sends, and the suite says nothing with.
_LONGEST = 40
_OWN = frozenset({"host", "user-agent", "accept-encoding", "connection", "content-length", "x-schemathesis-testcaseid"})

Scope = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A kind, and where it is at work: the requests of a scope, and of answers those with a status.

    `place` is where in the JSON; `name` a header, or a name of the query.
    """

    kind: Kind
    scope: Scope
    status: int = 0
    place: Place = ()
    name: str = ""

    @property
    def told(self) -> str:
        """`drop-member of GET /things/*: items.*.name (200)`."""
        method, sent, names = self.scope
        path = "/".join(map(_short, sent.split("/")))
        query = f"?{'&'.join(names)}" if names else ""
        where = ".".join(map(_short, self.place)) or _short(self.name)
        return f"{self.kind.id} of {method} {path}{query}" + (f": {where}" if where else "") + f" ({self.status})"


def _short(segment: str) -> str:
    """For people: a suite sends identifiers of thousands of characters, too."""
    return segment if len(segment) <= _LONGEST else f"{segment[: _LONGEST - 1]}…"


def choose(passed: Sequence[Exchange], number: int, seed: int) -> list[Mutant]:
    """So many different mutants, or as many as there are.

    First a kind is drawn, each as likely as the others; then a method with a path; then an exchange of it; then what in
    that is changed.  What has nothing of the kind is drawn again.
    """
    draw = random.Random(f"mutants {seed}")  # noqa: S311 - what is drawn is no secret
    paths: dict[tuple[str, str], list[Exchange]] = {}
    for exchange in passed:
        paths.setdefault(exchange.sent.scope[:2], []).append(exchange)
    keys = sorted(paths)
    found: dict[Mutant, None] = {}
    for _ in range(_DRAWS * number if keys else 0):
        if len(found) == number:
            break
        mutant = _drawn(draw, draw.choice(KINDS), draw.choice(paths[draw.choice(keys)]))
        if mutant is not None:
            found[mutant] = None
    return [*found]


def _drawn(draw: random.Random, kind: Kind, exchange: Exchange) -> Mutant | None:
    sent, given = exchange.sent, exchange.given
    scope = sent.scope
    if kind in MEMBER_KINDS:
        known = sorted({*kinds.places(given.value)})
        if not known:
            return None
        place = draw.choice(known)
        return Mutant(kind, scope, given.status, place) if MEMBER_KINDS[kind](given, place) is not None else None
    if kind in ANSWER_KINDS:
        return Mutant(kind, scope, given.status) if ANSWER_KINDS[kind](given) is not None else None
    if kind in HEADER_KINDS:
        names = kinds.header_names(given.headers)
        return Mutant(kind, scope, given.status, name=draw.choice(names)) if names else None
    if kind is kinds.IGNORE_HEADER:
        names = sorted({name for name, _ in sent.headers} - _OWN)
        return Mutant(kind, scope, given.status, name=draw.choice(names)) if names else None
    if kind is kinds.IGNORE_QUERY:
        names = sorted({name for name, _ in parse_qsl(sent.query, keep_blank_values=True)})
        return Mutant(kind, scope, given.status, name=draw.choice(names)) if names else None
    accepted = 200 <= given.status < 300
    fits = {
        kinds.IGNORE_BODY: bool(sent.body) and accepted,
        kinds.IGNORE_REQUEST: not sent.is_safe and accepted,
        kinds.REPEAT_REQUEST: not sent.is_safe and accepted,
        kinds.REPEAT_ANSWER: sent.method == "GET" and accepted,
        kinds.SWAP_ANSWERS: bool(given.body),
        kinds.DELAY_ANSWER: True,
    }
    return Mutant(kind, scope, given.status) if fits[kind] else None
