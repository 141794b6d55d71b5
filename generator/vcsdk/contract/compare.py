"""What changed between two runs: findings that are new, fixed, changed or still there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vcsdk.contract import places
from vcsdk.copied.suite.check import SEVERITIES

Finding = Mapping[str, Any]
STATES = ("new", "changed", "still there", "fixed", "not seen again")


@dataclass(frozen=True, slots=True)
class Difference:
    """One finding in the light of both runs.

    `state` is one of `STATES`: "changed" is the same check on the same operation and path that observed something else
    before; "not seen again" a finding of the first run whose operation the second one did not test, so that nobody can
    say it is fixed.  `before` and `after` are the findings, None where a run has none.
    """

    state: str
    before: Finding | None
    after: Finding | None

    @property
    def finding(self) -> Finding:
        """The newer of the two."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a difference has at least one finding")
        return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two results and their differences, in the order of `STATES`."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]
    differences: tuple[Difference, ...]

    def count(self, state: str) -> int:
        """How many differences have this state."""
        return sum(difference.state == state for difference in self.differences)

    @property
    def regressed(self) -> bool:
        """True if there is a finding that was not there before and is not known."""
        return any(d.state in ("new", "changed") and not d.finding["known"] for d in self.differences)

    @property
    def is_clean(self) -> bool:
        """True if the later run has no finding but known ones."""
        return all(d.after is None or d.after["known"] for d in self.differences)

    def as_dict(self) -> dict[str, Any]:
        """For other programs: `version`, `before` and `after` (target, verdict, started), `counts`, `differences`."""
        return {
            "version": 1,
            "before": _head(self.before),
            "after": _head(self.after),
            "counts": {state: self.count(state) for state in STATES},
            "differences": [
                {"state": d.state, "fingerprint": d.finding["fingerprint"], "before": d.before, "after": d.after}
                for d in self.differences
            ],
        }


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> Comparison:
    """Match the findings of two results by fingerprint, then by operation, check and path."""
    old = {finding["fingerprint"]: finding for finding in places.apart(before)}
    new = {finding["fingerprint"]: finding for finding in places.apart(after)}
    # What generated requests repeat has a fingerprint of its own, and may have been a finding of its own before.
    was, is_now = places.by_fingerprint(before), places.by_fingerprint(after)
    differences: list[Difference] = []
    gone = {mark: finding for mark, finding in old.items() if not {mark, *finding.get("repeats", ())} & is_now.keys()}
    for mark, finding in new.items():
        earlier = next((was[name] for name in (mark, *finding.get("repeats", ())) if name in was), None)
        if earlier is not None:
            differences.append(Difference("still there", earlier, finding))
            continue
        twin = next((m for m, other in gone.items() if _place(other) == _place(finding)), None)
        if twin is None:
            differences.append(Difference("new", None, finding))
        else:
            differences.append(Difference("changed", gone.pop(twin), finding))
    for finding in gone.values():
        differences.append(Difference("fixed" if was_tried_again(finding, after) else "not seen again", finding, None))
    return Comparison(before, after, tuple(sorted(differences, key=_order)))


def was_tried_again(finding: Finding, after: Mapping[str, Any]) -> bool:
    """True if a run that does not have the finding did what would have shown it."""
    tested = {name for name, row in after["operations"].items() if row["requests"]}
    passed = {row["test"] for row in after["tests"] if row["outcome"] == "passed"}
    retried = bool(passed & set(finding["tests"]))
    return retried or (not finding["operation"] and after["complete"]) or _all_ran(finding, after, tested)


def _all_ran(finding: Finding, after: Mapping[str, Any], tested: set[str]) -> bool:
    """True if the operation was called and none of the tests that failed on it was left out."""
    left_out = {row["test"] for row in after["tests"] if row["outcome"] == "skipped"} | set(after["unfinished"])
    return finding["operation"] in tested and after["complete"] and not left_out & set(finding["tests"])


def _place(finding: Finding) -> tuple[str, str, str]:
    return finding["operation"], finding["check"], finding["path"]


def _order(difference: Difference) -> tuple[int, int, str, str, str]:
    return STATES.index(difference.state), *worst_first(difference.finding)


def worst_first(finding: Finding) -> tuple[int, str, str, str]:
    """A key that sorts findings as reports show them."""
    severity = SEVERITIES.index(finding["severity"])
    return severity, finding["operation"], finding["check"], finding["fingerprint"]


def _head(results: Mapping[str, Any]) -> dict[str, Any]:
    return {key: results[key] for key in ("target", "verdict", "started", "complete", "counts")}
