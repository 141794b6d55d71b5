"""One description's simulator, held to the contract suite of the same description at every level."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from vcsdk.diagnostics import Diagnostics, InputError
from vcsdk.emitters.contract.emit import emit
from vcsdk.emitters.contract.security import schemes
from vcsdk.pipeline import Described, read_api
from vcsdk.simulator import Simulator, SimulatorOptions

LEVELS = ("read", "write", "destructive")
MOST = 60
"""Operations of a description whose suite is run."""

_SECONDS = 600
_QUICK = {"task_seconds": 0.05, "failover_seconds": 0.15, "outage": 0.1, "unavailable": 0.05}
FAULTS: tuple[str, ...] = ()
"""What the simulators do wrong; nothing, but for the test of this."""

_SECRET = "secret-of-the-simulator"


@dataclass
class Held:
    """What came of it: why no suite was run (`untried`), the findings by level, and what else went wrong.

    `rows` are check, operation, message and level; each finding once, at the first level that has it.
    """

    name: str
    untried: str = ""
    operations: int = 0
    tests: int = 0
    requests: int = 0
    seconds: float = 0.0
    rows: list[tuple[str, str, str, str]] = field(default_factory=list)
    trouble: str = ""

    def __str__(self) -> str:
        lines = [f"{self.name}: {len(self.rows)} findings{f', {self.trouble}' if self.trouble else ''}"]
        lines += [f"    {level} {check} {operation}: {message}" for check, operation, message, level in self.rows]
        return "\n".join(lines)


def hold(name: str, description: Path, folder: Path, levels: tuple[str, ...] = LEVELS, examples: int = 2) -> Held:
    """Run the suite in a fork, against a simulator that listens in it; the folder is emptied and removed."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    child = os.fork()
    if child == 0:
        _run(name, description, folder, levels, examples)
    _, status = os.waitpid(child, 0)
    result, said = folder / "held.json", folder / "said"
    try:
        held = Held(name, **json.loads(result.read_text())) if result.exists() else Held(name)
        if status:
            lines = said.read_text(errors="replace").splitlines() if said.exists() else []
            held.trouble = f"status {os.waitstatus_to_exitcode(status)}: {lines[-1] if lines else 'no word'}"
        held.rows = [tuple(row) for row in held.rows]  # type: ignore[misc]
        return held
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(name: str, description: Path, folder: Path, levels: tuple[str, ...], examples: int) -> None:
    status = 70
    try:
        file = os.open(folder / "said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, 1)
        os.dup2(file, 2)
        signal.alarm(_SECONDS)
        os.environ.update({"XDG_CONFIG_HOME": str(folder / "config"), "CORPUS_SECRET": _SECRET})
        held = vars(_held(name, description, folder, levels, examples))
        held.pop("name")
        (folder / "held.json").write_text(json.dumps(held))
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _held(name: str, description: Path, folder: Path, levels: tuple[str, ...], examples: int) -> Held:
    held = Held(name)
    try:
        described = read_api(description, use_config=False, partial=True, diagnostics=Diagnostics())
    except InputError:
        return Held(name, untried="refused")
    held.operations = len(described.api.operations)
    if not held.operations:
        return Held(name, untried="without operations")
    if held.operations > MOST:
        return Held(name, untried=f"more than {MOST} operations")
    for each in emit(described.api, described.config, described.document):
        path = folder / each.package / each.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(each.content, encoding="utf-8")
    (source,) = (path.parent for path in folder.glob("*/src"))
    sys.path.insert(0, str(source / "src"))
    seen: set[tuple[str, str, str]] = set()
    for level in levels:
        results = _results(described, source, folder, level, examples)
        held.tests += sum(results["counts"].values()) - results["counts"].get("skipped", 0)
        held.requests += sum(row["requests"] for row in results["operations"].values())
        held.trouble = held.trouble or results.get("trouble", "")
        if not results["findings"] and results["verdict"] != "holds":
            held.trouble = held.trouble or results["verdict"]
        for found in results["findings"]:
            row = (found["check"], found["operation"], f"{found['message']}\n{found['curl']}")
            if row not in seen:
                seen.add(row)
                held.rows.append((*row, level))
    return held


def _results(described: Described, source: Path, folder: Path, level: str, examples: int) -> dict[str, Any]:
    (module,) = (path.parent.name for path in source.glob("src/*/plugin.py"))
    for loaded in [each for each in sys.modules if each.split(".")[0] == module]:
        del sys.modules[loaded]
    configuration = folder / "pytest.ini"
    configuration.write_text("[pytest]\n")
    options = SimulatorOptions(password=_SECRET, key=_SECRET, faults=FAULTS, **_QUICK)
    results = folder / "results.json"
    with Simulator(described, options).running() as url:
        words = ["-q", "-p", "no:cacheprovider", "-p", "no:hypothesispytest", "-p", f"{module}.plugin", "--tb=short"]
        words += ["-c", str(configuration), "--rootdir", str(folder), "--pyargs", module, "--url", url]
        words += ["--username", options.username, "--password-env", "CORPUS_SECRET"]
        words += ["--powerless-username", options.guest, "--powerless-password-env", "CORPUS_SECRET"]
        words += _keys(described)
        words += ["--level", level, *(["--allow-all"] if level != "read" else []), "--max-accepted", "100000"]
        words += ["--recovery", "20", "--timeout", "20", "--fuzz-examples", str(examples), "--results", str(results)]
        pytest.main(words)
    return json.loads(results.read_text(encoding="utf-8"))


def _keys(described: Described) -> Iterator[str]:
    """The options that give a key for every security scheme that takes one."""
    for scheme in schemes(described.api, described.document.data):
        if scheme.kind not in ("basic", "certificate", "other"):
            yield from ("--token-env", f"{scheme.key}=CORPUS_SECRET")
