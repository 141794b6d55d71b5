"""Regular expressions of ECMA-262, as the patterns of JSON Schema are, in the spelling that other engines read, too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?P<property>\\[pP](?:\{\^?[A-Za-z_=&]+\}|[A-Z]))|(?P<octal>\\0[0-7]{0,2})|(?P<control>\\c[A-Za-z])"
    r"|(?P<point>\\u\{[0-9A-Fa-f]{1,6}\})|(?P<back>\\k<\w+>)|(?P<group>\(\?<(?![=!]))|(?P<escape>\\.)|(?P<other>.)",
    re.DOTALL,
)
_KINDS = frozenset((r"\d", r"\D", r"\s", r"\S", r"\w", r"\W"))
_SAMPLES = {"L": "A-Za-z", "Lu": "A-Z", "Ll": "a-z", "N": "0-9", "Nd": "0-9", "Z": " ", "Zs": " ", "P": ".,", "Pd": "-"}
"""Some of the characters that have a property of Unicode, as a class has them."""
_OTHERS = "A-Za-z0-9"
_OPERATORS = frozenset("&|~")
"""Written twice in a class they are said to become operators of Python's classes, as `[` within one is."""
_REFUSED = ((r"\W", r"\D", r"\S"), (r"\w", r"\d", r"\s"))
"""What excludes letters, digits or spaces: by itself or in a class, and in a negated class."""
_EDGES = (r"\b", r"\B")
_BOUND = re.compile(r"\{,\d+\}")
"""A repetition for Python, text in ECMA-262."""


class _Token(NamedTuple):
    """A part of an expression: its kind, its text, what stands behind it, and where it is in a class, if in one.

    `negated` is that of the class.  `end` is true for what ends a range, `start` for what can begin one.
    """

    kind: str
    text: str
    rest: str
    inside: bool
    negated: bool
    start: bool
    end: bool


@lru_cache(4096)
def plain(pattern: str) -> str:
    r"""The pattern without what only ECMA-262's Annex B reads: `[\w-.]` has a hyphen in it, `\000` is a character."""
    groups = _named_groups(pattern)
    return "".join(_plain(token, groups) for token in _tokens(pattern))


@lru_cache(4096)
def python(pattern: str) -> str:
    r"""The pattern as Python spells it, where it can: groups have names as `(?P<a>…)`, `[[a]` says `[` as `\[`.

    Where Python knows more letters, digits and spaces (U+001C, U+0085) than ECMA-262 does, and would therefore refuse
    more, it is kept to ASCII.
    """
    tokens, groups = list(_tokens(pattern)), _named_groups(pattern)
    return ("(?a)" if _is_stricter(tokens) else "") + "".join(_python(token, groups) for token in tokens)


@lru_cache(4096)
def sampled(pattern: str) -> str:
    r"""A pattern for Python that matches some of the same texts: `\p{L}` are letters of ASCII, flags are left out."""
    bare = re.sub(r"\(\?[imsu]+\)", "", pattern)
    groups = _named_groups(bare)
    return "".join(_sampled(token) or _python(token, groups) for token in _tokens(bare))


def _tokens(pattern: str) -> Iterator[_Token]:
    inside = negated = end = False
    start = True
    last = ""
    for match in _TOKEN.finditer(pattern):
        kind, text, rest = str(match.lastgroup), match[0], pattern[match.end() :]
        if kind == "other" and text == "[" and not inside:
            yield _Token(kind, text, rest, False, False, start=False, end=False)
            inside, negated, start, end, last = True, rest[:1] == "^", True, False, "["
            continue
        if kind == "other" and text == "]" and inside:
            inside = False
        first = last == "[" and text == "^"
        hyphen = inside and kind == "other" and text == "-"
        free = hyphen and rest[:1] != "]" and (last in _KINDS or rest[:2] in _KINDS)
        ranges = hyphen and not free and not start and not end and rest[:1] != "]"
        yield _Token("hyphen" if free else kind, text, rest, inside, inside and negated, start and not first, end)
        # What stands behind the hyphen of a range ends it, and what stands behind that begins anew.
        start, end = (first or end or free, ranges) if inside else (True, False)
        last = text if kind == "escape" else ""


def _plain(token: _Token, groups: dict[str, int]) -> str:
    if token.kind == "hyphen":
        return r"\-"
    if token.kind == "octal":
        return f"\\x{int(token.text[1:], 8):02x}"
    if token.kind == "control":
        return f"\\x{ord(token.text[2].upper()) - 64:02x}"
    if token.kind == "back" and not token.inside and token.text[3:-1] in groups:
        return f"(?:\\{groups[token.text[3:-1]]})"
    return token.text


def _python(token: _Token, groups: dict[str, int]) -> str:
    if token.kind == "point":
        return f"\\U{int(token.text[3:-1], 16):08x}"
    if token.kind == "group" and not token.inside:
        return "(?P<"
    if token.kind == "other" and token.inside:
        doubled = token.text in _OPERATORS and token.rest[:1] == token.text
        range_of_hyphens = token.text == "-" and (token.end or (token.start and token.rest[:1] == "-"))
        return f"\\{token.text}" if token.text == "[" or doubled or range_of_hyphens else token.text
    if token.kind == "other" and token.text == "{" and _BOUND.match(token.text + token.rest):
        return r"\{"
    return _plain(token, groups)


def _sampled(token: _Token) -> str:
    """What stands for a token of which only some texts are wanted; nothing for any other."""
    if token.kind == "property":
        named = token.text[2:].strip("{}").rpartition("=")[2]
        some = _SAMPLES.get(named, _OTHERS) if token.text[1] == "p" and not named.startswith("^") else "@#"
        return some if token.inside else f"[{some}]"
    return r"\Z" if token.text == r"\z" and not token.inside else ""


def _is_stricter(tokens: list[_Token]) -> bool:
    """Whether Python, with its letters, digits and spaces of all scripts, would refuse what ECMA-262 takes."""
    escapes = [token for token in tokens if token.kind == "escape"]
    refuses = any(
        token.text in _REFUSED[token.negated] or (token.text in _EDGES and not token.inside) for token in escapes
    )
    # Of spaces it is ECMA-262 that knows more than ASCII's.
    return refuses and not any(token.text == (r"\S" if token.negated else r"\s") for token in escapes)


def _named_groups(pattern: str) -> dict[str, int]:
    """The number of each group that has a name: engines that read ECMA-262 otherwise know them by numbers alone."""
    if r"\k<" not in pattern:
        return {}
    bare = re.sub(r"\[(?:\\.|[^\]\\])*\]|\\.", "", pattern, flags=re.DOTALL)
    opened = re.findall(r"\((?!\?)|\(\?<(\w+)>", bare)
    return {name: number for number, name in enumerate(opened, 1) if name}
