"""What is said of a command line that cannot be used."""

from __future__ import annotations

import difflib
import sys
from typing import Any

import click

from vcsdk.cli import failure


def refuse(error: click.UsageError) -> int:
    """Say on stderr what is wrong and what helps; the exit status."""
    path = error.ctx.command_path if error.ctx is not None else "vcsdk"
    sys.stderr.write(f"error: {failure.clean(_said(error))}\n  hint: {_hint(error, path)}\n")
    return failure.USAGE


def _said(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            return f"there is no option {error.option_name}"
        case click.exceptions.NoSuchCommand():
            return f"there is no command `{error.command_name}`"
        case click.MissingParameter() if error.param is not None:
            return f"{_name(error.param)} is missing"
        case click.BadParameter() if error.param is not None:
            return f"{_name(error.param)}: {_wanted(error.param.type) or error.message}"
    return error.message


def _wanted(kind: click.ParamType[Any]) -> str:
    """What would have fitted; "" where the message says it."""
    if not isinstance(kind, click.types.IntParamType | click.types.FloatParamType):
        return ""
    what = "a whole number" if isinstance(kind, click.types.IntParamType) else "a number"
    least, most = getattr(kind, "min", None), getattr(kind, "max", None)
    if least is not None and most is not None:
        return f"expected {what} from {least} to {most}"
    if least is not None:
        return f"expected {what} from {least} up"
    return f"expected {what}" + (f" up to {most}" if most is not None else "")


def _name(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    return (parameter.name or "").upper()


def _hint(error: click.UsageError, path: str) -> str:
    near = getattr(error, "possibilities", None)
    if isinstance(error, click.exceptions.NoSuchCommand) and error.ctx is not None:
        # Commands are imported when they are called, so those that are loaded are not all.
        group = error.ctx.command
        known = group.list_commands(error.ctx) if isinstance(group, click.Group) else ()
        near = difflib.get_close_matches(error.command_name, known)
    return f"did you mean `{near[0]}`?" if near else f"`{path} --help` shows what there is"
