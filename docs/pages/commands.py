"""The commands and their options, as cyclopts writes them for `--help`."""

from __future__ import annotations

from docs.pages.command_line import application

_HEAD = """# Commands

Every command and option of `vcsdk`; `vcsdk COMMAND --help` says the same. What a status means: [exit
codes](exit-codes.md).

"""


def page() -> str:
    """The page: a section a command; what cyclopts writes before the first one is a table of contents."""
    text = application().generate_docs(output_format="markdown")
    return _HEAD + text[text.index("\n## vcsdk ") + 1 :]
