"""Keeps passwords and session tokens out of everything a run writes."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote, quote_plus

MASK = "[masked]"


class Secrets:
    """The secret values of a run, masked by exact value wherever they appear.

    Values shorter than four characters are not masked: hiding them would blank unrelated text.
    """

    def __init__(self) -> None:
        self._forms: list[str] = []

    def add(self, value: str) -> None:
        """Remember a secret with the spellings it takes in JSON, URLs and Basic credentials."""
        if len(value) < 4:
            return
        forms = {value, json.dumps(value)[1:-1], repr(value)[1:-1], quote(value, safe=""), quote_plus(value)}
        self._forms = sorted({*self._forms, *forms}, key=len, reverse=True)

    def add_login(self, username: str, password: str) -> None:
        """Remember a password, and the `Authorization: Basic` value it makes with the user's name."""
        self.add(password)
        self.add(base64.b64encode(f"{username}:{password}".encode()).decode())

    def mask(self, text: str) -> str:
        """The text with every secret replaced."""
        for form in self._forms:
            text = text.replace(form, MASK)
        return text

    def shown_in(self, text: str) -> bool:
        """True if any secret appears in the text."""
        return any(form in text for form in self._forms)

    def __repr__(self) -> str:
        return f"<{len(self._forms)} masked spellings>"
