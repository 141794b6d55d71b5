"""The rules that two descriptions are compared by."""

from __future__ import annotations

from vcsdk.diff import RULES
from vcsdk.diff.scale import Area, Severity

from docs.pages.markdown import code, table

_HEAD = """# Diff rules

What `vcsdk diff` tells apart. *Breaking*: a caller that works today can stop working. *Risky*: some callers have to
look. *Safe*: none has to. The direction is the way a value travels, because the same change can be safe one way and
breaking the other.

"""


_TITLES = {Area.API: "API"}


def page() -> str:
    """The page: a table for each area, after the number of rules of each level."""
    counts = ", ".join(f"{sum(rule.level is level for rule in RULES)} {level}" for level in Severity)
    parts = [_HEAD, f"{len(RULES)} rules: {counts}.\n"]
    for area in Area:
        rows = [
            (code(rule.id), rule.level.value, rule.direction.text, rule.meaning) for rule in RULES if rule.area is area
        ]
        if rows:
            title = _TITLES.get(area, area.capitalize())
            parts.append(f"\n## {title}\n\n{table(('rule', 'level', 'direction', 'what it means'), rows)}")
    return "".join(parts)
