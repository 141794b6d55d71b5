"""Every published specification becomes a package that is complete, imports, decodes and type-checks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.specs.published import MISSING, ROOT, SPECS, VCENTER, Generated, is_part, names

NAMES = [name for name in names() if not is_part(name)] or [pytest.param("", marks=pytest.mark.skip(reason=MISSING))]
PARTS = [name for name in names() if is_part(name)] or [pytest.param("", marks=pytest.mark.skip(reason=MISSING))]

TYPED = {VCENTER}
"""What is type-checked in every run; `--full` checks the others as well."""


@pytest.mark.parametrize("name", NAMES)
def test_everything_declared_is_emitted(name: str, published: Callable[[str], Generated]) -> None:
    made = published(name)
    assert made.status == 0, made.stderr[-2000:]
    assert [d for d in made.report["diagnostics"] if d["level"] == "error"] == []
    for kind in ("operations", "responses", "schemas"):
        counts = made.report[kind]
        assert counts["emitted"] == counts["declared"] > 0, kind


@pytest.mark.parametrize("name", NAMES)
def test_every_module_imports_and_every_model_decodes(name: str, published: Callable[[str], Generated]) -> None:
    made = published(name)
    script = ROOT / "tests" / "unit" / "emitters" / "exercise.py"
    done = subprocess.run(
        [sys.executable, "-W", "error", str(script), str(made.source), made.module],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    models, operations = (int(part.split()[0]) for part in done.stdout.splitlines()[-1].split(","))
    assert models >= made.report["schemas"]["declared"]
    assert operations == made.report["operations"]["declared"]


@pytest.mark.parametrize("name", NAMES)
def test_types_are_right(
    name: str, published: Callable[[str], Generated], pytestconfig: pytest.Config, worker_cache: Path
) -> None:
    if name not in TYPED and not pytestconfig.getoption("--full"):
        pytest.skip("type-checked with --full (make oracle)")
    made = published(name)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(worker_cache), str(made.source)],
        cwd=worker_cache,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert "no issues found" in done.stdout


@pytest.mark.parametrize("name", PARTS)
def test_a_part_of_a_description_is_named_as_what_it_is(name: str, published: Callable[[str], Generated]) -> None:
    made = published(name)
    assert made.status == 2
    assert [d["rule"] for d in made.report["diagnostics"]] == ["not-openapi"]


def test_the_folder_has_what_these_tests_are_about() -> None:
    if not SPECS.is_dir():
        pytest.skip(MISSING)
    assert {VCENTER, "swagger2/7.0.2/vcenter.json", "vcf/realtime-metrics-openapi.yaml"} < set(NAMES)


def test_the_two_definitions_that_7_0_2_lost_are_reported(published: Callable[[str], Generated]) -> None:
    made = published("swagger2/7.0.2/vcenter.json")
    repairs = {repair["rule"]: repair["count"] for repair in made.report["repairs"]}
    assert repairs["undeclared-schema"] == 2
