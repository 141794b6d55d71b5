"""The faults that can be planted in the simulator."""

from __future__ import annotations

from vcsdk.copied.suite.catalogue import CHECKS
from vcsdk.simulator.faults import known_faults

from docs.pages.markdown import code, table

_HEAD = """# Simulator faults

`vcsdk serve DESCRIPTION --fault ID` plants one; several may be planted together. The last column names the
[checks](contract-checks.md) that find it.

"""


def page() -> str:
    """The page: id, effect and finder of each fault."""
    rows = []
    for fault in known_faults():
        found_by = sorted(check.id for check in CHECKS.values() if fault.id in check.proven_by)
        rows.append((code(fault.id), fault.breaks, ", ".join(code(name) for name in found_by) or "-"))
    return _HEAD + table(("fault", "what it breaks", "found by"), rows)
