"""The rules that a description is held to."""

from __future__ import annotations

from vcsdk.checks.rules import CHECKS

from docs.pages.markdown import code, reason, table

_HEAD = """# Lint rules

What `vcsdk generate` and `vcsdk lint` hold a description to after the [repairs](repairs.md), in this order. A
finding that is an error stops the generation. What cannot be read at all (YAML, references between files, the
configuration) is reported under ids of its own; each finding says where it stands and how to mend it.

"""


def page() -> str:
    """The page: id and reason of each rule."""
    return _HEAD + table(("rule", "what must hold"), ((code(rule.id), reason(rule.find)) for rule in CHECKS))
