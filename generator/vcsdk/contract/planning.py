"""What a run would send: the suite is rehearsed against a simulator in its own process, and no request leaves it."""

from __future__ import annotations

import json
import secrets
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vcsdk.contract.rehearsal import ORDER, Order
from vcsdk.contract.running import Event, Outcome, Request, run
from vcsdk.contract.summary import not_tested

VERSION = 1
_PASSWORD = "VCSDK_REHEARSAL_PASSWORD"
_WITHHELD = ("--password-", "--powerless-password-", "--token-", "--client-", "--ca-bundle=", "--proxy=")


@dataclass(frozen=True, slots=True)
class Plan:
    """The requests in the order they would leave (see `rehearsal.Rehearsal`), and how the rehearsal ended."""

    requests: list[dict[str, Any]]
    outcome: Outcome

    def operations(self) -> dict[str, dict[str, Any]]:
        """By operation: `request`, `effect`, and how many requests: `suite`, `fuzz` at most, `waiting` or more.

        Requests that match no operation stand under "".
        """
        declared: Mapping[str, Mapping[str, Any]] = self.outcome.results.get("operations", {})
        counts: dict[str, Counter[str]] = {name: Counter() for name in declared}
        for request in self.requests:
            kind = "waiting" if request["waiting"] else "fuzz" if request["fuzz"] else "suite"
            counts.setdefault(request["operation"], Counter())[kind] += 1
        return {
            name: {
                "request": declared[name]["request"] if name in declared else "",
                "effect": declared[name]["effect"] if name in declared else "",
                **{kind: count[kind] for kind in ("suite", "fuzz", "waiting")},
            }
            for name, count in counts.items()
        }

    def as_dict(self) -> dict[str, Any]:
        """For `--json`: `version`, `operations`, `requests`, `skipped` (test, operation, reason), `trouble`."""
        results = self.outcome.results
        return {
            "version": VERSION,
            "operations": self.operations(),
            "requests": self.requests,
            "skipped": results.get("skipped", []),
            "trouble": results.get("trouble", ""),
        }


def plan(request: Request, mode: str, on_event: Callable[[Event], None] | None = None) -> Plan:
    """Rehearse what `running.run` would do with this request; `mode` is the one the target is assumed to be in.

    `request.options` must take passwords from no descriptor: no password is needed, and none is read.

    Raises:
        OSError: A temporary folder cannot be made.
        KeyboardInterrupt: It was interrupted: half a rehearsal is no plan.
    """
    with tempfile.TemporaryDirectory(prefix="vcsdk-plan-") as folder:
        notes = Path(folder)
        order = Order(str(request.package.description()), mode, str(notes))
        environment = {ORDER: order.as_text(), _PASSWORD: secrets.token_urlsafe(16)}
        rehearsed = replace(
            request,
            options=tuple(_without_secrets(request.options)),
            plugins=(*request.plugins, "vcsdk.contract.rehearsal"),
            environment={**request.environment, **environment},
            report=None,
        )
        outcome = run(rehearsed, on_event)
        if outcome.is_interrupted:
            raise KeyboardInterrupt
        lines = (line for file in sorted(notes.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines())
        return Plan([json.loads(line) for line in lines], outcome)


def lines(made: Plan) -> Iterator[str]:
    """The plan as a person reads it."""
    operations = {name: row for name, row in made.operations().items() if _total(row)}
    width = max((len(name or "(none)") for name in operations), default=9)
    yield f"{'operation':<{width}}  {'effect':<11}  {'suite':>6}  {'fuzz':>6}  {'waiting':>7}  request"
    for name, row in operations.items():
        fuzz = f"≤ {row['fuzz']}" if row["fuzz"] else "-"
        waiting = f"≥ {row['waiting']}" if row["waiting"] else "-"
        yield (
            f"{name or '(none)':<{width}}  {row['effect']:<11}  {row['suite'] or '-':>6}  {fuzz:>6}  {waiting:>7}  "
            f"{row['request'] or 'paths and methods that the description does not have'}"
        )
    unused = [name for name in made.operations() if name not in operations]
    yield ""
    if unused:
        yield f"Not called: {', '.join(unused)}."
        yield ""
    yield from not_tested(made.outcome.results.get("skipped", []))
    yield "Suite: requests of the written tests.  Fuzz: at most, but for what it takes to make a finding small."
    yield "Waiting: repeated until it has happened."
    count = len(made.requests)
    yield f"{count} request{'' if count == 1 else 's'} in all.  Nothing was sent."


def _total(row: Mapping[str, Any]) -> int:
    return int(row["suite"] + row["fuzz"] + row["waiting"])


def _without_secrets(options: tuple[str, ...]) -> Iterator[str]:
    named = {option.partition("=")[0] for option in options}
    for option in options:
        if not option.startswith(_WITHHELD):
            yield option
    for user, flag in (("--username", "--password-env"), ("--powerless-username", "--powerless-password-env")):
        if user in named:
            yield f"{flag}={_PASSWORD}"
    for option in options:
        flag, _, value = option.partition("=")
        if flag in ("--token-env", "--token-fd"):
            scheme, separator, _ = value.rpartition("=")
            yield f"--token-env={scheme}{separator}{_PASSWORD}"
    if "--client-id" in named:
        yield f"--token-env={_PASSWORD}"
