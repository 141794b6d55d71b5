"""What changed between two descriptions, and what it means for callers."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.diff.changes import Change
from vcsdk.diff.compare import changes
from vcsdk.diff.compare.surfaces import surface_changes
from vcsdk.diff.directions import directions
from vcsdk.diff.finding import Finding
from vcsdk.diff.judge import judge
from vcsdk.diff.report import Report
from vcsdk.diff.rules.table import RULES
from vcsdk.emitters.surface import surface_of
from vcsdk.ir.since import as_of
from vcsdk.pipeline import Described

__all__ = ["RULES", "Finding", "Report", "compare", "compare_with", "differences"]


def differences(old: Described, new: Described) -> Iterator[Change]:
    """What differs between two APIs, and between the Python names made from them."""
    yield from changes(old.api, new.api, (old.document, new.document))
    before, after = (surface_of(each.api, each.config) for each in (old, new))
    yield from surface_changes(before, after, directions(old.api, new.api))


def compare(old: Described, new: Described) -> list[Finding]:
    """Every finding of every rule, worst first, then by place: of the API, and of the Python names made from it.

    Order, formatting and the names of schemas make no difference to what is found of the API.
    """
    return judge(differences(old, new), RULES)


def compare_with(version: str, new: Described) -> list[Finding]:
    """What came to an API after a version, as its description tells; the Python names are those of one package.

    Raises:
        ValueError: It is no version.
    """
    return judge(changes(as_of(new.api, version), new.api, (new.document, new.document)), RULES)
