"""A short text that matches a regular expression, always the same one."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import Any

from vcsdk.ir.ecma import plain, sampled
from vcsdk.ir.explosion import explodes

# CPython's parser of regular expressions: the public `re` has no way to look into a pattern.
_parser = importlib.import_module("re._parser")
_ALPHABET = "a0A-_. /:@#~"


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
    for extra in (0, 1, 2, 4, 8, 15, 16, 24, 32, 36):
        for offset in range(3):
            text = _emit(tree, extra, offset, {})
            if text is None or len(text) < shortest or (longest is not None and len(text) > longest):
                continue
            if matches(text):
                return text
    return None


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
            return re.compile(pattern).search
    import jsonschema_rs

    validator = jsonschema_rs.Draft202012Validator({"pattern": plain(pattern)})
    return validator.is_valid


def _emit(tree: Any, extra: int, offset: int, groups: dict[int, str]) -> str | None:
    parts: list[str] = []
    for operator, argument in tree:
        text = _emit_one(str(operator), argument, extra, offset, groups)
        if text is None:
            return None
        parts.append(text)
    return "".join(parts)


def _emit_one(operator: str, argument: Any, extra: int, offset: int, groups: dict[int, str]) -> str | None:
    if operator == "LITERAL":
        return chr(argument)
    if operator in ("AT", "ASSERT", "ASSERT_NOT"):
        return ""
    if operator in ("ANY", "NOT_LITERAL", "IN"):
        return _one_of(operator, argument, offset)
    if operator in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, inner = argument
        pieces = [_emit(inner, extra, offset + index, groups) for index in range(min(int(most), least + extra))]
        return None if None in pieces else "".join(filter(None, pieces))
    if operator == "BRANCH":
        branches = argument[1]
        return _emit(branches[min(offset, len(branches) - 1)], extra, offset, groups)
    if operator == "SUBPATTERN":
        text = _emit(argument[3], extra, offset, groups)
        if argument[0] is not None and text is not None:
            groups[argument[0]] = text
        return text
    if operator == "ATOMIC_GROUP":
        return _emit(argument, extra, offset, groups)
    return groups.get(argument) if operator == "GROUPREF" else None


def _one_of(operator: str, argument: Any, offset: int) -> str | None:
    if operator == "ANY":
        return _ALPHABET[offset % 3]
    members = [("NEGATE", None), ("LITERAL", argument)] if operator == "NOT_LITERAL" else argument
    entries = [(str(name), value) for name, value in members]
    negated = entries[0][0] == "NEGATE"
    allowed = [char for char in _ALPHABET if any(_is_in(char, entry) for entry in entries) != negated]
    if allowed:
        return allowed[offset % min(len(allowed), 3)]
    return next((chr(value if name == "LITERAL" else value[0]) for name, value in entries if name in _FIRST), None)


_FIRST = ("LITERAL", "RANGE")
_CATEGORIES = {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s", "CATEGORY_WORD": r"\w"}


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
