"""Command lines: options of the program, then words, then options of the command."""

from __future__ import annotations

import argparse
import inspect
import shutil
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from .. import printed
from . import connection, texts
from .options import Option, Options
from .tree import Command, Group
from .usage import UsageError

SHELLS = ("bash", "zsh", "fish")
_WAIT = 900.0
_CODES = """exit codes:
  0  done
  1  the server refused or failed, or was not reached
  2  the command line cannot be carried out; nothing was sent
  3  the outcome is unknown: it may have been done, or a task still runs"""


class Parser(argparse.ArgumentParser):
    """One that raises instead of printing; a prefix of an option is not the option."""

    def __init__(self, prog: str, **settings: Any) -> None:
        super().__init__(
            prog=prog,
            add_help=False,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            **settings,
        )

    def whole(self, words: Sequence[str], given: argparse.Namespace | None = None) -> argparse.Namespace:
        """Parse words of which none may be left; those that are may be secrets, and are not repeated.

        Raises:
            UsageError: A word is wrong.
        """
        found, left = self.parse_known_args(list(words), given)
        if left:
            raise UsageError(unknown_option(left[0], self._option_string_actions))
        return found

    def error(self, message: str) -> NoReturn:
        """Raise UsageError."""
        raise UsageError(message)


def program(prog: str, client: Any) -> tuple[Parser, list[argparse.Action]]:
    """The parser of the options that every command has, and these."""
    parser = Parser(prog, usage=f"{prog} [OPTIONS] WORDS… [OPTIONS]")
    connecting = parser.add_argument_group("connection")
    actions = list(connection.add_options(connecting, client))
    group = parser.add_argument_group("output and waiting")
    add = group.add_argument
    actions += [
        add("--json", action="store_true", default=None, help="print JSON"),
        add("--output", metavar="FILE", help="write the answer's bytes to a file, or - to print them as they are"),
        add("--all", action="store_true", default=None, help="go through all pages of a list, and print their items"),
        add("--reveal", action="store_true", default=None, help="print passwords and tokens of the answer"),
        add("--yes", action="store_true", default=None, help="do not ask before what is destructive"),
        add("--no-wait", action="store_true", default=None, help="print the task that was started, do not wait for it"),
        add(
            "--wait", type=connection.seconds, metavar="SECONDS", help=f"wait for a task this long (default {_WAIT:g})"
        ),
    ]
    actions.append(parser.add_argument("-h", "--help", action="store_true", default=None, help="explain this level"))
    return parser, actions


def only_program(parser: Parser) -> None:
    """Add what makes sense without any word."""
    parser.add_argument("--print-completion", choices=SHELLS, help="print a script that completes words and options")
    parser.add_argument("--version", action="store_true", help="print the version of the package")


def unknown_option(word: str, known: Iterable[str] = ()) -> str:
    """What is said of a word that no option takes; `known` are those that there are."""
    from difflib import get_close_matches

    if not word.startswith("-"):
        return "there is a word that belongs to no option"
    flag = word.partition("=")[0]
    near = get_close_matches(flag, [each for each in known if each.startswith("--")], 1)
    hint = f"did you mean {near[0]}?" if near else "--help lists what there is"
    return f"there is no option {flag} here; {hint}"


def takes_value(action: argparse.Action) -> bool:
    """Whether an option is followed by a value."""
    return action.nargs != 0


def command_parser(prog: str, command: Command, actions: Sequence[argparse.Action], rest: Sequence[str]) -> Parser:
    """The parser of one command; an option of the program whose name it uses stands before the words.

    Raises:
        UsageError: A dotted option leads nowhere.
    """
    options = Options(command.function)
    parser = Parser(
        f"{prog} {' '.join(command.words)}",
        # argparse fills this in, and nothing else, in a description.
        description=f"{_explained(command)}\n\n{command.operation.request_line}".replace("%(prog)", "% (prog)"),
        epilog=f"`{prog} --help` has the options of the connection, which stand here as well.\n\n{_CODES}",
        usage=" ".join((prog, *command.words, *_needed(options), "[OPTIONS]")).replace("%", "%%"),
    )
    group = parser.add_argument_group("arguments")
    for option in options.by_flag.values():
        _add(group, option)
        for below in options.shown(option):
            _add(group, below)
    known = set(parser._option_string_actions)
    for option in options.dotted(rest):
        if option.flag not in known:
            _add(group, option, hidden=True)
    if any(option.nullable for option in options.by_flag.values()):
        group.add_argument("--null", metavar="ARGUMENT", action="append", help="send null for it")
    _add_shared(parser, actions, command)
    parser.set_defaults(**{"command options": options})
    return parser


def _needed(options: Options) -> list[str]:
    needed = [option for option in options.by_flag.values() if option.required]
    return [f"{o.flag}|--no-{o.flag[2:]}" if texts.is_flag(o.kind) else f"{o.flag} {o.metavar}" for o in needed]


def _explained(command: Command) -> str:
    """The docstring without the sections that help has in its own way."""
    doc = inspect.cleandoc(command.function.__doc__ or "")
    for section in ("\nArgs:\n", "\nReturns:\n", "\nRaises:\n", "\nSource: "):
        doc = doc.partition(section)[0]
    return printed.lines(doc.strip().replace("**", ""))


