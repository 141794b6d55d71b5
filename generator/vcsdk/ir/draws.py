"""What is chosen where a regular expression leaves a choice: how often, which branch, which character.

Expressions are those of CPython's parser, as `patterns` reads them: pairs of an operator and its argument.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import Any, Protocol

ALPHABET = "a0A-_. /:@#~"
_MORE = "b1B9zZ!,+"
_OTHERS = "é中€"
"""Where nothing else is in a class."""
_TURNS = 240
_CHARACTERS = 400_000
"""How many characters are drawn for one expression at most, tried texts together."""
_FIRST = ("LITERAL", "RANGE")
_CATEGORIES = {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s", "CATEGORY_WORD": r"\w"}


class Draws(Protocol):
    """A way to choose, always the same where the same things are asked in the same order."""

    def turns(self, least: int, most: int, width: int) -> int:
        """How often a part is repeated whose shortest texts have `width` characters."""

    def of_turn(self, turn: int) -> Draws:
        """The choices of one repetition."""

    def branch(self, count: int) -> int:
        """Which of so many alternatives is taken."""

    def character(self, operator: str, argument: Any) -> str | None:
        """A character of a class; None where no character that is known here is in it."""


class Steady:
    """The first alternatives and characters, `extra` repetitions more than needed, everything shifted by `offset`."""

    def __init__(self, extra: int, offset: int) -> None:
        self._extra, self._offset = extra, offset

    def turns(self, least: int, most: int, width: int) -> int:  # noqa: ARG002  so many turns, however long
        """As many more as it has to be, as far as there may be."""
        return min(most, least + self._extra)

    def of_turn(self, turn: int) -> Steady:
        """The next ones, so that not all turns are alike."""
        return Steady(self._extra, self._offset + turn)

    def branch(self, count: int) -> int:
        """An early one."""
        return min(self._offset, count - 1)

    def character(self, operator: str, argument: Any) -> str | None:
        """One of the first three of the alphabet that are in the class."""
        if operator == "ANY":
            return ALPHABET[self._offset % 3]
        entries = _entries(operator, argument)
        allowed = _members(entries, ALPHABET)
        if allowed:
            return allowed[self._offset % min(len(allowed), 3)]
        return next((chr(value if name == "LITERAL" else value[0]) for name, value in entries if name in _FIRST), None)


class Drawn:
    """Choices by lot, among the characters that an expression names and some more.

    Of the repetitions every one has up to `extra` characters more than it needs; where `only` is a number, none has but
    the one that is asked for as that, and it has all of them.
    """

    def __init__(self, lot: Random, pool: str, extra: int, only: int | None = None) -> None:
        self._lot, self._pool, self._extra, self._only = lot, pool, extra, only
        self._asked = -1
        self._known: dict[int, str] = {}

    def turns(self, least: int, most: int, width: int) -> int:
        """By lot, or as the one that grows."""
        self._asked += 1
        extra = min(most - least, -(-self._extra // max(1, width)))
        if self._only is not None:
            return least + extra if self._asked == self._only else least
        return least + int(self._lot.random() * (extra + 1))

    def of_turn(self, turn: int) -> Drawn:  # noqa: ARG002
        """The same: every turn goes on with the same lot."""
        return self

    def branch(self, count: int) -> int:
        """By lot."""
        return int(self._lot.random() * count)

    def character(self, operator: str, argument: Any) -> str | None:
        """By lot, of those that are in the class."""
        allowed = self._pool
        if operator != "ANY":
            # The expression outlives this object, so an argument's identity stays its own.
            place = id(argument) if operator == "IN" else -1 - int(argument)
            allowed = self._known.get(place, "")
            if not allowed:
                entries = _entries(operator, argument)
                allowed = self._known[place] = "".join(_members(entries, self._pool) or _members(entries, _OTHERS))
        return allowed[int(self._lot.random() * len(allowed))] if allowed else None


def draws(tree: Any, missing: int) -> Iterator[Drawn]:
    """Choices by lot for an expression whose shortest texts are `missing` characters too short."""
    pool = "".join(dict.fromkeys([*ALPHABET, *_MORE, *_named(tree)]))
    # Not for secrets: what is drawn has to be the same each time.
    lot = Random(0)  # noqa: S311
    extras = (missing, missing + 2, missing + 8, missing + 24)
    for turn in range(max(12, min(_TURNS, _CHARACTERS // (missing + 8)))):
        extra = extras[turn // 2 % len(extras)]
        yield Drawn(lot, pool, extra, None if turn % 2 else turn // 2 % 5) if missing else Drawn(lot, pool, extra)


def _named(tree: Any) -> Iterator[str]:
    """The characters that an expression speaks of, those of looks ahead and behind too; of a range both ends."""
    if isinstance(tree, tuple) and len(tree) == 2 and str(tree[0]) in ("LITERAL", "NOT_LITERAL", "RANGE"):
        yield from map(chr, tree[1] if isinstance(tree[1], tuple) else (tree[1],))
    elif not isinstance(tree, (int, str)) and hasattr(tree, "__iter__"):
        for part in tree:
            yield from _named(part)


def _entries(operator: str, argument: Any) -> list[tuple[str, Any]]:
    members = [("NEGATE", None), ("LITERAL", argument)] if operator == "NOT_LITERAL" else argument
    return [(str(name), value) for name, value in members]


def _members(entries: list[tuple[str, Any]], pool: str) -> list[str]:
    negated = entries[0][0] == "NEGATE"
    return [char for char in pool if any(_is_in(char, entry) for entry in entries) != negated]


def _is_in(char: str, entry: tuple[str, Any]) -> bool:
    name, value = entry
    if name == "LITERAL":
        return bool(ord(char) == value)
    if name == "RANGE":
        return bool(value[0] <= ord(char) <= value[1])
    if name == "CATEGORY":
        category = str(value)
        matches = re.match(_CATEGORIES.get(category.replace("_NOT_", "_"), r"[^\s\S]"), char) is not None
        return matches != ("_NOT_" in category)
    return False
