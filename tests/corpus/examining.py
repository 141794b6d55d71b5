"""One description from its file to what a server got of its client."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from vcsdk.cli.main import main

from tests.corpus import asking, receiving
from tests.corpus.limited import Ended, limited

ROOT = Path(__file__).parents[2]
_USING = Path(__file__).with_name("using.py")
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
_SECONDS = 240
"""How long a package may be used, and values for it be made."""


@dataclass
class Examined:
    """What became of a description.

    `outcome` is "whole", "partial" (`left_out` parts), "refused" (by the rules `refused`) or "crashed"; `faults` are a
    kind, a place and what was seen there; `counted` what was tried.
    """

    name: str
    outcome: str
    left_out: int = 0
    refused: tuple[str, ...] = ()
    faults: list[tuple[str, str, str]] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    untried: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    megabytes: float = 0.0

    def __str__(self) -> str:
        said = {"partial": f"without {self.left_out} parts", "refused": ", ".join(self.refused)}.get(self.outcome, "")
        kinds = Counter(kind for kind, _, _ in self.faults)
        faults = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        first = " · ".join(f"{where}: {what}" for _, where, what in self.faults[:1])
        return f"{self.outcome:<8} {self.name}  {said}{'; faults: ' if faults else ''}{faults}  {first}".rstrip()


def examine(name: str, description: Path, folder: Path, alone: Path) -> Examined:
    """Generate it, and use what that gives; `folder` is emptied first and removed afterwards."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        return _examined(name, description, folder, alone)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _examined(name: str, description: Path, folder: Path, alone: Path) -> Examined:
    out, report = folder / "out", folder / "report.json"
    os.environ["VCSDK_CACHE_DIR"] = str(folder / "cache")
    words = ["generate", str(description), "--no-config", "--partial", "-q", "-o", str(out), "--report", str(report)]
    ended = limited(lambda: main(words), folder)
    found = Examined(name, "crashed", seconds=ended.seconds, megabytes=ended.megabytes)
    told = json.loads(report.read_text()) if report.exists() else {}
    if ended.excess:
        found.faults.append(("limit", "generate", ended.excess))
    if ended.status not in (0, 1, 2) or not told or "Traceback" in ended.said:
        found.faults.append(("crash", "generate", f"status {ended.status}: {_last(ended)}"))
        return found
    if ended.status == 2:
        found.outcome = "refused"
        errors = [each for each in told["diagnostics"] if each["level"] == "error"]
        found.refused = tuple(sorted({each["rule"] for each in errors}))
        return found
    found.left_out = len(told["left_out"])
    found.outcome = "partial" if found.left_out else "whole"
    if ended.status != (1 if found.left_out else 0):
        found.faults.append(("untrue", "summary", f"status {ended.status}: {_last(ended)}"))
    declared, counted = _operations(description), told["operations"]["declared"]
    if declared is not None and declared != counted:
        found.faults.append(("untrue", "summary", f"{declared} operations are declared, {counted} are counted"))
    _use(found, description, folder, alone)
    return found


def _operations(description: Path) -> int | None:
    """How many a description declares, read by nothing of ours; None where its paths are elsewhere."""
    text = description.read_text(encoding="utf-8-sig")
    try:
        data = json.loads(text) if description.suffix == ".json" else yaml.load(text, yaml.CSafeLoader)
    except (ValueError, yaml.YAMLError):
        return None
    items = [item for path, item in (data.get("paths") or {}).items() if not str(path).startswith("x-")]
    if any(not isinstance(item, dict) or "$ref" in item for item in items):
        return None
    return sum(key in METHODS for item in items for key in item)


def _use(found: Examined, description: Path, folder: Path, alone: Path) -> None:
    (source,) = (path for path in (folder / "out").glob("*/src") if not path.parent.name.endswith("-contract"))
    plan, result = folder / "plan.json", folder / "result.json"
    made = limited(lambda: asking.write(description, [source, alone, ROOT], plan), folder)
    if made.status != 0:
        found.untried["packages"] += 1
        found.faults.append(("untried", "asking", f"status {made.status}: {_last(made)}"))
        return
    command = [sys.executable, "-I", "-S", str(_USING), str(plan), str(result)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_SECONDS, check=False)
    if done.returncode != 0:
        found.faults.append(("crash", "use", done.stderr.strip().splitlines()[-1] if done.stderr else "no word"))
        return
    asked: dict[str, Any] = json.loads(plan.read_text(encoding="utf-8"))
    used = json.loads(result.read_text(encoding="utf-8"))
    found.counted.update(used["counted"])
    found.untried.update(asked["untried"])
    found.faults += [tuple(fault) for fault in used["faults"]]
    found.faults += list(receiving.misread(description, asked, used["sent"]))


def _last(ended: Ended) -> str:
    lines = ended.said.strip().splitlines()
    return lines[-1][:300] if lines else ""
