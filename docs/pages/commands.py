"""The commands and their options, from the same signatures and docstrings as `--help`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.cli import page as screen
from vcsdk.cli.command import Command
from vcsdk.cli.completion import options
from vcsdk.cli.signature import Slot

from docs.pages.command_line import application, each
from docs.pages.markdown import code, table

_HEAD = """# Commands

Every command and option of `vcsdk`; `vcsdk COMMAND --help` says the same. What a status means: [exit
codes](exit-codes.md).

"""


def page() -> str:
    """The page: what `vcsdk` itself takes, then a section a command."""
    own = [(code(option.opts[0]), option.help or "") for option in options()]
    parts = [_HEAD + table(("of `vcsdk` itself", ""), own)]
    for words, command in each(application()):
        parts.append("\n\n".join(_section(words, command)))
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


def _section(words: str, command: Command) -> Iterator[str]:
    signature = command.signature
    yield f"## {words}"
    yield signature.summary
    yield from signature.paragraphs
    if command.extra is not None:
        yield f"It needs `pip install 'vcsdk[{command.extra}]'`."
    for title, slots in (
        ("argument", [slot for slot in signature.slots if slot.positional]),
        ("option", [slot for slot in signature.slots if not slot.positional]),
    ):
        if slots:
            yield table((title, "meaning"), (_row(slot) for slot in slots))


def _row(slot: Slot) -> tuple[str, str]:
    return code(screen.spelled(slot)), screen.explained(slot)
