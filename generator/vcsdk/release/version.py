"""Which version a change demands: semantic versioning (https://semver.org), in the notation of PEP 440."""

from __future__ import annotations

import enum
from collections.abc import Iterable

from packaging.version import Version

from vcsdk.diff import Cause
from vcsdk.diff.causes.cause import Kind
from vcsdk.diff.scale import Severity


class Demand(enum.IntEnum):
    """What a release has to raise: nothing, the patch, the minor or the major number."""

    NOTHING = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    @property
    def text(self) -> str:
        """In words: "minor"."""
        return self.name.lower()


def demand_of(cause: Cause) -> Demand:
    """Breaking demands major; new wording alone patch; everything else is there to be used or looked at: minor."""
    if cause.level is Severity.BREAKING:
        return Demand.MAJOR
    return Demand.PATCH if cause.kind is Kind.WORDING else Demand.MINOR


def demanded(causes: Iterable[Cause]) -> Demand:
    """The most that any cause demands."""
    return max(map(demand_of, causes), default=Demand.NOTHING)


def raised(last: str, demand: Demand) -> str:
    """The next version.

    Before 1.0 the numbers stand one place further right, as installers read them (`~=0.3.1` stays below 0.4): breaking
    raises the minor number, everything else the patch number.  Behind a pre-release comes its final form if that is
    high enough: `2.0.0rc1` gives 2.0.0 whatever the demand, `2.1.0rc1` gives 2.1.0 unless something breaks.

    Args:
        last: The version released last (PEP 440); a local label, a post- or a development release does not count.
        demand: Not `NOTHING`.
    """
    version = Version(last)
    major, minor, micro = (*version.release, 0, 0)[:3]
    place = demand if major else Demand.MINOR if demand is Demand.MAJOR else Demand.PATCH
    unfinished = version.pre is not None or (version.dev is not None and version.post is None)
    if place is Demand.MAJOR:
        number = (major, 0, 0) if unfinished and (minor, micro) == (0, 0) else (major + 1, 0, 0)
    elif place is Demand.MINOR:
        number = (major, minor, 0) if unfinished and micro == 0 else (major, minor + 1, 0)
    else:
        number = (major, minor, micro) if unfinished else (major, minor, micro + 1)
    epoch = f"{version.epoch}!" if version.epoch else ""
    return epoch + ".".join(str(part) for part in number)


def at_least(version: str, floor: str | None) -> str:
    """The higher of the two."""
    return floor if floor is not None and Version(floor) > Version(version) else version
