"""The fenced blocks of a page, and the pages there are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(page for page in DOCS.rglob("*.md") if "reference" not in page.relative_to(DOCS).parts)

_BLOCK = re.compile(
    r"(?:^<!-- (?P<mark>[\w ]+): (?P<reason>[^\n]+?) -->\n)?^```(?P<language>\w+)\n(?P<code>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Block:
    """A fenced block with its line; `mark` and `reason` are those of a comment before it (`<!-- fragment: … -->`)."""

    page: str
    line: int
    language: str
    code: str
    mark: str
    reason: str

    @property
    def place(self) -> str:
        return f"{self.page}:{self.line}"


def blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(
            page.relative_to(ROOT).as_posix(),
            text.count("\n", 0, found.start("code")),
            found["language"],
            found["code"],
            found["mark"] or "",
            found["reason"] or "",
        )
        for found in _BLOCK.finditer(text)
    ]


def section(page: Path, heading: str) -> list[Block]:
    """The blocks of a section of the second level."""
    lines = page.read_text(encoding="utf-8").splitlines()
    headings = {number: line for number, line in enumerate(lines, 1) if line.startswith("## ")}
    (start,) = [number for number, line in headings.items() if line == f"## {heading}"]
    end = next((number for number in headings if number > start), len(lines) + 1)
    return [block for block in blocks(page) if start < block.line < end]
