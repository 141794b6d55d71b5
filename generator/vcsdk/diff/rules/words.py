"""Values and texts of a description as messages quote them."""

from __future__ import annotations

import json
import re

from vcsdk.diff.compare.media import essence
from vcsdk.ir import MISSING, Media

_MOST = 60


def quoted(value: object) -> str:
    """A value as `spelled`, in backticks; "none" where nothing is declared."""
    return "none" if value is MISSING else f"`{spelled(value)}`"


def spelled(value: object) -> str:
    """A value as JSON, a text as it is, cut where it is long."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return text if len(text) <= _MOST else text[: _MOST - 1] + "…"


def was(old: object, new: object) -> str:
    """The new value and the old one: `b`, was `a`."""
    return f"{quoted(new)}, was {quoted(old)}"


def preferred(content: tuple[Media, ...]) -> str:
    """The content type that clients send unless told otherwise; "" where there is none."""
    return essence(content[0]) if content else ""


def version_key(text: str) -> tuple[tuple[int, int | str], ...]:
    """Versions in order: numbers by value, words by letter and before numbers (`8.0.9` < `8.0.10`)."""
    parts = re.findall(r"\d+|[A-Za-z]+", text)
    return tuple((1, int(part)) if part.isdigit() else (0, part) for part in parts)
