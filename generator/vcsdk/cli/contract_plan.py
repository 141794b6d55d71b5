"""`vcsdk contract plan`: what a run would send, without sending it."""

from __future__ import annotations

import json as json_format
import sys
from typing import Literal

from vcsdk.cli.contract import prepare, refuse, write_lines
from vcsdk.cli.contract_options import RunOptions


def plan_run(
    *,
    options: RunOptions,
    mode: Literal["ENABLED", "DISABLED", "MAINTENANCE"] = "ENABLED",
    json: bool = False,
) -> int:
    """Show which requests a run with the same options would send.  Sends nothing, and needs no password.

    The suite is rehearsed against a simulator in the same process.  A target in another state, or one with faults, may
    be asked less or, while a finding is made small, more; never more often than the level, the names and the limits
    allow.

    For example: `vcsdk contract plan --url https://vc.example.com --username administrator@vsphere.local
    --level destructive --allow vcha.cluster.failover --max-accepted 2`

    Exits 0, 2 on a wrong command line, or 3 if such a run would be stopped before its first test.

    Args:
        options: Those of the run.
        mode: Mode that the target's cluster is assumed to be in. Default: ENABLED.
        json: Print the plan as JSON, with every request in order.
    """
    from vcsdk.cli.progress import Progress
    from vcsdk.contract.planning import lines, plan
    from vcsdk.contract.running import USAGE

    request = prepare(options)
    if request is None:
        return USAGE
    with Progress("plan") as progress:
        made = plan(request, mode, progress.advance)
    if made.outcome.status == USAGE or not made.outcome.results:
        return refuse(made.outcome)
    if json:
        sys.stdout.write(json_format.dumps(made.as_dict(), indent=2) + "\n")
    else:
        write_lines(lines(made))
    if made.outcome.results["verdict"] in ("unreachable", "unsafe") or not made.outcome.results["operations"]:
        sys.stderr.write(f"A run would be stopped: {made.outcome.results['trouble']}\n")
        return 3
    return 0
