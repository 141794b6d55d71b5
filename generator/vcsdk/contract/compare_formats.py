"""A comparison as text, JSON, a page, or annotations of GitHub Actions."""

from __future__ import annotations

import json
from collections.abc import Callable

from vcsdk.contract.compare import STATES, Comparison, Difference
from vcsdk.contract.page import page
from vcsdk.contract.sentence import began, headline, subject

_MARKS = {"new": "+", "changed": "~", "still there": "=", "fixed": "-", "not seen again": "?"}


def sentence(comparison: Comparison) -> str:
    """One line such as `Build 2 against build 1: 1 new, 0 changed, 3 still there, 2 fixed.` for people.

    What has the same name in both runs is told apart by when they began.
    """
    counts = ", ".join(f"{comparison.count(s)} {s}" for s in STATES if s != "not seen again" or comparison.count(s))
    runs = (comparison.after, comparison.before)
    names = [subject(results["target"]) for results in runs]
    if names[0] == names[1]:
        names = [f"{names[0]} of {began(runs[0])}", f"that of {began(runs[1])}"]
    return f"{names[0]} against {names[1]}: {counts}."


def text(comparison: Comparison) -> str:
    """For people: the differences by state, then the sentence."""
    lines: list[str] = []
    for state in STATES:
        found = [difference for difference in comparison.differences if difference.state == state]
        if not found:
            continue
        lines.append(f"{state.capitalize()} ({len(found)})")
        for difference in found:
            lines += [f"  {line}" for line in _lines(difference)]
        lines.append("")
    return "\n".join([*lines, sentence(comparison)]) + "\n"


def _lines(difference: Difference) -> list[str]:
    finding = difference.finding
    known = " (known)" if finding["known"] else ""
    place = " ".join(filter(None, (finding["operation"] or "the whole API", finding["path"])))
    told = f"{finding['severity']}, {place}: {finding['check']}{known}"
    lines = [f"{_MARKS[difference.state]} {finding['fingerprint']}  {told}"]
    if difference.state == "changed" and difference.before is not None:
        lines.append(f"      {difference.before['observed']} → {finding['observed']}")
    else:
        lines.append(f"      {headline(finding)}")
    return lines


def as_json(comparison: Comparison) -> str:
    """`Comparison.as_dict` as JSON."""
    return json.dumps(comparison.as_dict(), indent=2, ensure_ascii=False) + "\n"


def html(comparison: Comparison) -> str:
    """One self-contained page."""
    return page(
        "compare.html.jinja",
        title="Contract comparison",
        comparison=comparison,
        sentence=sentence(comparison),
        states=STATES,
    )


def github(comparison: Comparison) -> str:
    """Workflow commands of GitHub Actions: an error for what is new or changed, a notice for what is fixed."""
    lines = []
    for difference in comparison.differences:
        finding = difference.finding
        level = {"new": "error", "changed": "error", "fixed": "notice", "not seen again": "warning"}.get(
            difference.state
        )
        if level is None:
            continue
        level = "warning" if level == "error" and finding["known"] else level
        place = finding["operation"] or "the whole API"
        title = f"{difference.state} ({finding['severity']}): {place} {finding['check']}"
        message = f"{headline(finding)}\n{finding['curl']}\nfingerprint {finding['fingerprint']}"
        lines.append(f"::{level} title={_property(title)}::{_data(message)}\n")
    return "".join(lines) + sentence(comparison) + "\n"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Comparison], str]] = {"text": text, "json": as_json, "html": html, "github": github}
