"""`vcsdk`: the commands, each imported when it is called."""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

from cyclopts import App, Parameter

from vcsdk import __version__

_INTERRUPTED = 130
_INTERNAL = 70  # EX_SOFTWARE of sysexits.h

_COMMANDS = {
    "init": ("vcsdk.cli.init:init", "Write a first configuration for a description."),
    "generate": ("vcsdk.cli.generate:generate", "Generate a typed Python client and its contract tests."),
    "check": ("vcsdk.cli.check:check", "Tell whether generated packages are what their description gives."),
    "lint": ("vcsdk.cli.lint:lint", "Show what a description gets wrong, what is repaired, and what calls can do."),
    "serve": ("vcsdk.cli.serve:serve", "Serve a description as a simulated vCenter."),
    "bundle": ("vcsdk.cli.bundle:bundle", "Write one self-contained description for other tools."),
    "contract": ("vcsdk.cli.contract:app", "Hold a running target to its description."),
    "diff": ("vcsdk.cli.diff:diff", "Tell what changed between two descriptions, and what breaks for callers."),
    "affected": ("vcsdk.cli.affected:affected", "Tell which lines of a program a new description touches."),
    "names": ("vcsdk.cli.names:names", "Show the released names beside those of a fresh start."),
    "regenerate": ("vcsdk.cli.regenerate:regenerate", "Bring packages up to date, and tell what changed."),
    "release": ("vcsdk.cli.release:release", "Make a release: version, changelog, packages."),
    "build": ("vcsdk.cli.build:build", "Build wheels and source distributions of generated packages."),
    "publish": ("vcsdk.cli.publish:publish", "Upload built packages to an index, and install them from it."),
}
_GROUPS = ("contract",)
"""Those that have commands of their own."""
_HELP = """Turn an OpenAPI description of vCenter into a typed Python client and its contract tests.

Start with: `vcsdk generate spec/vcha.yaml -o generated`"""


def build(arguments: Sequence[str]) -> App:
    """The application, with the commands that `arguments` may call; none is imported yet."""
    app = App(
        name="vcsdk",
        version=__version__,
        help=_HELP,
        help_format="markdown",
        default_parameter=Parameter(negative=(), show_default=False),
        suppress_keyboard_interrupt=False,
        result_action="return_value",
    )
    # A help text given here keeps the list of commands from importing them, but replaces the command's own.
    listing = not arguments or arguments[0].startswith("-")
    for name, (target, summary) in _COMMANDS.items():
        app.command(target, name=name, help=summary if listing else None)
    if arguments and arguments[0] in _GROUPS and all(word.startswith("-") for word in arguments[1:2]):
        _import_commands(app[arguments[0]])
    return app


def _import_commands(group: App) -> None:
    """A command that is not imported has no summary in the list of its group."""
    for name in group:
        _ = group[name]


def command() -> NoReturn:
    """The command `vcsdk`: `main`, and then the end of the process at once.

    What a run leaves in memory is not taken apart first: that would be a twentieth of a generation's time.  Nothing
    is waited for either; every command has ended its threads and removed its temporary files when `main` returns.
    """
    status = main()
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(status)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line (`sys.argv` if None) and return its exit status.

    0 is success, 1 what the command says it is, 2 an input that cannot be used or a wrong command line, 70 a mistake
    in the toolkit, 130 an interrupt.  No traceback is printed unless `VCSDK_TRACEBACK` is set.
    """
    for stream in (sys.stdout, sys.stderr):
        # What a console cannot show (half a surrogate pair no console can) is shown as Python escapes it.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        words = list(sys.argv[1:] if arguments is None else arguments)
        result = build(words)(words)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader (`head`) left; Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        return _explain(error)
    return result if isinstance(result, int) else 0


def _explain(error: Exception) -> int:
    from vcsdk.cli import failure
    from vcsdk.diagnostics import InputError

    if isinstance(error, InputError):
        return failure.refuse(error.diagnostics)
    if os.environ.get("VCSDK_TRACEBACK"):
        traceback.print_exception(error)
        return _INTERNAL
    if isinstance(error, OSError) and error.filename is not None:
        sys.stderr.write(f"{failure.clean(str(error.filename))}: error: {error.strerror}\n")
        return failure.USAGE
    text = failure.clean(" ".join(f"{type(error).__name__}: {error}".split()))
    sys.stderr.write(f"internal error: {text}\nSet VCSDK_TRACEBACK=1 to see where, and please report it.\n")
    return _INTERNAL
