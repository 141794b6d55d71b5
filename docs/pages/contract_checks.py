"""The checks that a target is held to."""

from __future__ import annotations

from vcsdk.copied.suite.catalogue import CHECKS

from docs.pages.markdown import code, table

_HEAD = """# Contract checks

What `vcsdk contract run` holds a target to. The last column names the [planted faults](faults.md) that prove the
check: on a simulator with that fault it finds something, on one without it does not. How the suite uses them:
[contract](../contract.md).

"""


def page() -> str:
    """The page: id, text, severity and proof of each check."""
    rows = (
        (code(check.id), check.doc, check.severity, ", ".join(code(name) for name in check.proven_by) or "-")
        for _, check in sorted(CHECKS.items())
    )
    return _HEAD + table(("check", "what must hold", "severity", "proven by"), rows)
