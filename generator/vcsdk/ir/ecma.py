"""Regular expressions of ECMA-262, as the patterns of JSON Schema are, in the spelling that other engines read, too."""

from __future__ import annotations

import re
from functools import lru_cache

_TOKEN = re.compile(
    r"(?P<property>\\[pP](?:\{\^?[A-Za-z_=&]+\}|[A-Z]))|(?P<octal>\\0[0-7]{0,2})|(?P<control>\\c[A-Za-z])"
    r"|(?P<point>\\u\{[0-9A-Fa-f]{1,6}\})|(?P<back>\\k<\w+>)|(?P<group>\(\?<(?![=!]))|(?P<escape>\\.)|(?P<other>.)",
    re.DOTALL,
)
_KINDS = frozenset((r"\d", r"\D", r"\s", r"\S", r"\w", r"\W"))
_SAMPLES = {"L": "A-Za-z", "Lu": "A-Z", "Ll": "a-z", "N": "0-9", "Nd": "0-9", "Z": " ", "Zs": " ", "P": ".,", "Pd": "-"}
"""Some of the characters that have a property of Unicode, as a class has them."""
_OTHERS = "A-Za-z0-9"


@lru_cache(4096)
def plain(pattern: str) -> str:
    r"""The pattern without what only ECMA-262's Annex B reads: `[\w-.]` has a hyphen in it, `\000` is a character."""
    return _rewritten(pattern, sampled=False)


@lru_cache(4096)
def sampled(pattern: str) -> str:
    r"""A pattern for Python that matches some of the same texts: `\p{L}` are letters of ASCII, flags are left out."""
    return _rewritten(re.sub(r"\(\?[imsu]+\)", "", pattern), sampled=True)


def _rewritten(pattern: str, *, sampled: bool) -> str:
    written: list[str] = []
    groups = _named_groups(pattern) if r"\k<" in pattern else {}
    last = ""
    inside = False
    for match in _TOKEN.finditer(pattern):
        kind, token = str(match.lastgroup), match[0]
        rest = pattern[match.end() : match.end() + 2]
        if kind == "other":
            opens = token == "[" and not inside
            closes = token == "]" and inside
            inside = opens or (inside and not closes)
            if inside and token == "-" and rest[:1] != "]" and (last in _KINDS or rest in _KINDS):
                token = r"\-"
        elif kind == "octal":
            token = f"\\x{int(token[1:], 8):02x}"
        elif sampled and kind == "property":
            named = token[2:].strip("{}").rpartition("=")[2]
            some = _SAMPLES.get(named, _OTHERS) if token[1] == "p" and not named.startswith("^") else "@#"
            token = some if inside else f"[{some}]"
        elif sampled and token == r"\z" and not inside:
            token = r"\Z"
        elif kind == "control":
            token = f"\\x{ord(token[2].upper()) - 64:02x}"
        elif sampled and kind == "point":
            token = f"\\U{int(token[3:-1], 16):08x}"
        elif kind == "back" and not inside and token[3:-1] in groups:
            token = f"(?:\\{groups[token[3:-1]]})"
        elif sampled and kind == "group" and not inside:
            token = "(?P<"
        written.append(token)
        last = match[0] if kind == "escape" else ""
    return "".join(written)


def _named_groups(pattern: str) -> dict[str, int]:
    """The number of each group that has a name: engines that read ECMA-262 otherwise know them by numbers alone."""
    bare = re.sub(r"\[(?:\\.|[^\]\\])*\]|\\.", "", pattern, flags=re.DOTALL)
    opened = re.findall(r"\((?!\?)|\(\?<(\w+)>", bare)
    return {name: number for number, name in enumerate(opened, 1) if name}
