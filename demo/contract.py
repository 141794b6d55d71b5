"""Runs the generated contract suite against the simulator, and reads its results."""

from __future__ import annotations

import json
from typing import Any

from demo.processes import PASSWORD, Workshop
from demo.steps import StepFailedError


def run(workshop: Workshop, name: str, url: str, users: tuple[str, str], *options: str) -> str:
    """One run of `vcsdk contract run`; gives how many tests passed.

    Args:
        workshop: Where the report (`<name>/`) and the output (`<name>.txt`) go.
        name: Of the run.
        url: The target's origin.
        users: The administrator and the account without privileges.
        options: Further options of the command.

    Raises:
        StepFailedError: The contract is broken, or the run did not get that far.
    """
    report = workshop.logs / name
    status, output = workshop.run(
        name,
        *("contract", "run", "--url", url, "--package", str(workshop.generated / "vcenter-vcha-contract")),
        *("--username", users[0], "--password-env", PASSWORD),
        *("--powerless-username", users[1], "--powerless-password-env", PASSWORD),
        *("--recovery", "30", "--report", str(report), *options),
    )
    results = report / "results.json"
    if not results.exists():
        raise StepFailedError(f"exit {status}: {_last_line(output)}")
    found: dict[str, Any] = json.loads(results.read_text(encoding="utf-8"))
    counts = found["counts"]
    requests = sum(row["requests"] for row in found["operations"].values())
    seen = f"{counts['passed']} tests passed, {counts['skipped']} skipped, {requests} requests"
    if status != 0 or counts["failed"]:
        findings = "; ".join(f"{row['operation']}: {row['message'].splitlines()[0]}" for row in found["findings"][:2])
        raise StepFailedError(f"exit {status}: {counts['failed']} tests failed: {findings or found['trouble']}")
    if not counts["passed"]:
        raise StepFailedError(f"no test ran: {seen}")
    return seen


def _last_line(output: str) -> str:
    lines = [line.strip(" =") for line in output.splitlines() if line.strip(" =")]
    return lines[-1] if lines else "it said nothing"
