"""`vcsdk contract`: hold a running target to its description."""

from __future__ import annotations

import os
import sys
from json import dumps
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

from generator.cli import failure
from generator.contract.package import PackageError, find
from generator.contract.running import USAGE, Event, Outcome, Request, run
from generator.contract.summary import lines
from generator.suite.masking import Secrets

app = App(
    name="contract",
    help="Hold a running target to its description.",
    default_parameter=Parameter(negative=(), show_default=False),
)


@app.command(name="run")
def run_suite(
    *,
    url: str,
    username: str | None = None,
    password_env: str | None = None,
    password_fd: int | None = None,
    powerless_username: str | None = None,
    powerless_password_env: str | None = None,
    level: Literal["read", "write", "destructive"] = "read",
    allow: list[str] | None = None,
    max_accepted: int | None = None,
    seed: int = 0,
    fuzz_examples: int = 20,
    undocumented_fields: Literal["fail", "ignore"] = "fail",
    timeout: float | None = None,
    recovery: float | None = None,
    ca_bundle: Path | None = None,
    insecure: bool = False,
    proxy: str | None = None,
    package: Path | None = None,
    report: Path | None = None,
    expression: Annotated[str | None, Parameter("-k")] = None,
    json: bool = False,
) -> int:
    """Run the contract suite against a target and say whether the contract holds.

    By default only requests that change nothing are sent.  Passwords are read from the environment or a file
    descriptor, never from the command line.

    For example: `vcsdk contract run --url https://vc.example.com --username administrator@vsphere.local
    --password-env VC_PASSWORD`

    Exits 0 if the contract holds, 1 if it is broken, 2 on a wrong command line, 3 if the target cannot be tested.

    Args:
        url: The target's origin, such as `https://vc.example.com`.
        username: Account that the tests sign in with.
        password_env: Environment variable that holds its password.
        password_fd: File descriptor to read its password from instead.
        powerless_username: Account without privileges, for what must be refused.
        powerless_password_env: Environment variable that holds its password.
        level: The most a request may do to the target. Default: read.
        allow: A destructive operation that may be called; may be given several times.
        max_accepted: How often the target may accept each destructive operation. Default: 4.
        seed: Seed of the generated requests. Default: 0.
        fuzz_examples: Random requests for each fuzzed operation. Default: 20.
        undocumented_fields: What a field means that the description does not know. Default: fail.
        timeout: Seconds to wait for an answer. Default: 30.
        recovery: Seconds to wait for the target to come back after an outage. Default: 900.
        ca_bundle: Certificates of the target's authority.
        insecure: Do not verify the target's certificate.
        proxy: Proxy to reach the target through.
        package: The contract package's folder. Default: the one in `generated/`, else the installed one.
        report: Folder for `results.json` and `junit.xml`.
        expression: Only tests that match, as pytest's `-k`.
        json: Print the results as JSON.
    """
    try:
        chosen = find(package)
    except PackageError as error:
        sys.stderr.write(f"error: {failure.clean(str(error))}\n")
        return USAGE
    values: dict[str, object] = {
        "--url": url,
        "--username": username,
        "--password-env": password_env,
        "--password-fd": password_fd,
        "--powerless-username": powerless_username,
        "--powerless-password-env": powerless_password_env,
        "--level": level,
        "--max-accepted": max_accepted,
        "--seed": seed,
        "--fuzz-examples": fuzz_examples,
        "--undocumented-fields": undocumented_fields,
        "--timeout": timeout,
        "--recovery": recovery,
        "--ca-bundle": ca_bundle.resolve() if ca_bundle is not None else None,
        "--proxy": proxy,
    }
    options = [f"{flag}={value}" for flag, value in values.items() if value is not None]
    options += [f"--allow={name}" for name in allow or ()] + (["--insecure"] if insecure else [])
    secrets = _secrets((username, password_env), (powerless_username, powerless_password_env))
    descriptors = (password_fd,) if password_fd is not None else ()
    request = Request(chosen, tuple(options), expression, report, secrets, descriptors)
    with _Progress() as progress:
        outcome = run(request, progress.advance)
    return _show(outcome, json=json)


def _secrets(*logins: tuple[str | None, str | None]) -> Secrets:
    secrets = Secrets()
    for username, variable in logins:
        if variable is not None:
            secrets.add_login(username or "", os.environ.get(variable, ""))
    return secrets


def _show(outcome: Outcome, *, json: bool) -> int:
    if outcome.status == USAGE or not outcome.results:
        # pytest's own words: a wrong option, no test that matches, or a mistake in the suite.
        told = [line for line in outcome.log.splitlines() if line.startswith(("ERROR", "Error", "pytest: error"))]
        if outcome.status == USAGE and not told:
            told = ["no test matches"]
        text = "\n".join(told) or outcome.log.strip() or "pytest did not start"
        sys.stderr.write(f"error: {failure.clean(text.removeprefix('ERROR: '))}\n")
        return outcome.status
    if json:
        sys.stdout.write(dumps(outcome.results, indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{failure.clean(line)}\n" for line in lines(outcome.results))
    return outcome.status


class _Progress:
    """A bar on a terminal, nothing elsewhere."""

    def __enter__(self) -> _Progress:
        self._bar = None
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            columns = (TextColumn("contract"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("", total=None)
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def advance(self, event: Event) -> None:
        """Count one finished test."""
        if self._bar is not None:
            self._bar.update(self._task, advance=1, total=event["total"], description=event["operation"])
