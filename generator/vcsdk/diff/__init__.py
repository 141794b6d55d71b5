"""What changed between two descriptions, and what it means for callers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vcsdk.diff.causes import Cause, causes_of
from vcsdk.diff.changes import Change
from vcsdk.diff.compare.schemas import SchemaComparison
from vcsdk.diff.compare.texts import TextComparison
from vcsdk.diff.comparison import Comparison, changes_of_apis, compare_apis
from vcsdk.diff.finding import Finding
from vcsdk.diff.judge import judge
from vcsdk.diff.python import python_changes
from vcsdk.diff.report import Report
from vcsdk.diff.rules.table import RULES
from vcsdk.emitters.surface import surface_of
from vcsdk.ir.since import as_of
from vcsdk.pipeline import Described
from vcsdk.surface import Surface

__all__ = [
    "RULES",
    "Cause",
    "Compared",
    "Finding",
    "Report",
    "causes_of",
    "compare",
    "compared",
    "compared_with",
    "differences",
]


@dataclass(frozen=True, slots=True)
class Compared:
    """Every finding of every rule, worst first, then by place, and the comparison that it comes from."""

    findings: list[Finding]
    comparison: Comparison


def differences(old: Described, new: Described) -> Iterator[Change]:
    """What differs between two APIs, and between the Python names made from them."""
    documents = (old.document, new.document)
    schemas, texts = SchemaComparison.of(old.api, new.api), TextComparison(*documents)
    yield from changes_of_apis(old.api, new.api, documents, schemas, texts)
    before, after = (surface_of(each.api, each.config) for each in (old, new))
    yield from python_changes(before, after, compare_apis(old.api, new.api, documents))


def compare(old: Described, new: Described) -> list[Finding]:
    """Every finding of every rule, worst first, then by place: of the API, and of the Python names made from it.

    Order, formatting and the names of schemas make no difference to what is found of the API.
    """
    return compared(old, new).findings


def compared(old: Described, new: Described, surfaces: tuple[Surface, Surface] | None = None) -> Compared:
    """As `compare`, with what tells which findings have one cause.

    Args:
        old: The description that callers know.
        new: The one that replaces it.
        surfaces: The Python names of both; None for those that the descriptions give.
    """
    found = compare_apis(old.api, new.api, (old.document, new.document))
    before, after = surfaces or (surface_of(old.api, old.config), surface_of(new.api, new.config))
    python = judge(python_changes(before, after, found), RULES)
    return Compared(sorted((*found.findings, *python), key=lambda finding: finding.order), found)


def compared_with(version: str, new: Described) -> Compared:
    """What came to an API after a version, as its description tells; the Python names are those of one package.

    Raises:
        ValueError: It is no version.
    """
    found = compare_apis(as_of(new.api, version), new.api, (new.document, new.document))
    return Compared(list(found.findings), found)
