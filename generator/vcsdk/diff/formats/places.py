"""Where a cause shows, and what follows from it, in a line each."""

from __future__ import annotations

from vcsdk.diff.causes import Cause
from vcsdk.diff.causes.words import listed
from vcsdk.diff.finding import Finding
from vcsdk.diff.report import Report


def shows_in(cause: Cause) -> str:
    """The operations it is found in, if its sentence does not name them: "in 40 operations: GET /a, … and 37 more"."""
    places = [place for place in cause.places if place]
    if all(place in cause.message for place in places):
        return ""
    noun = "operation" if cause.operations == len(places) else "place"
    return f"in {len(places):,} {noun}{'' if len(places) == 1 else 's'}: {listed(places)}"


def followed_by(cause: Cause) -> str:
    """What follows in Python: "3 Python changes follow: models.X.y: is gone, …"; "" where nothing does."""
    if not cause.following or not cause.own:
        return ""
    count = len(cause.following)
    what = "1 Python change follows" if count == 1 else f"{count:,} Python changes follow"
    return f"{what}: {listed(finding.text for finding in cause.following)}"


def row_text(report: Report, finding: Finding) -> str:
    """A finding, and what it follows from."""
    cause = report.followed.get(finding.fingerprint)
    return finding.text if cause is None else f"{finding.text} (follows from {cause.first.fingerprint})"
