"""What a comparison found, as the formats print it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from vcsdk.diagnostics import Diagnostic, Level, Location, Origin
from vcsdk.diff.changes import Removed
from vcsdk.diff.finding import Finding
from vcsdk.diff.scale import Severity
from vcsdk.load import Document

_LEVELS = {Severity.BREAKING: Level.ERROR, Severity.RISKY: Level.WARNING, Severity.SAFE: Level.NOTE}


@dataclass(frozen=True, slots=True)
class Ignored:
    """A finding that the ignore file names, and the reason it gives."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """The findings that stand, worst first, those that do not, and the documents that both are about."""

    old: Document
    new: Document
    findings: Sequence[Finding]
    ignored: Sequence[Ignored] = ()

    def places(self, finding: Finding) -> tuple[Location | None, Location | None]:
        """Where the finding is in the old and in the new description; None where it is in one of them only."""
        site = finding.site
        return _locate(self.old, site.old), _locate(self.new, site.new)

    def count(self, level: Severity) -> int:
        """How many findings of a level stand."""
        return Counter(finding.level for finding in self.findings)[level]

    def reaches(self, threshold: Severity) -> bool:
        """Whether a finding stands that is as bad as the threshold or worse."""
        return any(finding.level.reaches(threshold) for finding in self.findings)

    @property
    def verdict(self) -> str:
        """The counts in words: "2 breaking, 1 risky, 31 safe changes"; "no changes"."""
        counts = [(level, self.count(level)) for level in Severity]
        words = ", ".join(f"{count:,} {level.value}" for level, count in counts if count)
        total = sum(count for _, count in counts)
        return f"{words} change{'' if total == 1 else 's'}" if words else "no changes"

    def diagnose(self, finding: Finding, ending: str = "") -> Diagnostic:
        """The finding with its place and source line: in the new description, or in the old one of what is gone."""
        old, new = self.places(finding)
        gone = new is None or (finding.rule.kind is Removed and old is not None)
        place, other = (old, new) if gone else (new, old)
        source = (self.old if gone else self.new).sources.get(place.file) if place is not None else None
        excerpt = source.line(place.line) if source is not None and place is not None else None
        hint = f"{'new' if gone else 'old'}: {other}" if other is not None else None
        rule = f"{finding.rule.id} {finding.fingerprint}"
        return Diagnostic(
            _LEVELS[finding.level], rule, finding.text + ending, place or Location(self.new.file), hint, excerpt
        )


def _locate(document: Document, origin: Origin | None) -> Location | None:
    return document.locate(origin) if origin is not None else None
