"""One fault, one finding: what says the same of many operations, or says again what a written test said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

Row = dict[str, Any]

FUZZ = "fuzz."
# What a generated request finds, as the checks of written ones name it.
_SAME: dict[str, frozenset[str]] = {
    "fuzz.undefined-status-code": frozenset({"status-documented", "expected-status"}),
    "fuzz.json-schema-error": frozenset({"body-fits", "undocumented-field", "error-shape"}),
    "fuzz.malformed-json": frozenset({"body-fits", "error-shape"}),
    "fuzz.undefined-content-type": frozenset({"content-documented", "error-shape"}),
    "fuzz.malformed-media-type": frozenset({"content-documented"}),
    "fuzz.missing-headers": frozenset({"header-documented"}),
    "fuzz.accepted-negative-data": frozenset({"expected-status"}),
    "fuzz.rejected-positive-data": frozenset({"expected-status"}),
    "fuzz.unsupported-method-response": frozenset({"expected-status", "allow-header"}),
}
_OF_WHAT_WAS_SENT = frozenset({"expected-status", "status-documented"})
_PLACE = (
    "operation",
    "fingerprint",
    "title",
    "message",
    "pytest_id",
    "tests",
    "repeats",
    "request",
    "response",
    "curl",
    "case",
    "seen_in",
)


def joined(findings: Iterable[Row], checks: frozenset[str]) -> list[Row]:
    """The findings of a run with what is one fault put together.

    Each has `places`, one an operation, the first of which is also what the finding itself says; and each place has
    `repeats`, the fingerprints of what generated requests have found there again.

    Args:
        findings: One for each fingerprint, with `known`, `pytest_id` and `tests`.
        checks: The ids of the checks of answers: what they see says the same of every operation.
    """
    groups: dict[tuple[object, ...], list[Row]] = {}
    for finding in _without_repeats([*findings]):
        groups.setdefault(_departure(finding, checks), []).append(finding)
    return [_one(places) for places in groups.values()]


def _without_repeats(findings: list[Row]) -> Iterator[Row]:
    written = [{**finding, "repeats": []} for finding in findings if not finding["check"].startswith(FUZZ)]
    generated: list[Row] = []
    # A failure of the server says more than that its status is not documented.
    fuzz = [finding for finding in findings if finding["check"].startswith(FUZZ)]
    for finding in sorted(fuzz, key=lambda finding: bool(finding["check"] != "fuzz.server-error")):
        again = next((other for other in (*written, *generated) if _says_the_same(finding, other)), None)
        if again is None:
            generated.append({**finding, "repeats": []})
        else:
            again["repeats"] = [*again["repeats"], finding["fingerprint"]]
            again["tests"] = [*dict.fromkeys([*again["tests"], *finding["tests"]])]
    yield from (*written, *generated)


def _says_the_same(generated: Row, other: Row) -> bool:
    if generated["operation"] != other["operation"] or generated["known"] != other["known"]:
        return False
    status = _status(generated)
    if status != _status(other):
        return False
    if status >= 500:
        of_status = other["check"] in _OF_WHAT_WAS_SENT or other["check"] == "fuzz.server-error"
        return of_status and generated["check"] in ("fuzz.server-error", "fuzz.undefined-status-code")
    return other["check"] in _SAME.get(generated["check"], ())


def _departure(finding: Row, checks: frozenset[str]) -> tuple[object, ...]:
    """What two findings have in common that are one fault in two operations."""
    check = finding["check"]
    same = (check, finding["path"], finding["observed"], finding["known"], finding["severity"])
    if check in _OF_WHAT_WAS_SENT:
        # The same answer to the same kind of request, as the tests name it.
        return (*same, finding["pytest_id"].rpartition("::")[2])
    # What is let in where it must not be is a hole of each operation's own; what is refused in a wrong way is not.
    is_refused = _status(finding) >= 400 and not check.startswith(FUZZ)
    return same if check in checks or is_refused else (*same, finding["operation"])


def _one(found: list[Row]) -> Row:
    # The first names the finding: the same one, in whatever order tests or shards have met them.
    places = sorted(found, key=lambda place: (place["operation"], place["fingerprint"]))
    first = places[0]
    tests = [*dict.fromkeys(test for place in places for test in place["tests"])]
    return {
        **first,
        "tests": tests,
        "places": [{key: place[key] for key in _PLACE if key in place} for place in places],
    }


def _status(finding: Row) -> int:
    return int(finding["response"]["status"]) if finding["response"] else 0
