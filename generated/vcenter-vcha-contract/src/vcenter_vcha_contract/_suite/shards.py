"""A part of the suite: operations with all their tests, split the same way each time."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

_SCOPE = "scope.json"
_DIGITS = 9


@dataclasses.dataclass(frozen=True)
class Shard:
    """The `number`th of `of` parts, counted from 1."""

    number: int
    of: int

    @classmethod
    def parse(cls, text: str) -> Shard:
        """`K/N` as a shard.

        Raises:
            ValueError: It is none.
        """
        number, slash, of = text.partition("/")
        if not slash or not all(each.isascii() and each.isdecimal() and len(each) <= _DIGITS for each in (number, of)):
            raise ValueError("expected K/N, such as 2/4")
        made = cls(int(number), int(of))
        if not 1 <= made.number <= made.of:
            raise ValueError(f"K must be from 1 to N, and there is no part {number} of {of}")
        return made

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"


def split(tests: Iterable[tuple[str, Sequence[str]]], order: Sequence[str], parts: int) -> dict[str, int]:
    """The number of the part that each operation belongs to, so that the parts are about as large.

    Args:
        tests: Of each test the operation it is about ("" for none), and the destructive ones that it may call: they
            stay together with it, so that no two parts call the same one.
        order: The names of all operations.
        parts: How many there are.
    """
    leader = {name: name for name in ("", *order)}

    def leading(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    weights: Counter[str] = Counter()
    for about, called in tests:
        weights[about] += 1
        for name in called:
            first, second = sorted((leading(about), leading(name)), key=("", *order).index)
            leader[second] = first
    sizes: Counter[str] = Counter()
    for name in leader:
        sizes[leading(name)] += weights[name]
    place = {name: number for number, name in enumerate(leader)}
    # More parts than there are operations stay empty.
    loads = dict.fromkeys(range(1, min(parts, len(sizes)) + 1), 0)
    chosen: dict[str, int] = {}
    for name in sorted(sizes, key=lambda name: (-sizes[name], place[name])):
        chosen[name] = min(loads, key=lambda number: (loads[number], number))
        loads[chosen[name]] += sizes[name]
    return {name: chosen[leading(name)] for name in leader}


class Shards:
    """A pytest plugin that leaves the tests of one part.

    `subject` names the operation that a test is about, `called` the destructive ones it may call; `on_scope` hears
    which operations are in this part, in every process of the run that has tests or results.
    """

    def __init__(
        self,
        shard: Shard,
        order: Sequence[str],
        folder: Path,
        subject: Callable[[pytest.Item], str],
        called: Callable[[pytest.Item], Sequence[str]],
        on_scope: Callable[[frozenset[str]], object],
    ) -> None:
        self._shard = shard
        self._order = order
        self._file = folder / _SCOPE
        self._subject = subject
        self._called = called
        self._on_scope = on_scope

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Leave what belongs to this part; whatever else is chosen by name later, the parts are the same."""
        known = {"", *self._order}
        about = [(item, subject if (subject := self._subject(item)) in known else "") for item in items]
        parts = split([(name, self._called(item)) for item, name in about], self._order, self._shard.of)
        chosen = [item for item, name in about if parts[name] == self._shard.number]
        config.hook.pytest_deselected(items=[item for item, name in about if parts[name] != self._shard.number])
        items[:] = chosen
        scope = frozenset(name for name, number in parts.items() if name and number == self._shard.number)
        self._tell(scope)
        self._on_scope(scope)

    def _tell(self, scope: frozenset[str]) -> None:
        # With pytest-xdist only the workers collect, and all find the same.
        fresh = self._file.with_suffix(f".{id(self)}")
        fresh.write_text(json.dumps(sorted(scope)), encoding="utf-8")
        fresh.replace(self._file)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self) -> None:
        """Learn from a worker what is in this part."""
        self._on_scope(frozenset(json.loads(self._file.read_text(encoding="utf-8"))))
