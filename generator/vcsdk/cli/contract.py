"""`vcsdk contract`: hold a running target to its description."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING

from vcsdk.access import real
from vcsdk.cli import failure
from vcsdk.cli.contract_options import RunOptions
from vcsdk.cli.folding import say

if TYPE_CHECKING:  # What follows needs the extra `contract`, which the help does without.
    from vcsdk.contract.running import Outcome, Request


def run_suite(*, options: RunOptions, report: Path | None = None, har: Path | None = None, json: bool = False) -> int:
    """Run the contract suite against a target and say whether the contract holds.

    By default only requests that change nothing are sent.  Passwords are read from the environment or a file
    descriptor, never from the command line.  A `conftest.py` in the folder you stand in may add checks of your own.

    For example: `vcsdk contract run --url https://vc.example.com --username administrator@vsphere.local
    --password-env VC_PASSWORD`

    Exits 0 if the contract holds, 1 if it is broken, 2 on a wrong command line, 3 if the target cannot be tested, is
    not safe to test, or has not shown enough.

    Args:
        options: Which target is tested, as whom, and how far.
        report: Folder for a report: `index.html`, `results.json`, `junit.xml` and what they are made of.
        har: File for every request and answer as an HTTP Archive, secrets masked.
        json: Print the results as JSON.
    """
    from vcsdk.cli.progress import Progress
    from vcsdk.contract.folder import FolderInUseError
    from vcsdk.contract.running import run

    request = prepare(options, report, har)
    if request is None:
        return failure.USAGE
    try:
        with Progress() as progress:
            outcome = run(request, progress.advance)
    except FolderInUseError as error:
        sys.stderr.write(f"{failure.clean(str(error))}\n")
        return failure.USAGE
    return _show(outcome, report, json=json)


def prepare(options: RunOptions, report: Path | None = None, har: Path | None = None) -> Request | None:
    """What to hand to `running.run`; None if the command line cannot be used, which is then said on stderr."""
    from vcsdk.contract.package import PackageError, find
    from vcsdk.contract.running import Request

    mistakes = list(options.mistakes())
    try:
        chosen = find(options.package)
    except PackageError as error:
        mistakes.append(str(error))
    if mistakes:
        sys.stderr.writelines(f"error: {failure.clean(text)}\n" for text in mistakes)
        return None
    return Request(
        chosen,
        (*options.arguments(), *([f"--har={real(har)}"] if har is not None else [])),
        options.expression,
        report,
        options.secrets(),
        options.descriptors(),
        options.workers,
        har,
        options.max_seconds,
    )


def refuse(outcome: Outcome) -> int:
    """Say in pytest's own words why there are no results: a wrong option, or no test that matches; the exit status."""
    told = [line for line in outcome.log.splitlines() if line.startswith(("ERROR", "Error", "pytest: error"))]
    if outcome.status == failure.USAGE and not told:
        told = ["no test matches"]
    text = "\n".join(told) or outcome.log.strip() or "pytest did not start"
    text = text.removeprefix("ERROR: ")
    sys.stderr.write(f"{'' if ': error: ' in text else 'error: '}{failure.clean(text)}\n")
    return outcome.status


def write_lines(texts: Iterable[str]) -> None:
    """Print lines that may hold anything a target said."""
    say("".join(f"{failure.clean(text)}\n" for text in texts))


def _show(outcome: Outcome, report: Path | None, *, json: bool) -> int:
    from vcsdk.contract.artefacts import PAGE
    from vcsdk.contract.summary import lines

    if outcome.status == failure.USAGE or not outcome.results:
        return refuse(outcome)
    if json:
        sys.stdout.write(dumps(outcome.results, indent=2) + "\n")
    else:
        write_lines(lines(outcome.results, report / PAGE if report is not None else None))
    return outcome.status
