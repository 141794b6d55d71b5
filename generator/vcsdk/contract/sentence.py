"""The verdict over a run in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vcsdk.contract.places import of

_LONGEST = 240
_MOST_NAMES = 3


def subject(target: Mapping[str, str]) -> str:
    """What was tested: its build, else its version, else its address."""
    if target.get("build"):
        return f"Build {target['build']}"
    if target.get("version"):
        return " ".join(filter(None, (target.get("product"), target["version"])))
    return target["url"]


def began(results: Mapping[str, Any]) -> str:
    """When a run began, as people read it."""
    return str(results["started"]).replace("T", " ").replace("+00:00", " UTC")


def headline(finding: Mapping[str, Any]) -> str:
    """A finding in one line: its title, where results have one, else how its message begins."""
    told = str(finding.get("title") or finding["message"].partition("\n")[0])
    return told if len(told) <= _LONGEST else told[:_LONGEST] + "…"


def operations(names: Iterable[str]) -> str:
    """Which operations something is about, in a few words: `spots.list`, `4 operations`, `the whole API`."""
    found = sorted({name for name in names if name})
    if len(found) > _MOST_NAMES:
        return count(len(found), "operation")
    return ", ".join(found) or "the whole API"


def verdict(results: Mapping[str, Any]) -> str:
    """`Build 24322831 keeps the contract: 10 operations, 412 checks; 1 operation not exercised`."""
    name = subject(results["target"])
    counts, operations = results["counts"], results["operations"]
    checks = count(counts["passed"] + counts["failed"] + counts["known"], "check")
    exercised = sum(1 for row in operations.values() if row["requests"])
    match results["verdict"]:
        case "broken":
            open_findings = [finding for finding in results["findings"] if not finding["known"]]
            places = len({place["operation"] for finding in open_findings for place in of(finding)} - {""})
            told = f"{name} breaks the contract: {count(len(open_findings), 'finding')} in {count(places, 'operation')}"
        case "holds":
            told = f"{name} keeps the contract: {count(exercised, 'operation')}, {checks}"
        case "unreachable":
            return f"{name} cannot be tested: it does not answer or does not let the run in."
        case "unsafe":
            return f"{name} was not tested: the run could not have been safe."
        case _:
            told = f"Nothing can be said of {name}: {count(exercised, 'operation')}, {checks}"
    missing = results["not_exercised"]
    whole = [row["operation"] for row in missing if not row["answer"] and "tests" not in row]
    known, empty = counts["known"], sum(row.get("tests", 0) for row in missing)
    parts = [f"{count(len(whole), 'operation')} not exercised"] if whole else []
    parts += [f"{count(empty, 'check')} showed nothing"] if empty else []
    parts += [f"{count(known, 'check')} failed as known"] if known else []
    return "; ".join([told, *parts]) + "."


def count(number: int, noun: str) -> str:
    """`1 operation`, `1,412 operations`."""
    return f"{number:,} {noun if number == 1 else noun + 's'}"
