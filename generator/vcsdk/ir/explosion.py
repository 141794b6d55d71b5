"""Regular expressions that can take a backtracking engine, as Python's is, time exponential in the text.

Such an expression reads one text in more and more ways, the longer it gets: there is a place in it that leads back to
itself in two ways over the same text (an automaton of "exponential degree of ambiguity"; Weber and Seidl, 1991).  The
automaton is Glushkov's, whose states are the places in the expression where one character is read.
"""

from __future__ import annotations

import importlib
import re
from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from vcsdk.ir.ecma import python

# CPython's parser of regular expressions: the public `re` has no way to look into a pattern.
_parser = importlib.import_module("re._parser")
_MOST_PLACES = 400
_MOST_PAIRS = 60_000
_COPIES = 6
"""A repetition that may go on for longer counts as one without end: so many choices are as good as endless."""
_FIXED_COPIES = 128
"""The same of one whose turns all have one length, so that there is nothing to choose."""
_OTHERS = "\x00é٣　€"
"""Beside ASCII and what a pattern names: a letter, a digit, a space and a sign, for what classes say of all others."""


@lru_cache(maxsize=512)
def explodes(pattern: str) -> bool:
    """Whether a search for it can take exponential time; also where it is too large to tell.

    False for what Python does not read.
    """
    try:
        tree = _parser.parse(python(pattern))
    except (re.error, OverflowError, RecursionError):
        return False
    try:
        return _Automaton(pattern, tree).explodes()
    except (_TooLarge, RecursionError):
        return True


class _TooLarge(Exception):
    """More places or pairs than are looked at."""


class _Part:
    """A part of an expression: in how many ways it can read nothing, and the places it can begin and end with.

    Of ways there are none, one, and more; a place that is there in two ways is there twice.
    """

    __slots__ = ("empty", "first", "last")

    def __init__(self, empty: int, first: list[int], last: list[int]) -> None:
        self.empty = min(empty, 2)
        self.first = _twice_at_most(first)
        self.last = _twice_at_most(last)


def _twice_at_most(places: list[int]) -> list[int]:
    seen: dict[int, int] = {}
    for place in places:
        seen[place] = min(2, seen.get(place, 0) + 1)
    return [place for place, count in seen.items() for _ in range(count)]


