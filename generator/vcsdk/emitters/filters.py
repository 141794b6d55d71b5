"""What templates filter text by: the rules of each format (`vcsdk.quoting`), and docstrings and comments laid out."""

from __future__ import annotations

import functools
import re

from vcsdk.quoting.markdown import code as code_span
from vcsdk.quoting.markdown import code_cell
from vcsdk.quoting.markdown import prose as markdown
from vcsdk.quoting.plain import clean
from vcsdk.quoting.python import identifier
from vcsdk.quoting.python import literal as python_literal
from vcsdk.quoting.toml import value as toml

__all__ = [
    "clean",
    "code_cell",
    "code_span",
    "comment",
    "docstring",
    "identifier",
    "markdown",
    "python_literal",
    "reflow",
    "toml",
    "wrap",
]

_LABEL = re.compile(r"(?:\*{0,2}\w+(?: \([^)]*\))?:|[-*+]|\d+[.)]) ")
_BULLET = re.compile(r"(?:[-*+]|\d+[.)]) ")
_ROOM_FOR_WORDS = 20


def reflow(text: str) -> str:
    """The text with each paragraph on one line, for `docstring` and `comment` to wrap; lists keep their lines."""
    paragraphs = re.split(r"\n\s*\n", clean(text).strip())
    return "\n\n".join(_join(paragraph) for paragraph in paragraphs if paragraph.strip())


def _join(paragraph: str) -> str:
    lines: list[str] = []
    for raw in paragraph.splitlines():
        line = " ".join(raw.split())
        if lines and not _BULLET.match(line):
            lines[-1] += " " + line
        else:
            lines.append(line)
    return "\n".join(lines)


def wrap(text: str, width: int) -> list[str]:
    """The text's lines, none longer than `width` where a space allows it.

    A long line goes on under its own indentation; an entry of an `Args:` section (`name: text`) or of a list that is
    indented goes on four columns further in.
    """
    lines: list[str] = []
    for line in clean(text).strip("\n").splitlines():
        body = line.lstrip(" ")
        if len(line) <= width:
            lines.append(line.rstrip())
            continue
        margin = " " * (len(line) - len(body))
        hanging = margin + "    " if margin and _LABEL.match(body) else margin
        lines += _fill(body, margin, hanging, max(width, len(hanging) + _ROOM_FOR_WORDS))
    return lines


def _fill(body: str, margin: str, hanging: str, width: int) -> list[str]:
    """The words of one long line in lines of `width`; what stands between words stays where the line goes on.

    Does what `textwrap.wrap` does without breaking words, in a fraction of the time: most of what is emitted is prose.
    """
    lines: list[str] = []
    rest, before = body.strip(" "), margin
    while len(before) + len(rest) > width:
        room = width - len(before)
        end = rest.rfind(" ", 0, room + 1)
        if end < 0:
            end = rest.find(" ")
        if end < 0:
            break
        lines.append(before + rest[:end].rstrip(" "))
        rest, before = rest[end:].lstrip(" "), hanging
    lines.append(before + rest)
    return lines


@functools.lru_cache(maxsize=512)  # the sync and the async method share theirs
def docstring(text: str, indent: int = 0, width: int = 120) -> str:
    """A docstring literal, quotes included, for a place that is `indent` columns in; "" for no text.

    Lines are kept and wrapped, not joined; see `reflow`.  Backslashes and quotes are escaped, so that the literal's
    value is the cleaned text and nothing in it ends the literal.
    """
    text = clean(text).strip()
    if not text:
        return ""
    if "\n" not in text and indent + len(line := _escape(text)) + 6 <= width:
        return f'"""{line}"""'
    # Wrapping comes before escaping, so that no escape sequence is torn.
    lines = [_escape(line) for line in _wrap_after_quotes(text, width - indent)]
    margin = " " * indent
    body = "\n".join([lines[0], *((margin + line if line else "") for line in lines[1:])])
    return f'"""{body}\n{margin}"""'


def _wrap_after_quotes(text: str, width: int) -> list[str]:
    """Lines as `wrap` makes them, the first one shorter by the opening quotes in front of it."""
    first, *rest = text.split("\n", 1)
    head = wrap("xxx" + first, width)
    head[0] = head[0][3:]
    return head + (["", *wrap(rest[0], width)] if rest and rest[0].startswith("\n") else wrap("".join(rest), width))


def _escape(line: str) -> str:
    line = line.replace("\\", "\\\\")
    # A quote at the end would run into the closing ones.
    return line.replace('"', '\\"') if '"""' in line or line.endswith('"') else line


def comment(text: str, indent: int = 0, width: int = 120) -> str:
    """The text as `# ` lines, the first without its indentation (the template has written it); "" for no text."""
    if not clean(text).strip():
        return ""
    lines = ("# " + line if line else "#" for line in wrap(text, width - indent - 2))
    return ("\n" + " " * indent).join(lines)
