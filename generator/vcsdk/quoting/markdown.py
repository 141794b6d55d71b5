"""Markdown: CommonMark 0.31 and the tables of GitHub Flavored Markdown 0.29.

Every text comes to one line.  What is made here may stand at the start of a line, in a paragraph, a list, a heading or
a cell of a table; code in a cell is `code_cell`.
"""

from __future__ import annotations

import re

from vcsdk.quoting.plain import one_line

# Of ASCII punctuation everything may be escaped (2.4); these are what means something somewhere.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&$])")
# At the start of a line: a list's item, a break, the underline of a heading (4.1, 4.3, 5.2).
_MARKER = re.compile(r"^(\d{1,9}(?=[.)])|(?=[-+=]))(.)(?=[\s=-]|$)")
_CODE = re.compile(r"(?:`[^`]*`)+")


def prose(text: str) -> str:
    """The text as prose in which nothing is markup, a link or HTML."""
    return _MARKER.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", one_line(text)))


def code(text: str) -> str:
    """The text as a code span, whatever back-ticks it holds (6.1); nothing to show is a blank."""
    line = one_line(text)
    if "`" not in line:
        return f"`{line or ' '}`"
    longest = max(len(run) for run in re.findall("`+", line))
    fence = "`" * (longest + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def code_cell(text: str) -> str:
    """The text as a code span in a cell of a table, where a pipe ends the cell even within code."""
    return code(text).replace("|", "\\|")


def message(text: str, *, cell: bool = False) -> str:
    """A sentence of ours that names things between back-ticks: prose, and the names as code.

    Args:
        text: The sentence; a name in it may hold back-ticks of its own, and then the code may end elsewhere.
        cell: It stands in a table.
    """
    made: list[str] = []
    line, at = one_line(text), 0
    for found in _CODE.finditer(line):
        inner = found[0][1:-1]
        if not inner.strip():
            continue
        # One span of what touches: two that touch would be read as one with other ends.
        made += [_between(line[at : found.start()], first=not made), (code_cell if cell else code)(inner)]
        at = found.end()
    return "".join([*made, _between(line[at:], first=not made)])


def _between(text: str, *, first: bool) -> str:
    escaped = _SPECIAL.sub(r"\\\1", text)
    return _MARKER.sub(r"\1\\\2", escaped) if first else escaped
