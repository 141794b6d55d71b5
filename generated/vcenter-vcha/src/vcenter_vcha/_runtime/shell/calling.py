"""Carries a command out: asks where it is destructive, calls, waits, prints."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator
from typing import Any

from ..errors import (
    ArgumentError,
    OutcomeUnknown,
    SdkError,
    TaskTimeout,
)
from ..pages import Paged
from ..printed import printed
from ..streams import EventStream, ItemStream
from . import output
from .connection import types_here
from .tree import Command
from .usage import UsageError

DONE, FAILED, USAGE, UNKNOWN = 0, 1, 2, 3


def code_of(error: SdkError) -> int:
    """The exit code that an error of the client stands for."""
    if isinstance(error, ArgumentError):
        return USAGE
    return UNKNOWN if isinstance(error, OutcomeUnknown | TaskTimeout) else FAILED


def say(word: str, message: object) -> None:
    """One line on the standard error, whatever the message has."""
    lines = (printed(line.strip()) for line in str(message).splitlines())
    sys.stderr.write(f"{word}: {'; '.join(filter(None, lines))}\n")
    sys.stderr.flush()


def confirm(command: Command, target: object, given: argparse.Namespace) -> None:
    """Ask before what is destructive.  Raises UsageError where nobody agrees."""
    if not command.operation.destructive or given.yes:
        return
    what = f"{command.operation.name} is destructive"
    if not types_here():
        raise UsageError(f"{what}: add --yes; there is no terminal to ask on")
    where = printed(f"{command.operation.request_line} on {target}")
    sys.stderr.write(f"{what}: {where}. Go on? [y/N] ")
    sys.stderr.flush()
    try:
        answer = sys.stdin.readline()
    except UnicodeDecodeError:
        answer = ""
    if answer.strip().lower() not in ("y", "yes"):
        raise UsageError("nothing was sent")


def carry_out(client: Any, command: Command, keywords: dict[str, Any], given: argparse.Namespace) -> None:
    """Call, wait where it is a task, and print.  Raises what the method raises, and UsageError."""
    method = command.bound(client)
    _check(command, given)
    if command.deprecated:
        say("warning", command.deprecated)
    if given.output is not None:
        _save(client, method, keywords, given.output)
        return
    if sys.stdout.isatty() and _gives_bytes(command):
        raise UsageError("the answer is no text: give --output FILE, or - to have it here all the same")
    found = method(**keywords)
    if command.operation.task:
        found = _ended(found, given)
    _print(found, given)


def _check(command: Command, given: argparse.Namespace) -> None:
    """Raises UsageError for options that the command has no use for."""
    if given.all and command.operation.paging is None:
        raise UsageError("--all: what this answers has no pages")
    if given.all and given.output is not None:
        raise UsageError("--all, --output: give one of them")


def _print(found: Any, given: argparse.Namespace) -> None:
    how = {"for_machines": bool(given.json), "reveal": bool(given.reveal)}
    if isinstance(found, EventStream | ItemStream):
        with found:
            for value in found:
                output.write_item(value, **how)
    elif given.all and (walk := _walk(found)) is not None:
        if given.json:
            for value in walk:
                output.write_item(value, **how)
        else:
            output.write(list(walk), **how)
    elif isinstance(found, bytes) and sys.stdout.isatty():
        raise UnsavedError(f"the answer came, {len(found)} bytes that are no text: --output FILE keeps them")
    else:
        output.write(found, **how)


def _walk(found: Any) -> Iterator[Any] | None:
    """The items of an answer and of all pages behind it; None for one that is no page."""
    # By the class: a property of the answer may have the method's name.
    return iter(Paged.pages(found)) if isinstance(found, Paged) else None


def _gives_bytes(command: Command) -> bool:
    """Whether nothing else can come: then it is known before anything is sent."""
    found = command.operation.success
    return bool(found) and all(answer.type is bytes for answer in found)


def _save(client: Any, method: Any, keywords: dict[str, Any], path: str) -> None:
    with client.with_streaming_response(method)(**keywords) as answer:
        if path != "-":
            try:
                answer.save(path)
            except OSError as error:
                if isinstance(error, SdkError):
                    raise
                # The call was made, and its answer is lost.
                raise UnsavedError(f"--output: {path}: {error.strerror}") from None
            return
        with contextlib.closing(answer):
            for piece in answer.iter_bytes():
                output.write_bytes(piece)
        sys.stdout.buffer.flush()


class UnsavedError(Exception):
    """The answer came, and could not be kept."""


def _ended(task: Any, given: argparse.Namespace) -> Any:
    if given.no_wait:
        return {"task": task.id}
    say("task", task.id)
    try:
        return task.wait(timeout=given.wait or 900.0, on_progress=_progress)
    except KeyboardInterrupt:
        say("interrupted", f"the task {task.id} goes on")
        raise


def _progress(seen: object) -> None:
    sys.stderr.write(f"{seen}\n")
    sys.stderr.flush()