def _add_shared(parser: Parser, actions: Sequence[argparse.Action], command: Command) -> None:
    group = parser.add_argument_group("output and waiting")
    shown = {"json", "output", "reveal", "help"}
    shown |= {"no_wait", "wait"} if command.operation.task else set()
    shown |= {"yes"} if command.operation.destructive else set()
    shown |= {"all"} if command.operation.paging is not None else set()
    taken = parser._option_string_actions
    for action in actions:
        flags = [flag for flag in action.option_strings if flag not in taken]
        if not flags:
            continue
        said = action.help if action.dest in shown else argparse.SUPPRESS
        settings: dict[str, Any] = {"dest": action.dest, "help": said, "default": argparse.SUPPRESS}
        if takes_value(action):
            settings |= {"metavar": action.metavar, "type": action.type, "choices": action.choices}
        else:
            settings["action"] = "store_true"
        group.add_argument(*flags, **settings)


def _add(group: Any, option: Option, *, hidden: bool = False) -> None:
    said = option.help.replace("%", "%%") if not hidden else argparse.SUPPRESS
    said = f"{said} (required)".strip() if option.required and not option.path and not hidden else said
    dest = key(option)
    taken = group._option_string_actions
    if option.flag in taken:
        return
    if texts.is_flag(option.kind):
        both = f"--no-{option.flag[2:]}" not in taken
        kind: Any = argparse.BooleanOptionalAction if both else "store_true"
        group.add_argument(option.flag, dest=dest, action=kind, help=said, default=None)
        return
    action = "append" if option.several else "store"
    group.add_argument(option.flag, dest=dest, metavar=option.metavar, action=action, help=said, default=None)


def key(option: Option) -> str:
    """Where a parser puts what an option was given; no other option has the name."""
    return f"argument {option.flag}"


def values(options: Options, given: argparse.Namespace, rest: Sequence[str]) -> dict[str, Any]:
    """The keywords of the method.

    Raises:
        UsageError: One is missing or does not fit.
    """
    found: dict[str, Any] = {}
    for option in options.by_flag.values():
        _take(found, option, given)
        shown = options.shown(option)
        known = {below.flag for below in shown}
        for below in (*shown, *(o for o in options.dotted(rest) if o.argument == option.argument)):
            if below in shown or below.flag not in known:
                _take(found, below, given)
    for name in getattr(given, "null", None) or ():
        flag = f"--{name.lstrip('-').replace('_', '-')}"
        if flag not in options.by_flag or not options.by_flag[flag].nullable:
            raise UsageError(f"--null: there is no argument {flag} that may be null")
        found[options.by_flag[flag].argument] = None
    for option in options.by_flag.values():
        if option.required and option.argument not in found and texts.is_secret(option.kind):
            found[option.argument] = _typed(option)
    missing = [o.flag for o in options.by_flag.values() if o.required and o.argument not in found]
    if missing:
        raise UsageError(f"needed: {', '.join(missing)}")
    return found


def _typed(option: Option) -> str:
    if not connection.types_here():
        raise UsageError(f"needed: {option.flag}")
    return connection.asked(f"{option.flag[2:]}: ")


def _take(found: dict[str, Any], option: Option, given: argparse.Namespace) -> None:
    typed = getattr(given, key(option), None)
    if typed is None:
        return
    value = typed
    if option.several:
        value = [texts.read(text, option.taken, option.flag) for text in typed]
    elif not isinstance(typed, bool):
        value = texts.read(typed, option.kind, option.flag)
    if not option.path:
        found[option.argument] = value
        return
    holder: Any = found.setdefault(option.argument, {})
    if not isinstance(holder, dict):
        holder = found[option.argument] = texts.as_dict(holder, option.flag)
    for name in option.path[:-1]:
        holder = holder.setdefault(name, {})
        if not isinstance(holder, dict):
            raise UsageError(f"{option.flag}: what it leads through was given as something else")
    holder[option.path[-1]] = value


def group_help(prog: str, client: Any, group: Group, parser: Parser) -> str:
    """What help says of a group, or of the program."""
    where = " ".join((prog, *group.words))
    rows = [(word, group.about(word)) for word in group.groups]
    ops = [(word, command.summary) for word, command in group.commands.items()]
    width = max((len(word) for word, _ in (*rows, *ops)), default=0)
    columns = max(40, shutil.get_terminal_size().columns)
    lines = [f"usage: {where} [OPTIONS] " + ("WORD…" if rows else "COMMAND") + " [OPTIONS]", ""]
    if not group.words:
        about = inspect.cleandoc(client.__doc__ or "").partition("\n\nClose it with")[0]
        lines += [about, ""]
    for title, found in (("groups:", rows), ("commands:", ops)):
        lines += [title, *(_row(word, said, width, columns) for word, said in found), ""] if found else []
    if group.words:
        lines += [f"`{where} COMMAND --help` explains a command, `{prog} --help` the options of all."]
    else:
        described = parser.format_help().partition("\n\n")[2]
        lines += [described.rstrip(), "", _CODES]
    return "\n".join(lines) + "\n"


def _row(word: str, said: str, width: int, columns: int) -> str:
    indent = " " * (width + 4)
    if width > columns // 2:
        return f"  {word}\n" + textwrap.fill(said, columns, initial_indent="      ", subsequent_indent="      ")
    return textwrap.fill(said, columns, initial_indent=f"  {word:<{width}}  ", subsequent_indent=indent) or f"  {word}"
