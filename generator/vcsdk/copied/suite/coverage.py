"""Which documented answers a run has seen, and what it never exercised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

NO_ANSWER = "no answer"
_NEVER, _UNANSWERED = "never called", "called, but never answered with a success"


def answer_key(documented: Iterable[str], status: int) -> str:
    """The documented answer that a status belongs to: exact, then `4XX`, then `default`; else "".

    `default` is an error, unless no success is documented beside it.
    """
    keys = {str(key).upper(): str(key) for key in documented}
    wanted = [str(status), f"{status // 100}XX"]
    if status >= 400 or not any(key[0] in "23" for key in keys):
        wanted.append("DEFAULT")
    return next((keys[key] for key in wanted if key in keys), "")


def documents_success(documented: Iterable[str]) -> bool:
    """True if anything is said of an answer that is no error; what is not said cannot be departed from."""
    return any(str(key)[0] in "23d" for key in documented)


def operation_summary(
    declared: Mapping[str, Any], statuses: Counter[str], wrong: Counter[str], skipped: Iterable[str]
) -> dict[str, Any]:
    """The row of one operation: what it is, how often it was called, and its answers.

    `answers` holds every documented answer (also those never seen) and every other status that came: `documented`,
    `seen` and `wrong` (in how many tests it broke the contract).  `declared` has `request`, `effect` and `documented`.
    """
    documented = [str(key) for key in declared["documented"]]
    answers = {key: {"documented": True, "seen": 0, "wrong": 0} for key in documented}
    for counts, member in ((statuses, "seen"), (wrong, "wrong")):
        for status, count in sorted(counts.items()):
            key = answer_key(documented, int(status)) if status.isdecimal() else ""
            answers.setdefault(key or status, {"documented": False, "seen": 0, "wrong": 0})[member] += count
    return {
        "request": declared["request"],
        "effect": declared["effect"],
        "requests": statuses.total(),
        "accepted": sum(count for status, count in statuses.items() if status.startswith("2")),
        "statuses": dict(sorted(statuses.items())),
        "answers": answers,
        "skipped": dict(Counter(skipped).most_common()),
    }


def not_exercised(
    operations: Mapping[str, Mapping[str, Any]],
    withheld: Mapping[str, str] = {},
    untested: Mapping[str, Mapping[str, int]] = {},
) -> list[dict[str, Any]]:
    """What no test has shown, as `operation`, `answer` ("" for the operation as a whole) and `reason`.

    `withheld` has by operation why a test did not send what it was to send; `untested` why tests showed nothing of what
    they are about, and how many, which such an entry has as `tests`.
    """
    found: list[dict[str, Any]] = []
    for name, row in operations.items():
        if not row["accepted"] and not _is_redirected(row):
            reason = _why_not(row) if not row["requests"] else _UNANSWERED
            if name in withheld:
                reason = f"{_UNANSWERED if row['requests'] else _NEVER}: {withheld[name]}"
            found.append({"operation": name, "answer": "", "reason": reason})
        found += [
            {"operation": name, "answer": key, "reason": "this documented answer was never seen"}
            for key, answer in row["answers"].items()
            if answer["documented"] and not answer["seen"] and row["requests"] and not _only_by_chance(key)
        ]
        found += [
            {"operation": name, "answer": "", "reason": f"its answer was never used to call {target}"}
            for target, count in row.get("links", {}).items()
            if not count and row["accepted"]
        ]
        found += [
            {"operation": name, "answer": "", "reason": reason, "tests": count}
            for reason, count in sorted(untested.get(name, {}).items())
            if row["accepted"] or reason != withheld.get(name)
        ]
    return found


def _is_redirected(row: Mapping[str, Any]) -> bool:
    """Whether it was answered with a documented redirection, which is what some operations are for."""
    return any(answer["documented"] and answer["seen"] and key[0] == "3" for key, answer in row["answers"].items())


def _only_by_chance(key: str) -> bool:
    """True for the server's own failures: no request can ask for them, so that none was seen is no gap of the run."""
    return key.startswith("5")


def _why_not(row: Mapping[str, Any]) -> str:
    reasons = list(row["skipped"])
    return f"{_NEVER}: {reasons[0]}" if reasons else _NEVER
