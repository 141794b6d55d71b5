"""A short text that matches a regular expression, always the same one."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache
from typing import Any

from vcsdk.ir.draws import Draws, Steady, draws
from vcsdk.ir.ecma import plain, python, sampled
from vcsdk.ir.explosion import explodes

# CPython's parser of regular expressions: the public `re` has no way to look into a pattern.
_parser = importlib.import_module("re._parser")


def sample(pattern: str, *, shortest: int = 0, longest: int | None = None) -> str | None:
    """A text with a match, `shortest` to `longest` characters long, or None where none was found.

    Looks ahead and behind are not solved but tried: every proposal is checked against the pattern.
    """
    # Where the flag stands makes no difference to those who take one; Python takes it at the beginning alone.
    bare = pattern.replace("(?i)", "")
    try:
        matches = _search(f"(?i){bare}" if bare != pattern else pattern)
        tree = _parser.parse(sampled(bare))
    except (re.error, RecursionError, OverflowError, ValueError):
        return None
    for choices in _choices(tree, shortest):
        text = _emit(tree, choices, {})
        if text is None or len(text) < shortest or (longest is not None and len(text) > longest):
            continue
        if matches(text):
            return text
    return None


def _choices(tree: Any, shortest: int) -> Iterator[Draws]:
    """The plain choices first, which give the texts that a person would write."""
    for extra in (0, 1, 2, 4, 8, 15, 16, 24, 32, 36):
        for offset in range(3):
            yield Steady(extra, offset)
    yield from draws(tree, max(0, shortest - int(tree.getwidth()[0])))


@lru_cache(4096)
def is_pattern(pattern: str) -> bool:
    """False for what is no regular expression in any spelling, to which nothing can be held."""
    try:
        _parser.parse(sampled(pattern.replace("(?i)", "")))
    except (RecursionError, OverflowError):
        return True
    except re.error:
        import jsonschema_rs

        try:
            jsonschema_rs.Draft202012Validator({"pattern": plain(pattern)})
        except (jsonschema_rs.ValidationError, ValueError):
            return False
    return True


def _search(pattern: str) -> Callable[[str], object]:
    """Python's own search, or, where that can take for ever or cannot read it, one whose time is linear."""
    with suppress(re.error):
        if not explodes(pattern):
            return re.compile(python(pattern)).search
    import jsonschema_rs

    validator = jsonschema_rs.Draft202012Validator({"pattern": plain(pattern)})
    return validator.is_valid


def _emit(tree: Any, choices: Draws, groups: dict[int, str]) -> str | None:
    parts: list[str] = []
    for operator, argument in tree:
        text = _emit_one(str(operator), argument, choices, groups)
        if text is None:
            return None
        parts.append(text)
    return "".join(parts)


def _emit_one(operator: str, argument: Any, choices: Draws, groups: dict[int, str]) -> str | None:
    if operator == "LITERAL":
        return chr(argument)
    if operator in ("AT", "ASSERT", "ASSERT_NOT"):
        return ""
    if operator in ("ANY", "NOT_LITERAL", "IN"):
        return choices.character(operator, argument)
    if operator in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, inner = argument
        turns = range(choices.turns(int(least), int(most), int(inner.getwidth()[0])))
        pieces = [_emit(inner, choices.of_turn(turn), groups) for turn in turns]
        return None if None in pieces else "".join(filter(None, pieces))
    if operator == "BRANCH":
        branches = argument[1]
        return _emit(branches[choices.branch(len(branches))], choices, groups)
    if operator == "SUBPATTERN":
        text = _emit(argument[3], choices, groups)
        if argument[0] is not None and text is not None:
            groups[argument[0]] = text
        return text
    if operator == "ATOMIC_GROUP":
        return _emit(argument, choices, groups)
    return groups.get(argument) if operator == "GROUPREF" else None
