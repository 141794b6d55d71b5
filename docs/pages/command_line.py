"""Walks the commands of `vcsdk`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import click
from vcsdk.cli.command import Command, Group
from vcsdk.cli.main import build


def application() -> Group:
    """The application."""
    return build()


def each(group: Group, words: tuple[str, ...] = ("vcsdk",)) -> Iterator[tuple[str, Command]]:
    """The words of each command that does something ("vcsdk contract run") and the command, in alphabetical order."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, Command):
            yield " ".join((*words, name)), command
        elif isinstance(command, Group):
            yield from each(command, (*words, name))


def commands(group: Group) -> Iterator[tuple[str, Callable[..., Any]]]:
    """The words of each command and its function."""
    for words, command in each(group):
        yield words, command.signature.function


def parse(words: Sequence[str], *, unknown: bool = False) -> tuple[Command, click.Context]:
    """The command that a command line calls, and what it binds to the parameters; nothing is called.

    Args:
        words: Those behind `vcsdk`.
        unknown: What the command does not know is kept in `args` of the context.

    Raises:
        click.UsageError: No command would be called.
    """
    command: click.Command | None = build()
    rest = list(words)
    while isinstance(command, Group):
        context = click.Context(command)
        name = rest.pop(0) if rest else ""
        command = command.get_command(context, name)
        if command is None:
            raise click.exceptions.NoSuchCommand(name, ctx=context)
    if not isinstance(command, Command):
        raise click.UsageError(f"no command is `{' '.join(words)}`")
    return command, command.make_context(command.name, rest, allow_extra_args=unknown, ignore_unknown_options=unknown)
