"""Collects what each test found, and writes it as it comes and as a whole at the end."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from . import coverage, masking, private
from .check import SEVERITIES
from .conformance import ANSWER_CHECKS
from .joined import joined
from .known import Known

VERSION = 1
"""Of `results.json` (docs/results.md); a change that breaks readers raises it."""

_FINDING = (
    "severity",
    "check",
    "operation",
    "path",
    "observed",
    "fingerprint",
    "message",
    "title",
    "rule",
    "request",
    "response",
    "curl",
    "case",
    "seen_in",
)
_TOLD = ("message", "finding", "also", "fails_if")
_NAMES = frozenset({"severity", "check", "operation", "fingerprint", "method"})


@dataclass
class Results:
    """The results of a run.

    `target` has `url` and what the preflight learnt (`product`, `version`, `build`, `mode`…).  `declared` are the
    operations in order: `request`, `effect`, `documented`.  `add` takes each finished test; every event is written to
    `events` at once, and `replay.replay` makes the same results from that file.  This is the one place where text
    enters the record of a run: what the target or a test has said goes through `mask` here, whoever masked it before.
    """

    target: dict[str, str]
    declared: dict[str, dict[str, Any]] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    known: Mapping[str, Known] = field(default_factory=dict)
    started: str = field(default_factory=lambda: datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"))
    strict: bool = False
    events: TextIO | None = None
    mask: Callable[[str], str] = str
    scope: frozenset[str] | None = None
    total: int = 0
    seconds: float = 0.0
    trouble: str = ""
    verdict: str = ""
    complete: bool = False
    outcomes: Counter[str] = field(default_factory=Counter)
    tests: list[dict[str, Any]] = field(default_factory=list)
    statuses: dict[str, Counter[str]] = field(default_factory=dict)
    links: dict[str, Counter[str]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _findings: dict[str, dict[str, Any]] = field(default_factory=dict)
    _running: dict[str, None] = field(default_factory=dict)
    _withheld: dict[str, str] = field(default_factory=dict)
    _untested: dict[str, Counter[str]] = field(default_factory=dict)
    _unsendable: dict[str, None] = field(default_factory=dict)
    _unarmed: dict[str, None] = field(default_factory=dict)

    def begin(self) -> None:
        """Write what the run is, before its first test."""
        known = [entry.as_dict("") for entry in self.known.values()]
        head = {"version": VERSION, "started": self.started, "target": self.target, "options": self.options}
        self._write("run", {**head, "strict": self.strict, "known": known, "operations": self.declared})

    def learn(self, facts: Mapping[str, str]) -> None:
        """Keep what the preflight learnt of the target."""
        told = masking.masked(dict(facts), self.mask)
        self.target.update(told)
        self._write("target", told)

    def narrow(self, operations: Iterable[str]) -> None:
        """The run is a part of the suite, that of these operations: what others lack is none of its concern."""
        self.scope = frozenset(operations)
        self._write("shard", {"operations": sorted(self.scope)})

    def start(self, test: str) -> None:
        """A test begins; if the run dies the results name it."""
        self._running[test] = None
        self._write("start", {"test": test})

    def add(self, row: dict[str, Any]) -> None:
        """Keep the row of one finished test.

        Members: `test`, `nodeid` (as it was started), `operation`, `message`, `outcome` ("passed", "failed", "known",
        "skipped"), `at` and `seconds` (from the start of the run), `exchanges` (operation, status or 0 for
        none, and the operation whose answer it followed or ""),
        `finding` (None, or `_FINDING`), `also` (what else is wrong with the same answer), `withheld` (true if the test
        began and then did not send what it was to send), `untested` (true if it showed nothing of what it is about),
        `unsendable` (true if that is because no request left), `unarmed` (true if that is because the run has no
        credential for it), `fails_if` (what would have failed it).
        """
        told = {name: row[name] for name in _TOLD if name in row}
        row = row | masking.masked(told, self.mask, _NAMES)
        self._running.pop(row["nodeid"], None)
        self.outcomes[row["outcome"]] += 1
        for name, status, follows in row["exchanges"]:
            if follows:
                self.links.setdefault(follows, Counter())[name] += 1
            if name:
                self.statuses.setdefault(name, Counter())[str(status) if status else coverage.NO_ANSWER] += 1
        if row.get("withheld"):
            self._withheld.setdefault(row["operation"], row["message"])
        if row.get("untested"):
            self._untested.setdefault(row["operation"], Counter())[row["message"]] += 1
        if row.get("unsendable"):
            self._unsendable[row["operation"]] = None
        if row.get("unarmed"):
            self._unarmed[row["operation"]] = None
        finding = row.get("finding")
        for each in (finding, *row.get("also", ())) if finding is not None else ():
            self._keep(each, row["test"], known=bool(each.get("known", row["outcome"] == "known")))
        kept = ("test", "operation", "outcome", "message", "at", "seconds")
        mark = finding["fingerprint"] if finding else ""
        self.tests.append({**{key: row[key] for key in kept}, "fingerprint": mark, "fails_if": row.get("fails_if", "")})
        self.seconds = max(self.seconds, row["at"] + row["seconds"])
        self._write("test", {**row, "total": self.total})

    def end(self, seconds: float, *, complete: bool = True) -> None:
        """The run is over; not `complete` if it was broken off."""
        self.seconds, self.complete = seconds, complete
        self._mask_again()
        last = {"seconds": round(seconds, 2), "verdict": self.verdict, "trouble": self.trouble, "complete": complete}
        last |= {"left": self.left} if self.left else {}
        last |= {"notes": self.notes} if self.notes else {}
        self._write("end", last)
        if self.events is not None:
            self.events.close()
            self.events = None

    def _mask_again(self) -> None:
        """One process of a run may have heard a token from the target before the one it was made for told of it."""
        self.trouble, self.left = self.mask(self.trouble), [self.mask(place) for place in self.left]
        self.notes = [self.mask(note) for note in self.notes]
        self.target = masking.masked(self.target, self.mask)
        for finding in self._findings.values():
            finding.update(masking.masked({key: finding[key] for key in _FINDING if key in finding}, self.mask, _NAMES))
        for row in self.tests:
            row.update({key: self.mask(row[key]) for key in ("message", "fails_if")})
        self._withheld = {name: self.mask(reason) for name, reason in self._withheld.items()}
        for name, reasons in self._untested.items():
            self._untested[name] = Counter({self.mask(reason): count for reason, count in reasons.items()})

    def conclude(self) -> str:
        """The verdict over everything collected."""
        if self.outcomes["failed"]:
            return "broken"
        if self.verdict:
            return self.verdict
        if not self.complete or not self.outcomes["passed"] + self.outcomes["known"] or (self.strict and self.gaps()):
            return "inconclusive"
        if self._is_mute():
            return "inconclusive"
        return "holds"

    def _mute(self) -> list[str]:
        """The operations that could not be asked, and of which no request was answered with a success."""
        # Who does not say who asks may be led to where one does.
        seen = {name: {status[0] for status in answers} for name, answers in self.statuses.items()}
        unarmed = [name for name in self._unarmed if "2" not in seen.get(name, ())]
        return unarmed + [n for n in self._unsendable if n not in unarmed and seen.get(n, set()).isdisjoint("23")]

    def _silence(self) -> Iterator[str]:
        """Why operations could not be asked."""
        mute = self._mute()
        unarmed = [name for name in mute if name in self._unarmed]
        for names, why in (
            (unarmed, "the run was given no credential for them"),
            ([name for name in mute if name not in unarmed], "their requests cannot be written in HTTP"),
        ):
            if names:
                yield f"{len(names)} operation{'' if len(names) == 1 else 's'} could not be asked: {why}."

    def _is_mute(self) -> bool:
        """True if most of what was called could not be asked."""
        called = sum(name in self.declared for name in self.statuses)
        return 2 * len(self._mute()) > called

    def gaps(self) -> list[str]:
        """What a strict run does not forgive, each in a sentence."""
        missing = self._not_exercised(self._operations())
        parts = [f"{row['operation']} {row['answer']}".strip() + f": {_told(row)}" for row in missing]
        stale = {"expired": "has expired", "unmatched": "matches nothing any more"}
        return parts + [
            f"known finding {entry['fingerprint']} {stale[entry['state']]}"
            for entry in self._known_states()
            if entry["state"] in stale
        ]

    def as_dict(self) -> dict[str, Any]:
        """The content of `results.json`, in a stable order (see `results.schema.json` of the toolkit)."""
        operations = self._operations()
        skipped = [row for row in self.tests if row["outcome"] == "skipped"]
        return {
            "version": VERSION,
            "verdict": self.conclude(),
            "trouble": self._trouble(),
            **({"left": self.left} if self.left else {}),
            **({"notes": self.notes} if self.notes else {}),
            "target": self.target,
            "started": self.started,
            "seconds": round(self.seconds, 2),
            "complete": self.complete,
            "strict": self.strict,
            "options": self.options,
            "counts": {key: self.outcomes[key] for key in ("passed", "failed", "known", "skipped")},
            "operations": operations,
            "findings": sorted(joined(self._findings.values(), ANSWER_CHECKS), key=_worst_first),
            "known": self._known_states(),
            "not_exercised": self._not_exercised(operations),
            "skipped": [
                {"test": row["test"], "operation": row["operation"], "reason": row["message"]}
                for row in sorted(skipped, key=lambda row: str(row["test"]))
            ],
            "unfinished": list(self._running),
            "tests": self.tests,
        }

    def _keep(self, finding: dict[str, Any], test: str, *, known: bool) -> None:
        mark = finding["fingerprint"]
        kept = self._findings.get(mark)
        if kept is None:
            kept = {key: finding[key] for key in _FINDING if key in finding} | {
                "known": known,
                "pytest_id": test,
                "tests": [],
            }
            self._findings[mark] = kept
        kept["tests"].append(test)

    def _operations(self) -> dict[str, dict[str, Any]]:
        wrong: dict[str, Counter[str]] = {}
        for finding in self._findings.values():
            status = finding["response"]["status"] if finding["response"] else coverage.NO_ANSWER
            # The answer that showed it may be another operation's: the rule is about several together.
            if str(status) in self.statuses.get(finding["operation"], ()):
                wrong.setdefault(finding["operation"], Counter())[str(status)] += len(finding["tests"])
        skipped: dict[str, list[str]] = {}
        for row in self.tests:
            if row["outcome"] == "skipped":
                skipped.setdefault(row["operation"], []).append(row["message"])
        return {
            name: coverage.operation_summary(
                declared, self.statuses.get(name, Counter()), wrong.get(name, Counter()), skipped.get(name, [])
            )
            | {"links": {to: self.links.get(name, Counter())[to] for to in declared.get("links", ())}}
            for name, declared in self.declared.items()
        }

    def _not_exercised(self, operations: Mapping[str, Mapping[str, Any]]) -> list[dict[str, str]]:
        found = coverage.not_exercised(operations, self._withheld, self._untested)
        return [row for row in found if self.scope is None or row["operation"] in self.scope]

    def _known_states(self) -> list[dict[str, str]]:
        today = datetime.date.fromisoformat(self.started[:10])
        return [entry.as_dict(self._state(entry, today)) for entry in self.known.values()]

    def _state(self, entry: Known, today: datetime.date) -> str:
        if entry.expired(today):
            return "expired"
        if entry.fingerprint in self._findings:
            return "matched"
        return "not tested" if entry.operation and entry.operation not in self.statuses else "unmatched"

    def _trouble(self) -> str:
        parts = [self.mask(self.trouble)] if self.trouble else []
        if not self.complete and (self.tests or not self.trouble):
            parts.append("The run did not come to its end; these are the results until then.")
        if self._is_mute():
            parts += self._silence()
        if self.strict and (gaps := self.gaps()):
            parts.append(f"Strict: {len(gaps)} things were not exercised or are out of date.")
        return "\n".join(parts)

    def _write(self, event: str, content: dict[str, Any]) -> None:
        if self.events is not None:
            self.events.write(json.dumps({"event": event, **content}) + "\n")
            self.events.flush()


def write(path: Path, content: dict[str, Any]) -> None:
    """Write `results.json`, whole or not at all."""
    private.write(path, dump(content))


def dump(content: dict[str, Any]) -> str:
    """The text of `results.json`."""
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _told(row: Mapping[str, Any]) -> str:
    return f"{row['reason']} ({row['tests']} of its tests)" if "tests" in row else str(row["reason"])


def _worst_first(finding: dict[str, Any]) -> tuple[bool, int, int, str, str]:
    severity = SEVERITIES.index(finding["severity"])
    return (finding["known"], severity, -len(finding["tests"]), finding["operation"], finding["fingerprint"])
