"""Walks the commands of `vcsdk`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from cyclopts import App
from vcsdk.cli.main import build


def application() -> App:
    """The application, each command with its whole help; a list of commands would have summaries only."""
    return build(["generate"])


def commands(app: App, words: tuple[str, ...] = ("vcsdk",)) -> Iterator[tuple[str, Callable[..., Any]]]:
    """The words of each command that does something ("vcsdk contract run") and its function, in alphabetical order."""
    for name in sorted(name for name in app if not name.startswith("-")):
        command = app[name]
        below = (*words, name)
        if command.default_command is not None:
            yield " ".join(below), command.default_command
        yield from commands(command, below)
