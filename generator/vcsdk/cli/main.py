"""`vcsdk`: the commands, each imported when it is called."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

import click

from vcsdk import __version__
from vcsdk.cli import completion, streams
from vcsdk.cli.command import Entry, Group

_INTERRUPTED, _NO_READER = 130, 141  # as shells have them: 128 and the signal
_USAGE = 2
_INTERNAL = 70  # EX_SOFTWARE of sysexits.h

_CONTRACT: dict[str, Entry | Group] = {
    "run": Entry(
        "vcsdk.cli.contract:run_suite",
        "Run the contract suite against a target and say whether the contract holds.",
        "contract",
    ),
    "plan": Entry(
        "vcsdk.cli.contract_plan:plan_run", "Show which requests a run with the same options would send.", "contract"
    ),
    "score": Entry(
        "vcsdk.cli.contract_score:score_suite", "Run the suite against a simulator with each fault planted.", "contract"
    ),
    "checks": Entry(
        "vcsdk.cli.contract_score:list_checks", "List the checks that the suite holds a target to.", "contract"
    ),
    "compare": Entry(
        "vcsdk.cli.contract_compare:compare_runs",
        "Compare two runs: which findings are new, fixed, changed, still there.",
        "contract",
    ),
    "report": Entry(
        "vcsdk.cli.contract_report:rebuild", "Make the report again from what a run wrote as it went.", "contract"
    ),
    "merge": Entry(
        "vcsdk.cli.contract_merge:merge_shards",
        "Make one report, one JUnit file and one verdict of the shards of a suite.",
        "contract",
    ),
    "history": Entry(
        "vcsdk.cli.contract_history:show_history", "Show which findings the runs of many builds have.", "contract"
    ),
}
_COMMANDS: dict[str, Entry | Group] = {
    "init": Entry("vcsdk.cli.init:init", "Write a first configuration for a description."),
    "generate": Entry("vcsdk.cli.generate:generate", "Generate a typed Python client and its contract tests."),
    "check": Entry("vcsdk.cli.check:check", "Tell whether generated packages are what their description gives."),
    "lint": Entry(
        "vcsdk.cli.lint:lint", "Show what a description gets wrong, what is repaired, and what calls can do."
    ),
    "serve": Entry("vcsdk.cli.serve:serve", "Serve a description as a simulated vCenter.", "serve"),
    "bundle": Entry("vcsdk.cli.bundle:bundle", "Write one self-contained description for other tools."),
    "contract": Group("contract", "Hold a running target to its description.", _CONTRACT),
    "diff": Entry("vcsdk.cli.diff:diff", "Tell what changed between two descriptions, and what breaks for callers."),
    "affected": Entry("vcsdk.cli.affected:affected", "Tell which lines of a program a new description touches."),
    "names": Entry("vcsdk.cli.names:names", "Show the released names beside those of a fresh start."),
    "regenerate": Entry("vcsdk.cli.regenerate:regenerate", "Bring packages up to date, and tell what changed."),
    "release": Entry("vcsdk.cli.release:release", "Make a release: version, changelog, packages."),
    "build": Entry("vcsdk.cli.build:build", "Build wheels and source distributions of generated packages.", "release"),
    "publish": Entry(
        "vcsdk.cli.publish:publish", "Upload built packages to an index, and install them from it.", "release"
    ),
}
_HELP = """Turn an OpenAPI description of vCenter into a typed Python client and its contract tests.

Start with: `vcsdk generate spec/vcha.yaml -o generated`"""


def build() -> Group:
    """The application; none of its commands is imported yet."""
    return Group("vcsdk", _HELP, _COMMANDS, params=[*completion.options(), _version()])


def _version() -> click.Option:
    def show(ctx: click.Context, _: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            click.echo(__version__)
            ctx.exit()

    return click.Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=show, help="Show the version, and end."
    )


def call(words: Sequence[str]) -> object:
    """Run the command that the words behind `vcsdk` call; what it gives, or the status of a line that calls none."""
    application = build()
    if (status := completion.answer(application)) is not None:
        return status
    try:
        with application.make_context("vcsdk", list(words)) as context:
            return application.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.UsageError as error:
        from vcsdk.cli import misuse

        return misuse.refuse(error)


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
    in the toolkit, 130 an interrupt, 141 a reader of what is printed (`head`) that has left.  No traceback is printed
    unless `VCSDK_TRACEBACK` is set.  A process that gives the arguments goes on, and collects its garbage as before.
    """
    if arguments is None:
        return _status(sys.argv[1:])
    was_enabled = gc.isenabled()
    try:
        return _status(arguments)
    finally:
        if was_enabled:
            gc.enable()


def _status(words: Sequence[str]) -> int:
    streams.prepare()
    try:
        result = call(words)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        streams.give_up()
        return _NO_READER
    except Exception as error:
        try:
            return _explain(error)
        except OSError:
            # Of a standard error that takes nothing there is nobody to tell.
            streams.give_up()
            return _USAGE
    return result if isinstance(result, int) else 0


def _explain(error: Exception) -> int:
    from vcsdk.cli import failure
    from vcsdk.diagnostics import InputError

    if isinstance(error, InputError):
        return failure.refuse(error.diagnostics)
    if os.environ.get("VCSDK_TRACEBACK"):
        traceback.print_exception(error)
        return _INTERNAL
    if isinstance(error, OSError) and (name := streams.place(error)) is not None:
        sys.stderr.write(f"{failure.clean(name)}: error: {error.strerror}\n")
        return failure.USAGE
    if isinstance(error, OSError) and streams.is_full(error):
        what = "what is printed" if streams.cannot_take(error) else "a file, or a temporary one,"
        streams.give_up()
        sys.stderr.write(f"error: {what} cannot be written: {error.strerror}\n")
        sys.stderr.flush()
        return failure.USAGE
    text = failure.clean(" ".join(f"{type(error).__name__}: {error}".split()))
    sys.stderr.write(f"internal error: {text}\nSet VCSDK_TRACEBACK=1 to see where, and please report it.\n")
    return _INTERNAL
