"""The text for people in the body of an error, in the forms that servers share; what it means is in its data.

Problem details (RFC 9457), FastAPI's lists of what does not fit, OAuth 2.0 (RFC 6749, 5.2), JSON:API, and `message`.
"""

from __future__ import annotations

from typing import Any

_KEYS = ("message", "detail", "title", "error_description", "error")
_MOST = 3
"""Entries of a list that are shown; `data` has all."""


def text_of(raw: Any, deep: int = 2) -> str:
    """The text of an error's JSON value; "" where there is none in a known form."""
    if not isinstance(raw, dict):
        return ""
    title, detail = _text(raw.get("title")), _text(raw.get("detail"))
    if title and detail and not _text(raw.get("message")):
        return detail if detail.startswith(title) else f"{title.rstrip('.:')}: {detail}"
    for key in _KEYS:
        if found := _text(raw.get(key)):
            return found
    for key in ("detail", "errors"):
        if isinstance(raw.get(key), list) and (found := _listed(raw[key], deep)):
            return found
    return text_of(raw.get("error"), deep - 1) if deep else ""


def _text(value: Any) -> str:
    return value if isinstance(value, str) and value.strip() else ""


def _listed(entries: list[Any], deep: int) -> str:
    said = [text for entry in entries[: _MOST * 4] if (text := _entry(entry, deep))]
    more = len(entries) - min(len(said), _MOST)
    return "; ".join(said[:_MOST]) + (f"; and {more} more" if said and more else "")


def _entry(entry: Any, deep: int) -> str:
    """One of a list: FastAPI says `loc` and `msg`, whose `input` is the caller's own value and is not shown."""
    if not isinstance(entry, dict):
        return _text(entry)
    place, text = entry.get("loc"), _text(entry.get("msg"))
    if not text:
        return text_of(entry, deep - 1) if deep else ""
    steps = [str(step) for step in place if isinstance(step, str | int)] if isinstance(place, list) else []
    return f"{'.'.join(steps)}: {text}" if steps else text
