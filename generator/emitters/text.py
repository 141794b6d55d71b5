"""Text of the description, arranged as docstrings."""

from __future__ import annotations

import re
import textwrap

from generator.ir import Schema

WIDTH = 120


def described(schema: Schema) -> str:
    """The docstring of a class: what it is, then where it comes from."""
    parts = [tidy(schema.description)]
    if schema.deprecated:
        parts.append("Deprecated.")
    parts.append(f"Source: `{one_line(schema.key)}`")
    return "\n\n".join(part for part in parts if part)


def tidy(text: str) -> str:
    """The text without trailing blanks, outer blank lines and common indentation."""
    lines = [line.rstrip() for line in textwrap.dedent(text.replace("\t", "    ")).strip().splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def one_line(text: str) -> str:
    """The text with every run of white space as one blank."""
    return " ".join(text.split())


def wrapped(text: str, indent: int, lead: str = "", hang: int = 4) -> str:
    """The text as lines that fit behind `indent` columns: the first after `lead`, the others `hang` further in."""
    paragraphs = [one_line(p) for p in re.split(r"\n\s*\n", text) if p.strip()] or [""]
    width = max(WIDTH - indent, 40)
    first, *rest = paragraphs
    lines = textwrap.wrap(
        f"{lead}{first}", width, subsequent_indent=" " * hang, break_long_words=False, break_on_hyphens=False
    )
    for paragraph in rest:
        lines.append("")
        lines += textwrap.wrap(
            paragraph,
            width,
            initial_indent=" " * hang,
            subsequent_indent=" " * hang,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return "\n".join(lines)


def sentence(text: str) -> str:
    """The first sentence of a text, in one line and closed by a full stop."""
    line = one_line(text)
    found = re.match(r"(.+?[.!?])(?:\s+(?=[A-Z0-9`])|$)", line)
    first = found[1] if found else line
    return first if not first or first[-1] in ".!?:" else f"{first}."