class _Automaton:
    """`follow` says which places can come after which, in how many ways: two ways are told apart from one."""

    def __init__(self, pattern: str, tree: Any) -> None:
        self._alphabet = sorted({*map(chr, range(128)), *_OTHERS, *pattern, *_around(pattern)})
        self._sets: list[int] = []
        self._follow: dict[int, dict[int, int]] = defaultdict(dict)
        self._ignores_case = bool(tree.state.flags & re.IGNORECASE)
        self._ends = _anchored(tree)
        self._whole = self._sequence(tree)

    def explodes(self) -> bool:
        """Whether a place leads back to itself in two ways, and the text after it can fail to match."""
        component = self._components()
        for place, number in component.items():
            if not self._ends and place in self._whole.last:
                continue  # what is found is found here; nothing makes the engine go back
            inside = {p: n for p, n in self._follow[place].items() if component.get(p) == number}
            if any(count > 1 for count in inside.values()):
                return True
        return any(self._meets(place, component) for place in component if self._ends or place not in self._whole.last)

    def _meets(self, start: int, component: dict[int, int]) -> bool:
        """Whether two paths from a place part and are both back there, having read the same."""
        number = component[start]
        forward = self._pairs((start, start), component, number)
        apart = [pair for pair in forward if pair[0] != pair[1]]
        return any((start, start) in self._pairs(pair, component, number) for pair in apart)

    def _pairs(self, start: tuple[int, int], component: dict[int, int], number: int) -> set[tuple[int, int]]:
        seen: set[tuple[int, int]] = set()
        rest = [start]
        while rest:
            one, other = rest.pop()
            for a in self._follow[one]:
                if component.get(a) != number:
                    continue
                for b in self._follow[other]:
                    pair = (a, b)
                    if pair in seen or component.get(b) != number or not self._sets[a] & self._sets[b]:
                        continue
                    seen.add(pair)
                    rest.append(pair)
                    self._budget()
        return seen

    _spent = 0

    def _budget(self) -> None:
        self._spent += 1
        if self._spent > _MOST_PAIRS:
            raise _TooLarge

    def _components(self) -> dict[int, int]:
        """The strongly connected component of each place that lies on a circle (Tarjan, without recursion)."""
        index: dict[int, int] = {}
        low: dict[int, int] = {}
        stack: list[int] = []
        on_stack: set[int] = set()
        found: dict[int, int] = {}
        for root in range(len(self._sets)):
            if root in index:
                continue
            work = [(root, iter(self._follow[root]))]
            index[root] = low[root] = len(index)
            stack.append(root)
            on_stack.add(root)
            while work:
                place, after = work[-1]
                following = next(after, None)
                if following is None:
                    work.pop()
                    if work:
                        low[work[-1][0]] = min(low[work[-1][0]], low[place])
                    if low[place] == index[place]:
                        members: list[int] = []
                        while not members or members[-1] != place:
                            members.append(stack.pop())
                            on_stack.discard(members[-1])
                        if len(members) > 1 or place in self._follow[place]:
                            found.update(dict.fromkeys(members, index[place]))
                elif following not in index:
                    index[following] = low[following] = len(index)
                    stack.append(following)
                    on_stack.add(following)
                    work.append((following, iter(self._follow[following])))
                elif following in on_stack:
                    low[place] = min(low[place], index[following])
        return found

    def _sequence(self, items: Any) -> _Part:
        whole = _Part(1, [], [])
        for operator, argument in items:
            whole = self._then(whole, self._item(str(operator), argument))
        return whole

    def _then(self, one: _Part, other: _Part) -> _Part:
        self._join(one.last, other.first)
        return _Part(one.empty * other.empty, one.first + other.first * one.empty, other.last + one.last * other.empty)

    def _join(self, ends: list[int], begins: list[int]) -> None:
        for end in ends:
            follow = self._follow[end]
            for begin in begins:
                follow[begin] = follow.get(begin, 0) + 1
                self._budget()

    def _item(self, operator: str, argument: Any) -> _Part:
        if operator in ("LITERAL", "NOT_LITERAL", "ANY", "IN"):
            return self._place(self._characters(operator, argument))
        if operator in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            return self._repeated(*argument)
        if operator == "BRANCH":
            parts = [self._sequence(branch) for branch in argument[1]]
            first = [place for part in parts for place in part.first]
            last = [place for part in parts for place in part.last]
            return _Part(sum(part.empty for part in parts), first, last)
        if operator == "SUBPATTERN":
            return self._sequence(argument[3])
        if operator in ("ASSERT", "ASSERT_NOT"):
            # What is looked at is searched by itself, and reads nothing of what comes after.
            self._sequence(argument[1])
            return _Part(1, [], [])
        if operator == "ATOMIC_GROUP":
            return self._sequence(argument)
        if operator == "GROUPREF":
            anything = self._place((1 << len(self._alphabet)) - 1)
            self._join(anything.last, anything.first)
            return _Part(1, anything.first, anything.last)
        if operator == "GROUPREF_EXISTS":
            parts = [self._sequence(branch) for branch in argument[1:] if branch is not None]
            return _Part(1, [p for part in parts for p in part.first], [p for part in parts for p in part.last])
        return _Part(1, [], [])

    def _place(self, characters: int) -> _Part:
        self._sets.append(characters)
        if len(self._sets) > _MOST_PLACES:
            raise _TooLarge
        return _Part(0, [len(self._sets) - 1], [len(self._sets) - 1])

    def _repeated(self, least: Any, most: Any, inner: Any) -> _Part:
        least, most = int(least), int(most)
        shortest, longest = inner.getwidth()
        copies = _FIXED_COPIES if least == most and shortest == longest else _COPIES
        whole = _Part(1, [], [])
        for _ in range(min(least, copies)):
            whole = self._then(whole, self._sequence(inner))
        if shortest == 0 < longest and least > copies:
            raise _TooLarge  # each turn may be left out, and the engine tries which
        if least <= copies and most - least <= copies:
            # Each of what may follow is there only if the one before it is.
            tails = [self._sequence(inner) for _ in range(most - least)]
            rest = _Part(1, [], [])
            for tail in reversed(tails):
                follows = self._then(tail, rest)
                rest = _Part(1 + follows.empty, follows.first, follows.last)
            return self._then(whole, rest)
        loop = self._sequence(inner)
        self._join(loop.last, loop.first)
        # Once more than it has to be: the last of what must come can be the loop's first turn.
        return self._then(whole, _Part(1 + loop.empty, loop.first, loop.last))

    def _characters(self, operator: str, argument: Any) -> int:
        members = [("LITERAL", argument)] if operator in ("LITERAL", "NOT_LITERAL") else argument
        found = 0
        for position, character in enumerate(self._alphabet):
            if operator == "ANY":
                is_in = character != "\n"
            else:
                spelled = {character, character.lower(), character.upper()} if self._ignores_case else {character}
                is_in = any(_is_in(each, members) for each in spelled if len(each) == 1)
                is_in = is_in != (operator == "NOT_LITERAL")
            found |= is_in << position
        return found


def _is_in(character: str, members: Any) -> bool:
    negated, code = False, ord(character)
    found = False
    for name, value in ((str(operator), value) for operator, value in members):
        if name == "NEGATE":
            negated = True
        elif name == "LITERAL":
            found = found or code == value
        elif name == "RANGE":
            found = found or value[0] <= code <= value[1]
        elif name == "CATEGORY":
            category = str(value)
            is_of = _CATEGORIES[category.rsplit("_", 1)[1]](character)
            found = found or is_of != ("_NOT_" in category)
    return found != negated


_CATEGORIES: dict[str, Callable[[str], bool]] = {
    "DIGIT": str.isdecimal,
    "SPACE": str.isspace,
    "WORD": lambda character: character.isalnum() or character == "_",
    "LINEBREAK": lambda character: character == "\n",
}


def _around(pattern: str) -> set[str]:
    """The characters beside those that a pattern names, by which ranges are told apart."""
    return {
        chr(code) for character in pattern for code in (ord(character) - 1, ord(character) + 1) if 0 < code < 0x110000
    }


def _anchored(items: Any) -> bool:
    """Whether anything can make what was read be given up: the end of the text, or what is looked at."""
    for operator, argument in items:
        name = str(operator)
        if name in ("ASSERT", "ASSERT_NOT", "GROUPREF", "GROUPREF_EXISTS"):
            return True
        if name == "AT" and ("END" in str(argument) or "BOUNDARY" in str(argument)):
            return True
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and _anchored(argument[2]):
            return True
        if name == "SUBPATTERN" and _anchored(argument[3]):
            return True
        if name == "ATOMIC_GROUP" and _anchored(argument):
            return True
        if name == "BRANCH" and any(_anchored(branch) for branch in argument[1]):
            return True
    return False
