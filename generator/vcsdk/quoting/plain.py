"""Text as people write it, without what only machines obey."""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_PLAIN = re.compile(r"[\n -~]*")
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def clean(text: str) -> str:
    """The text with plain line ends, without control, bidirectional, invisible and lone-surrogate characters."""
    if text.isascii() and (text.isprintable() or _PLAIN.fullmatch(text)):
        return text
    text = _LINE_ENDS.sub("\n", text).expandtabs(4)
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in _UNPRINTABLE)


def one_line(text: str) -> str:
    """The same on one line."""
    return " ".join(clean(text).split())
