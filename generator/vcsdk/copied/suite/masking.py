"""Keeps passwords and session tokens out of everything a run writes."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from urllib.parse import quote, quote_plus

MASK = "[masked]"
_SHORTEST = 4
_SHORTEST_DERIVED = 8
_HEAD = 8
_FEW = 500
_PIECE = 1 << 16


class Secrets:
    """The secret values of a run, masked by exact value wherever they appear.

    Values shorter than four characters are not masked: hiding them would blank unrelated text.
    """

    def __init__(self) -> None:
        self._values: set[str] = set()
        self._forms: set[str] = set()
        # By how they begin: a run signs in thousands of times, and every answer is searched.
        self._heads: dict[str, set[str]] = {}
        self._short: set[str] = set()

    def add(self, value: str) -> None:
        """Remember a secret with every spelling it takes in what a run writes (see `spellings`)."""
        if len(value) < _SHORTEST or value in self._values:
            return
        self._values.add(value)
        for form in spellings(value):
            self._forms.add(form)
            head = form[:_HEAD]
            self._heads.setdefault(head, set()).add(form)
            if len(head) < _HEAD:
                self._short.add(head)

    def add_login(self, username: str, password: str) -> None:
        """Remember a password, and the `Authorization: Basic` value it makes with the user's name."""
        self.add(password)
        self.add(base64.b64encode(f"{username}:{password}".encode()).decode())

    def mask(self, text: str) -> str:
        """The text with every secret replaced."""
        for form in sorted(self._standing_in(text), key=lambda form: (-len(form), form)):
            text = text.replace(form, MASK)
        return text

    def shown_in(self, text: str) -> bool:
        """True if any secret appears in the text."""
        return next(self._standing_in(text), None) is not None

    def _standing_in(self, text: str) -> Iterator[str]:
        likely: Iterable[str] = self._forms
        if len(self._forms) > _FEW:
            likely = chain.from_iterable(self._heads[head] for head in sorted(self._heads_in(text)))
        return (form for form in likely if form in text)

    def _heads_in(self, text: str) -> set[str]:
        """Which of the beginnings stand in the text."""
        found = {head for head in self._short if head in text}
        # Piece by piece, so that a large text does not become as many small ones at once.
        for start in range(0, len(text), _PIECE):
            piece = text[start : start + _PIECE + _HEAD]
            found |= self._heads.keys() & {piece[at : at + _HEAD] for at in range(len(piece))}
        return found

    def __repr__(self) -> str:
        return f"<{len(self._values)} masked secrets>"


def spellings(value: str) -> set[str]:
    """The value as it stands in JSON (also JSON within JSON), Python, URLs, HTML, XML, base64 and hexadecimal."""
    escaped = json.dumps(value)[1:-1]
    plain = {
        value,
        escaped,
        json.dumps(escaped)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
        repr(value)[1:-1],
        repr(value.encode())[2:-1],
        html.escape(value),
        html.escape(value, quote=False),
        quote(value),
        quote(value, safe=""),
        quote_plus(value),
        quote(quote(value, safe=""), safe=""),
    }
    plain |= {_lower_percent(form) for form in plain if "%" in form}
    derived = {*_base64_forms(value.encode()), value.encode().hex(), value.encode().hex().upper()}
    return plain | {form for form in derived if len(form) >= _SHORTEST_DERIVED}


def _lower_percent(text: str) -> str:
    """`%2F` as `%2f`: RFC 3986 takes both."""
    parts = text.split("%")
    return "%".join([parts[0], *(part[:2].lower() + part[2:] for part in parts[1:])])


def _base64_forms(value: bytes) -> Iterator[str]:
    """What is sure to stand in the base64 of any text that holds the value, at each of the three alignments.

    Characters that also depend on the bytes before or behind the value are left out.
    """
    for offset in range(3):
        shifted = b"\0" * offset + value
        first = -(-offset * 8 // 6)
        last = len(shifted) * 8 // 6
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(shifted).decode()[first:last]
