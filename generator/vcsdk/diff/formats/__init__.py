"""The forms in which a report is printed, each a function from `Report` to text: by causes, or every row of it."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Protocol

from vcsdk.diff.formats.github import render_github
from vcsdk.diff.formats.json_form import render_json
from vcsdk.diff.formats.markdown import render_markdown
from vcsdk.diff.formats.text import render_text
from vcsdk.diff.report import Report

__all__ = ["FORMATS", "Format", "render_text"]


class Format(enum.StrEnum):
    """The forms by the names that `--format` takes."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    GITHUB = "github"


class Renderer(Protocol):
    """What writes a report."""

    def __call__(self, report: Report, *, rows: bool = False) -> str:
        """The text; `rows` for every finding instead of causes."""


FORMATS: Mapping[Format, Renderer] = {
    Format.TEXT: render_text,
    Format.JSON: render_json,
    Format.MARKDOWN: render_markdown,
    Format.GITHUB: render_github,
}
