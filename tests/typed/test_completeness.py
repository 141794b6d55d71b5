"""Both type checkers know every type of a generated package: mypy finds no error, pyright nothing left to infer."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from vcsdk.cli.main import main

from tests.specs.conftest import worker_cache
from tests.specs.published import MISSING, ROOT, SPECS
from tests.typed import pyright

__all__ = ["worker_cache"]

HERE = Path(__file__).parent
EMITTERS = ROOT / "tests/unit/emitters"
SMALL = {path.stem: path for path in sorted((HERE / "descriptions").iterdir())}
SMALL |= {name: ROOT / "tests/golden" / name / "input.yaml" for name in ("hostile", "vapi_task")}
SMALL |= {name: next((EMITTERS / name).glob("input.*")) for name in ("everything", "awkward")}
PUBLISHED = ["vcenter-9.1.1/vcenter.yaml", "vcf/log-management-openapi.json", "vcf/realtime-metrics-openapi.yaml"]
PUBLISHED += ["vcf/sddc-lcm-openapi.yaml", "vcf/vcf-installer-openapi.json", "vcf/vcf-operations-openapi.json"]
RUFF = "E4,E7,E9,F,UP,B,PIE,PLE,W"
"""What is a mistake, or old, in anybody's style."""

OFTEN = {"vcf/log-management-openapi.json", "vcf/realtime-metrics-openapi.yaml"}
"""What is looked at in every run, beside the set; `--full` looks at the others as well."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not pyright.available(), reason=pyright.MISSING),
]


def unknown(out: Path, cache: Path) -> list[str]:
    """What either checker, and ruff, says against the packages below a folder."""
    found = pyright.packages(out)
    # Of each description two: the client and its contract.
    assert len(found) == 2
    said: list[str] = []
    for module, sources in found.items():
        said += pyright.completeness(module, sources, out).unknown
    for source in sorted(out.glob("*/src")):
        command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", cache, source]
        done = subprocess.run(command, cwd=out, capture_output=True, text=True, check=False)
        said += [] if done.returncode == 0 else done.stdout.splitlines()
    # A field may be called `l`: names are the description's.
    for words in (["check", "--select", RUFF, "--ignore", "E741"], ["format", "--check", "--line-length", "120"]):
        command = [
            sys.executable,
            "-m",
            "ruff",
            *words,
            "--isolated",
            "--no-cache",
            "-q",
            "--target-version",
            "py311",
            *out.glob("*/src"),
        ]
        done = subprocess.run(command, cwd=out, capture_output=True, text=True, check=False)
        said += [] if done.returncode == 0 else (done.stdout + done.stderr).splitlines()
    return said


@pytest.mark.parametrize("name", SMALL)
def test_of_small_odd_descriptions(name: str, tmp_path: Path, worker_cache: Path) -> None:
    assert main(["generate", str(SMALL[name]), "--no-config", "-q", "-o", str(tmp_path / "out")]) == 0
    assert unknown(tmp_path / "out", worker_cache) == []


@pytest.mark.skipif(not SPECS.is_dir(), reason=MISSING)
def test_of_the_seven_files_of_7_0_3(tmp_path: Path, worker_cache: Path) -> None:
    for path in (*(ROOT / "examples/vcenter").iterdir(), *(SPECS / "vcenter-7.0.3").glob("*.json")):
        shutil.copy(path, tmp_path)
    assert main(["generate", str(tmp_path / "vcenter.toml"), "-q", "-o", str(tmp_path / "out")]) == 0
    assert unknown(tmp_path / "out", worker_cache) == []


@pytest.mark.skipif(not SPECS.is_dir(), reason=MISSING)
@pytest.mark.parametrize("name", PUBLISHED)
def test_of_other_published_descriptions(
    name: str, tmp_path: Path, worker_cache: Path, pytestconfig: pytest.Config
) -> None:
    if name not in OFTEN and not pytestconfig.getoption("--full"):
        pytest.skip("type-checked with --full (make oracle)")
    assert main(["generate", str(SPECS / name), "--no-config", "-q", "-o", str(tmp_path / "out")]) == 0
    assert unknown(tmp_path / "out", worker_cache) == []


@pytest.mark.parametrize("name", ["_runtime", "_suite"])
def test_of_what_is_copied_into_packages(name: str) -> None:
    """Names that no public one leads to are looked at as well."""
    out = ROOT / "generated"
    (module,) = {package.parent.name for package in out.glob(f"*/src/*/{name}")}
    assert pyright.completeness(f"{module}.{name}", sorted(out.glob("*/src")), out).unknown == ()


def test_what_is_not_known_is_found(tmp_path: Path) -> None:
    package = tmp_path / "a/src/a"
    package.mkdir(parents=True)
    (package / "py.typed").touch()
    (package / "__init__.py").write_text("from os import getcwd\n\ndef f(x) -> int: ...\n\ny = getcwd()\n")
    found = pyright.completeness("a", [package.parent], tmp_path)
    assert {line.split(":")[0] for line in found.unknown} == {"a.f", "a.y"}
    assert "0.00%" in str(found) or found.symbols > 2
    with pytest.raises(RuntimeError):
        pyright.completeness("b", [package.parent], tmp_path)
