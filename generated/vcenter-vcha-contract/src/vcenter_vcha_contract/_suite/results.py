"""Collects what each test found, and writes it as it comes and as a whole at the end."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

SCHEMA = "contract-results/1"


@dataclass
class Results:
    """The results of a run.

    `as_dict` is the content of `results.json`: `schema`, `verdict` ("holds", "broken", "unreachable" or
    "inconclusive"), `target`, `seconds`, `counts`, `operations` (requests, accepted and statuses of each), `findings`
    (check, operation, fingerprint, message, test) and `skipped` (test, reason).
    """

    target: str
    events: TextIO | None = None
    total: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    findings: list[dict[str, str]] = field(default_factory=list)
    skipped: list[dict[str, str]] = field(default_factory=list)
    statuses: dict[str, Counter[str]] = field(default_factory=dict)
    trouble: str = ""
    verdict: str = ""

    def add(self, row: dict[str, Any]) -> None:
        """Keep the row of one finished test; its texts are masked already."""
        self.outcomes[row["outcome"]] += 1
        for name, status in row["exchanges"]:
            if name:
                self.statuses.setdefault(name, Counter())[str(status) if status else "no answer"] += 1
        if row["outcome"] == "failed":
            keys = ("check", "operation", "fingerprint", "message", "test")
            self.findings.append({key: row[key] for key in keys})
        elif row["outcome"] == "skipped":
            self.skipped.append({"test": row["test"], "operation": row["operation"], "reason": row["message"]})
        if self.events is not None:
            self.events.write(json.dumps({**row, "total": self.total}) + "\n")
            self.events.flush()

    def conclude(self) -> str:
        """The verdict over everything collected."""
        if self.verdict:
            return self.verdict
        if self.findings:
            return "broken"
        return "holds" if self.outcomes["passed"] else "inconclusive"

    def as_dict(self, seconds: float, operations: tuple[str, ...]) -> dict[str, Any]:
        """Everything, in a stable order."""
        return {
            "schema": SCHEMA,
            "verdict": self.conclude(),
            "trouble": self.trouble,
            "target": self.target,
            "seconds": round(seconds, 2),
            "counts": {key: self.outcomes[key] for key in ("passed", "failed", "skipped")},
            "operations": {name: _summary(self.statuses.get(name, Counter())) for name in operations},
            "findings": sorted(self.findings, key=lambda row: (row["operation"], row["test"])),
            "skipped": sorted(self.skipped, key=lambda row: row["test"]),
        }


def write(path: Path, content: dict[str, Any]) -> None:
    """Write `results.json`."""
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def fingerprint(operation: str, check: str, case: str) -> str:
    """Twelve hex digits that stay the same between runs and regenerations."""
    return hashlib.sha256("\n".join((operation, check, case)).encode()).hexdigest()[:12]


def _summary(statuses: Counter[str]) -> dict[str, Any]:
    accepted = sum(count for status, count in statuses.items() if status.startswith("2"))
    return {"requests": statuses.total(), "accepted": accepted, "statuses": dict(sorted(statuses.items()))}
