"""The contract suites of VMware's files against the simulator of the same file: everything allowed, nothing found."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from vcsdk.cli.main import main
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions
from vcsdk.simulator.options import ORDERS

from tests.specs.published import MISSING, ROOT, SPECS

PASSWORD = "pass-word-of-the-simulator"
QUICK = {"task_seconds": 0.2, "failover_seconds": 0.3, "outage": 0.3, "unavailable": 0.1}
ALONE = ("vcenter-7.0.3/cis.json", "vcenter-7.0.3/content.json", "vcenter-7.0.3/vcenter.json")
NAMES = (*ALONE, "vcenter-7.0.3", "vcenter-9.1.1/vcenter.yaml")


def described(name: str, folder: Path) -> Path:
    """The file of this name, or for a folder the example's configuration with its files beside it."""
    path = SPECS / name
    if path.is_file():
        return path
    for file in (*(ROOT / "examples" / "vcenter").iterdir(), *path.glob("*.json")):
        shutil.copyfile(file, folder / file.name)
    return folder / "vcenter.toml"


@pytest.mark.slow
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("name", NAMES)
def test_the_suite_of_a_published_file_finds_nothing(
    name: str, order: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    if not SPECS.is_dir():
        pytest.skip(MISSING)
    if not request.config.getoption("--full"):
        pytest.skip("takes minutes: pass --full")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("CONTRACT_PASSWORD", PASSWORD)
    path, out = described(name, tmp_path), tmp_path / "out"
    assert main(["generate", str(path), "-o", str(out), "--quiet"]) == 0
    (package,) = (folder for folder in out.iterdir() if folder.name.endswith("-contract"))
    options = SimulatorOptions(password=PASSWORD, order=order, **QUICK)

    with Simulator(read_api(path), options).running() as url:
        words = ["contract", "run", "--url", url, "--package", str(package), "--level", "destructive", "--allow-all"]
        words += ["--username", options.username, "--password-env", "CONTRACT_PASSWORD", "--fuzz-examples", "3"]
        words += ["--powerless-username", options.guest, "--powerless-password-env", "CONTRACT_PASSWORD"]
        status = main([*words, "--report", str(tmp_path / "report")])

    results = json.loads((tmp_path / "report" / "results.json").read_text(encoding="utf-8"))
    assert [f"{found['operation']}: {found['message']}" for found in results["findings"]] == []
    assert status == 0
