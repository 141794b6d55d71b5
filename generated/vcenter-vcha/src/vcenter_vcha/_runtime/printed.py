"""What a server said, as it is printed: in one line, and without power over the terminal."""

from __future__ import annotations

import re

CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Control characters, line and paragraph separators, what turns the direction of text, tags, and halves of pairs."""


def printed(text: str) -> str:
    r"""The text with such characters as escapes: `\n`, `\x1b`, `\u202e`."""
    return text if text.isascii() and text.isprintable() else CONTROL.sub(_escaped, text)


def lines(text: str) -> str:
    """The same for what has lines of our own: their ends stay."""
    return "\n".join(map(printed, text.split("\n"))) if "\n" in text else printed(text)


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape", "surrogatepass").decode("ascii")
