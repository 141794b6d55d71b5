"""TOML 1.0."""

from __future__ import annotations

import json

from vcsdk.quoting.plain import clean


def value(content: str | int | bool | list[str] | tuple[str, ...]) -> str:
    """A TOML value: a basic string, a number, a boolean or an array of strings."""
    if isinstance(content, bool):
        return str(content).lower()
    if isinstance(content, int):
        return str(content)
    if isinstance(content, str):
        # What is left after `clean` is a TOML basic string when it is a JSON string.
        return json.dumps(clean(content), ensure_ascii=False)
    return "[" + ", ".join(map(value, content)) + "]"


def remark(text: str) -> str:
    """The text for behind a `#`: one line, nothing that TOML forbids there."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())
