"""Text of the description, arranged as docstrings."""

from __future__ import annotations

import re

from vcsdk.emitters.filters import reflow
from vcsdk.ir import Schema


def described(schema: Schema, note: str = "") -> str:
    """The docstring of a class: what it is, a note of ours, and where it comes from."""
    parts = [reflow(schema.description), note]
    if schema.deprecated:
        parts.append("Deprecated.")
    parts.append(f"Source: `{one_line(schema.key)}`")
    return "\n\n".join(part for part in parts if part)


def one_line(text: str) -> str:
    """The text with every run of white space as one blank."""
    return " ".join(text.split())


def closed(text: str) -> str:
    """The text in one line, closed by a full stop unless it closes itself."""
    line = one_line(text)
    return line if not line or line[-1] in ".!?:`" else f"{line}."


def split_sentence(text: str) -> tuple[str, str]:
    """The first sentence, closed and in one line, and what follows it."""
    first, _, rest = reflow(text).partition("\n")
    found = re.match(r"(.+?[.!?])\s+(?=[A-Z0-9`\"'])", first)
    if found is None or re.search(r"\b(e\.g|i\.e|etc|vs)\.$", found[1]):
        return closed(first), rest.strip("\n")
    return found[1], "\n".join(part for part in (first[found.end() :], rest) if part)


def sentence(text: str) -> str:
    """The first sentence of a text."""
    return split_sentence(text)[0]


def section(title: str, entries: list[str]) -> str:
    """A section of a Google-style docstring; "" if it has no entries.  Long entries wrap where they are laid out."""
    return "\n".join([f"{title}:", *(f"    {one_line(entry)}" for entry in entries)]) if entries else ""
