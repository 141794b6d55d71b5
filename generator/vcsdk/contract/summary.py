"""The results of a run as a person reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from vcsdk.contract import places
from vcsdk.contract.sentence import count, headline, operations
from vcsdk.copied.suite.operations import Effect
from vcsdk.copied.suite.refusals import OF_WHO_ASKS

_SHOWN_FINDINGS = 20
_SHOWN_LINES = 6
_SHOWN_PLACES = 6
_LONGEST_BODY = 200
_SENTENCES = {
    "holds": "The contract holds",
    "broken": "The contract is broken",
    "unreachable": "The target cannot be tested",
    "unsafe": "The target was not tested",
    "inconclusive": "The run decides nothing",
}


def lines(results: Mapping[str, Any], page: Path | None = None) -> Iterator[str]:
    """The summary, line by line: operations, findings, what was skipped and why, the verdict last.

    `page` is where the report page is, if there is one.
    """
    yield from _operations(results["operations"])
    yield from _findings(results["findings"])
    silent = _without_success(results)
    yield from _unanswered(silent, results["operations"])
    yield from not_tested(results["skipped"])
    yield from _listed("Left on the target", results.get("left", []))
    yield from _listed("Notes", results.get("notes", []))
    counts = results["counts"]
    numbers = f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped"
    if empty := sum(row.get("tests", 0) for row in results["not_exercised"]):
        numbers += f", {empty} of them showed nothing"
    if silent:
        numbers += f", {count(len(silent), 'operation')} never answered with a success"
    if page is not None:
        yield f"Report: {page}"
    yield from results["trouble"].splitlines()
    yield f"{_SENTENCES[results['verdict']]} ({numbers}, {results['seconds']:.1f} s, {results['target']['url']})."


def _operations(operations: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    used = {name: row for name, row in operations.items() if row["requests"]}
    if not used:
        return
    width = max(map(len, used))
    yield "Requests"
    for name, row in used.items():
        statuses = "  ".join(f"{status}: {count}" for status, count in row["statuses"].items())
        yield f"  {name:<{width}}  {row['requests']:>5}   {statuses}"
    unused = [name for name in operations if name not in used]
    if unused:
        yield f"  not called: {', '.join(unused)}"
    yield ""


def _without_success(results: Mapping[str, Any]) -> list[str]:
    """The operations that the level lets the run call, and that were called and never answered with a success."""
    level, rows = Effect(results["options"].get("level", Effect.READ)).rank, results["operations"]
    whole = {row["operation"] for row in results["not_exercised"] if not row["answer"] and "tests" not in row}

    def is_open(row: Mapping[str, Any]) -> bool:
        effect = Effect(row["effect"])
        return effect.rank <= level and not (effect is Effect.DESTRUCTIVE and row["skipped"])

    return [name for name, row in rows.items() if row["requests"] and name in whole and is_open(row)]


def _unanswered(names: list[str], operations: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    rows = [operations[name] for name in names]
    told = [f"{name}  {row['request']}" for name, row in zip(names, rows, strict=True)]
    hint = ""
    if any("{" in row["request"] and not _is_shut(row) for row in rows):
        hint = "name what the target has in `[contract.values]` of the configuration (docs/contract.md)"
    elif any(map(_is_shut, rows)):
        hint = "they were refused for who asks: give the run an account, a token or a key that may call them"
    yield from _listed("Never answered with a success", told, hint)


def _is_shut(row: Mapping[str, Any]) -> bool:
    """Whether an operation was refused each time for who asked, whatever was asked."""
    return bool(row["statuses"]) and row["statuses"].keys() <= {*map(str, OF_WHO_ASKS)}


def _findings(findings: list[Mapping[str, Any]]) -> Iterator[str]:
    if not findings:
        return
    yield f"Findings ({len(findings)})"
    for finding in findings[:_SHOWN_FINDINGS]:
        tests = len(finding["tests"])
        more = f" and {tests - 1} more" if tests > 1 else ""
        yield f"  {'known' if finding['known'] else finding['severity']}: {headline(finding)}"
        others = [place["operation"] or "the whole API" for place in places.of(finding)[1:]]
        if others:
            names = ", ".join(others[:_SHOWN_PLACES]) + (" …" if len(others) > _SHOWN_PLACES else "")
            yield f"      the same in {len(others)} other {'place' if len(others) == 1 else 'places'}: {names}"
        request = finding["request"]
        if request is not None and request["body"] is not None:
            yield f"      sent: {_short(request['body'])}"
        yield from (f"      {line}" for line in _unsaid(finding))
        yield f"      {finding['check']} {finding['fingerprint']}, in {finding['pytest_id']}{more}"
    if len(findings) > _SHOWN_FINDINGS:
        yield f"  … and {len(findings) - _SHOWN_FINDINGS} more"
    yield ""


def _unsaid(finding: Mapping[str, Any]) -> list[str]:
    """How the message begins, without a line that the title ends with."""
    first, *rest = finding["message"].splitlines() or [""]
    is_said = headline(finding).lower().endswith(first.lower())
    return [*([] if is_said else [first]), *rest][:_SHOWN_LINES]


def _short(body: str) -> str:
    """A body in one line."""
    line = " ".join(body.split())
    return line if len(line) <= _LONGEST_BODY else f"{line[:_LONGEST_BODY]}…"


def not_tested(skipped: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """Why tests were skipped, how many, and of which operations."""
    if not skipped:
        return
    yield "Not tested"
    reasons: dict[str, list[str]] = {}
    for row in skipped:
        reasons.setdefault(row["reason"], []).append(row["operation"])
    for reason, names in sorted(reasons.items(), key=lambda pair: -len(pair[1])):
        yield f"  {len(names):>4}  {reason} ({operations(names)})"
    yield ""


def _listed(title: str, lines: list[str], hint: str = "") -> Iterator[str]:
    if not lines:
        return
    yield f"{title} ({len(lines)})"
    yield from (f"  {line}" for line in lines[:_SHOWN_FINDINGS])
    if len(lines) > _SHOWN_FINDINGS:
        yield f"  … and {len(lines) - _SHOWN_FINDINGS} more"
    if hint:
        yield f"  hint: {hint}"
    yield ""
