"""A generated client as a command: `python -m PACKAGE WORDS… OPTIONS`.  Nothing of it is loaded by programs.

All is found in the package: words are its resources and methods, options their arguments, and what happens is a call of
the method.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..errors import InsecureConnectionWarning, SdkError
from . import parsing, streams
from .tree import Command, Group
from .usage import UsageError

__all__ = ["run"]

_INTERRUPTED, _BROKEN_PIPE = 130, 141  # as a shell has them: 128 and the signal


def run(client: Any, package: str, command: str, argv: Sequence[str] | None = None) -> int:
    """Carry out a command line.

    Args:
        client: The class of the synchronous client.
        package: The name that the package is imported by.
        command: The name of the program that an installation has.
        argv: The words behind the program's name; those of the process if None.

    Returns:
        The exit code: 0 done; 1 the server refused or failed; 2 the command line cannot be carried out; 3 the outcome
        is unknown.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    streams.prepare()
    try:
        code = _run(client, package, command, words)
        sys.stdout.flush()
        return code
    except UsageError as error:
        from .calling import USAGE, say

        say("error", error)
        return USAGE
    except BrokenPipeError:
        streams.give_up()
        return _BROKEN_PIPE
    except OSError as error:
        from .calling import FAILED, say

        streams.give_up()
        with contextlib.suppress(OSError):
            say("error", f"{error.filename or 'what is printed cannot be written'}: {error.strerror}")
        return FAILED
    except KeyboardInterrupt:
        return _INTERRUPTED


def _run(client: Any, package: str, command: str, words: list[str]) -> int:
    prog = command if Path(sys.argv[0]).name == command else f"python -m {package}"
    root = Group(client)
    parser, actions = parsing.program(prog, client)
    if words[:2] == ["--complete", "--"]:
        from .completion import candidates

        sys.stdout.writelines(f"{word}\n" for word in candidates(root, actions, words[2:]))
        return 0
    parsing.only_program(parser)
    head, at, rest = _split(root, words, parser)
    given = parser.whole(head)
    if given.version:
        sys.stdout.write(f"{package} {getattr(sys.modules[package], '__version__', '')}".rstrip() + "\n")
        return 0
    if given.print_completion:
        from .completion import script

        sys.stdout.write(script(given.print_completion, command))
        return 0
    if isinstance(at, Group):
        text = parsing.group_help(prog, client, at, parser)
        (sys.stdout if given.help else sys.stderr).write(text)
        return 0 if given.help else 2
    own = parsing.command_parser(prog, at, actions, rest)
    if given.help or not _asking(own).isdisjoint(rest):
        sys.stdout.write(own.format_help())
        return 0
    given = own.whole(rest, given)
    return _call(client, at, given, rest)


def _asking(parser: parsing.Parser) -> set[str]:
    """The options that ask for help, without those that are arguments of the command."""
    return {flag for flag, action in parser._option_string_actions.items() if action.dest == "help"}


def _call(client: Any, command: Command, given: argparse.Namespace, rest: Sequence[str]) -> int:
    from . import calling, connection

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # said once, and not by Python
            warnings.simplefilter("always", InsecureConnectionWarning)
            warnings.showwarning = lambda message, *_, **__: calling.say("warning", message)
            keywords = parsing.values(getattr(given, "command options"), given, rest)
            made, where = connection.connected(client, given)
            with made:
                calling.confirm(command, where, given)
                calling.carry_out(made, command, keywords, given)
    except SdkError as error:
        calling.say("error", f"{type(error).__name__}: {error}")
        return calling.code_of(error)
    except calling.UnsavedError as error:
        calling.say("error", error)
        return calling.FAILED
    return calling.DONE


def _split(root: Group, words: Sequence[str], parser: parsing.Parser) -> tuple[list[str], Group | Command, list[str]]:
    """The options of the program, what the words lead to, and what stands behind the command."""
    known = parser._option_string_actions
    head: list[str] = []
    at: Group | Command = root
    rest = list(words)
    while rest and isinstance(at, Group):
        word = rest.pop(0)
        if not word.startswith("-"):
            at = at.find(word)
            continue
        if word.partition("=")[0] not in known:
            raise UsageError(parsing.unknown_option(word, known))
        head.append(word)
        if "=" not in word and word in known and parsing.takes_value(known[word]) and rest:
            head.append(rest.pop(0))
    return head, at, rest
