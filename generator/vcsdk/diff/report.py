"""What a comparison found, as the formats print it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from vcsdk.diagnostics import Diagnostic, Level, Location, Origin
from vcsdk.diff.causes import Cause, causes_of
from vcsdk.diff.changes import Removed
from vcsdk.diff.comparison import Comparison
from vcsdk.diff.finding import Finding
from vcsdk.diff.scale import Severity
from vcsdk.load import Document

_LEVELS = {Severity.BREAKING: Level.ERROR, Severity.RISKY: Level.WARNING, Severity.SAFE: Level.NOTE}


@dataclass(frozen=True, slots=True)
class Ignored:
    """A finding that the ignore file names, and the reason it gives."""

    finding: Finding
    reason: str


@dataclass(frozen=True)
class Report:
    """The findings that stand, worst first, those that do not, and the documents that both are about.

    `comparison` tells which findings have one cause.  What is less than `show` is left out of what is printed.
    """

    old: Document
    new: Document
    findings: Sequence[Finding]
    ignored: Sequence[Ignored] = ()
    comparison: Comparison | None = None
    show: Severity = Severity.SAFE

    @property
    def shown(self) -> list[Finding]:
        """The findings to print."""
        return [finding for finding in self.findings if finding.level.reaches(self.show)]

    @cached_property
    def every_cause(self) -> tuple[Cause, ...]:
        """What changed, worst first; each finding that stands is under one of them."""
        return causes_of(self.findings, self.comparison)

    @cached_property
    def causes(self) -> tuple[Cause, ...]:
        """The same with the findings to print alone."""
        if self.show is Severity.SAFE:
            return self.every_cause
        shown = {id(finding) for finding in self.shown}
        return tuple(kept for cause in self.every_cause if (kept := cause.within(shown)) is not None)

    @cached_property
    def followed(self) -> dict[str, Cause]:
        """The cause of each finding that follows from others, by the finding's fingerprint."""
        return {finding.fingerprint: cause for cause in self.every_cause if cause.own for finding in cause.following}

    def places(self, finding: Finding) -> tuple[Location | None, Location | None]:
        """Where the finding is in the old and in the new description; None where it is in one of them only."""
        site = finding.site
        return _locate(self.old, site.old), _locate(self.new, site.new)

    def count(self, level: Severity) -> int:
        """How many of the findings to print are of a level."""
        return Counter(finding.level for finding in self.shown)[level]

    def counted(self, level: Severity) -> int:
        """The same without those that follow from one of the API that is as bad or worse: they are counted there."""
        return sum(1 for finding in self.shown if finding.level is level and not self._is_told(finding))

    def _is_told(self, finding: Finding) -> bool:
        cause = self.followed.get(finding.fingerprint)
        return cause is not None and any(own.level.reaches(finding.level) for own in cause.own)

    def causes_of_level(self, level: Severity) -> list[Cause]:
        """The causes to print of one level."""
        return [cause for cause in self.causes if cause.level is level]

    def reaches(self, threshold: Severity) -> bool:
        """Whether a finding stands that is as bad as the threshold or worse."""
        return any(finding.level.reaches(threshold) for finding in self.findings)

    @property
    def verdict(self) -> str:
        """The rows by level in words: "2 breaking, 1 risky, 31 safe changes"; "no changes"."""
        counts = [(level, self.count(level)) for level in Severity]
        words = ", ".join(f"{count:,} {level.value}" for level, count in counts if count)
        total = sum(count for _, count in counts)
        return f"{words} change{'' if total == 1 else 's'}" if words else "no changes"

    @property
    def summary(self) -> str:
        """The causes by level in words: "2 causes break callers, 1 is risky, 31 are safe (102 changes)"."""
        parts: list[str] = []
        for level in Severity:
            count = len(self.causes_of_level(level))
            if count:
                parts.append(counted(count, level, noun=not parts))
        changes = len(self.shown)
        rows = f" ({changes:,} change{'' if changes == 1 else 's'})"
        return ", ".join(parts) + rows if parts else "no changes"

    def diagnose(self, finding: Finding, text: str, level: Severity | None = None) -> Diagnostic:
        """A text about a finding, with its place and source line: in the old description of what is gone."""
        old, new = self.places(finding)
        gone = new is None or (finding.rule.kind is Removed and old is not None)
        place, other = (old, new) if gone else (new, old)
        source = (self.old if gone else self.new).sources.get(place.file) if place is not None else None
        excerpt = source.line(place.line) if source is not None and place is not None else None
        hint = f"{'new' if gone else 'old'}: {other}" if other is not None else None
        rule = f"{finding.rule.id} {finding.fingerprint}"
        return Diagnostic(_LEVELS[level or finding.level], rule, text, place or Location(self.new.file), hint, excerpt)


def counted(count: int, level: Severity, *, noun: bool = True) -> str:
    """How many causes of a level there are: "3 causes break callers"; without the noun behind another such."""
    singular = count == 1
    verb = {
        Severity.BREAKING: "breaks callers" if singular else "break callers",
        Severity.RISKY: "is risky" if singular else "are risky",
        Severity.SAFE: "is safe" if singular else "are safe",
    }[level]
    subject = (" cause" if singular else " causes") if noun else ""
    return f"{count:,}{subject} {verb}"


def _locate(document: Document, origin: Origin | None) -> Location | None:
    return document.locate(origin) if origin is not None else None
