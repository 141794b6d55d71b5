"""Makes commands of click of functions; a group imports a command when it is called."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from vcsdk.cli import extras, page
from vcsdk.cli.signature import Signature, Slot, choices, read

_SETTINGS = {"help_option_names": ["--help", "-h"]}


@dataclass(frozen=True)
class Entry:
    """A row of a list of commands.

    Attributes:
        target: Where its function is, "module:name".
        summary: What the list says of it.
        extra: The optional dependencies that it needs.
    """

    target: str
    summary: str
    extra: str | None = None


class Command(click.Command):
    """A command that a function is; `signature` has what it says of itself."""

    def __init__(self, name: str, entry: Entry) -> None:
        module, _, function = entry.target.partition(":")
        self.signature: Signature = read(getattr(import_module(module), function))
        self.extra = entry.extra
        parameters = [_parameter(slot) for slot in self.signature.slots]
        super().__init__(name, params=parameters, context_settings=_SETTINGS, help=self.signature.summary)

    def get_help(self, ctx: click.Context) -> str:
        """The help as `page` sets it."""
        return page.of_command(ctx.command_path, self.signature)

    def invoke(self, ctx: click.Context) -> Any:
        """Call the function, or say which extra is to be installed first."""
        if self.extra is not None and (lacking := extras.missing(self.extra)):
            click.echo(extras.explain(ctx.command_path, self.extra, lacking), err=True, nl=False)
            return 2
        return self.signature.call(ctx.params)


class Group(click.Group):
    """Commands by their names, none of which is imported before it is asked for."""

    def __init__(self, name: str, text: str, entries: Mapping[str, Entry | Group], **settings: Any) -> None:
        super().__init__(name, context_settings=_SETTINGS, help=text, **settings)
        self.entries = entries

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Without a command, the help is shown."""
        return super().parse_args(ctx, args or ["--help"])

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  every context has the same
        """Their names in alphabetical order."""
        return sorted(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name, or None."""
        entry = self.entries.get(cmd_name)
        return Command(cmd_name, entry) if isinstance(entry, Entry) else entry

    def get_help(self, ctx: click.Context) -> str:
        """The help as `page` sets it."""
        rows = [(name, each.summary) for name, each in sorted(self.entries.items())]
        options = [
            (f"{option.opts[0]} {option.metavar or ''}".rstrip(), option.help or "")
            for option in self.params
            if isinstance(option, click.Option)
        ]
        return page.of_group(ctx.command_path, self.help or "", rows, options)

    @property
    def summary(self) -> str:
        """What a list of commands says of it."""
        return (self.help or "").partition("\n\n")[0]


class _File(click.Path):
    """A path, or what `Parameter.read` makes of the word."""

    def __init__(self, slot: Slot) -> None:
        super().__init__(path_type=Path)
        self._read = slot.extra.read or Path

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ARG002
        return value if isinstance(value, Path) else self._read(value)


class _Words(click.Choice[str]):
    """One of a few words, which an enumeration may stand for."""

    def __init__(self, kind: Any) -> None:
        self._kind = kind if isinstance(kind, type) and issubclass(kind, enum.StrEnum) else str
        super().__init__(choices(kind), case_sensitive=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        words = {word.lower(): word for word in self.choices}
        if value.lower() not in words:
            self.fail(f"`{value}` is none of {', '.join(self.choices)}", param, ctx)
        return self._kind(words[value.lower()])


def _parameter(slot: Slot) -> click.Parameter:
    if slot.positional:
        return click.Argument([slot.name], nargs=-1 if slot.many else 1, type=_type(slot), required=slot.required)
    if slot.kind is bool:
        return click.Option([_spelled(slot), *slot.flags[1:], slot.name], is_flag=True, default=None, help=slot.text)
    names = [*slot.flags, slot.name]
    return click.Option(names, multiple=slot.many, type=_type(slot), required=slot.required, help=slot.text)


def _spelled(slot: Slot) -> str:
    return f"{slot.flags[0]}/{slot.extra.negative}" if slot.extra.negative else slot.flags[0]


def _type(slot: Slot) -> click.ParamType[Any]:
    if choices(slot.kind):
        return _Words(slot.kind)
    if slot.kind is Path:
        return _File(slot)
    if slot.kind is int:
        return click.IntRange(slot.extra.least, slot.extra.most)
    return click.FLOAT if slot.kind is float else click.STRING
