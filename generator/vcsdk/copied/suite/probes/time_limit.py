"""An operation answers within its budget (`--budget SECONDS` or `--budget OPERATION=SECONDS`).

The middle one of three answers counts, so that one slow answer of a busy machine is no finding.
"""

from __future__ import annotations

import statistics
import time
from typing import Any

from ..check import Check, Finding
from ..target import Target

CHECK = Check("time-limit", __doc__, ("slow-answers",), severity="behaviour")
READINGS = 3


def hold(target: Target, operation: str, method: str, path: str, body: Any) -> None:
    """Half of the answers come within the operation's budget."""
    budget = target.run.settings.budget(operation)
    times = []
    for _ in range(READINGS):
        began = time.monotonic()
        target.send(method, path, body)
        times.append(time.monotonic() - began)
        if len([t for t in times if t <= budget]) > READINGS // 2:
            return
    middle = statistics.median(times)
    if middle > budget:
        told = f"{method} {path} takes {middle:.2f} s, and its budget is {budget:g} s"
        raise Finding(CHECK, told, observed="over budget", operation=operation)
