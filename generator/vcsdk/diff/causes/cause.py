"""What a cause holds."""

from __future__ import annotations

import enum
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

from vcsdk.diff.finding import Finding
from vcsdk.diff.scale import Area, Severity


class Kind(enum.StrEnum):
    """What was changed: the API, its wording alone, the name of Python things, or something else about them."""

    API = "api"
    WORDING = "wording"
    NAMES = "names"
    PYTHON = "python"


@dataclass(frozen=True)
class Cause:
    """One change of somebody's, with the findings that say it.

    `own` says what changed, worst first; `following` are findings about Python names that follow from that.  `message`
    is a sentence without a full stop.
    """

    kind: Kind
    message: str
    own: tuple[Finding, ...]
    following: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding that the cause shows in."""
        return (*self.own, *self.following)

    @property
    def first(self) -> Finding:
        """The worst finding of its own; for want of one, of what follows."""
        return self.findings[0]

    @cached_property
    def level(self) -> Severity:
        """As bad as the worst of its findings, those that follow included."""
        return min((finding.level for finding in self.findings), key=lambda level: level.rank)

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The operations, schemas or Python names it is found in by itself; "" is the API as a whole."""
        return tuple(dict.fromkeys(finding.site.subject for finding in self.own))

    @cached_property
    def operations(self) -> int:
        """How many of these are operations."""
        return len({finding.site.operation for finding in self.own if finding.site.operation})

    @property
    def order(self) -> tuple[int, bool, int, tuple[object, ...]]:
        """Worst first; of two equally bad ones that of the API, then the one that is found in more places."""
        return (self.level.rank, self.first.rule.area is Area.SURFACE, -len(self.own), self.first.order)

    def within(self, shown: Collection[int]) -> Cause | None:
        """The cause with these findings (by `id`) alone; None where none of them is its."""
        own = tuple(finding for finding in self.own if id(finding) in shown)
        following = tuple(finding for finding in self.following if id(finding) in shown)
        return replace(self, own=own, following=following) if own or following else None
