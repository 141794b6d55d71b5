"""Colour for people: only on a terminal, and never against `NO_COLOR`."""

from __future__ import annotations

import os
from typing import TextIO

from vcsdk.reporting import wants_colour

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}


class Style:
    """Paints text for one stream, or leaves it as it is."""

    def __init__(self, stream: TextIO, *, colour: bool | None = None) -> None:
        self.colour = wants_colour(stream, os.environ) if colour is None else colour

    def __call__(self, text: str, *names: str) -> str:
        """The text in the named styles: bold, dim, red, green, yellow, cyan."""
        if not self.colour:
            return text
        return f"\x1b[{';'.join(_CODES[name] for name in names)}m{text}\x1b[0m"


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun: "1 file", "1,142 models"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
