"""What changed between two descriptions, and what it means for callers."""

from __future__ import annotations

from generator.diff.compare import changes
from generator.diff.finding import Finding
from generator.diff.judge import judge
from generator.diff.report import Report
from generator.diff.rules.table import RULES
from generator.pipeline import Described

__all__ = ["RULES", "Finding", "Report", "compare"]


def compare(old: Described, new: Described) -> list[Finding]:
    """Every finding of every rule, worst first, then by place.  Both descriptions are read with their own names.

    Order, formatting and the names of schemas make no difference to what is found.
    """
    return judge(changes(old.api, new.api, (old.document, new.document)), RULES)
