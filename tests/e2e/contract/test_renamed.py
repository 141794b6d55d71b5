"""Nothing is read from a name: a suite whose checks, tests, words and faults are called otherwise finds the same."""

from __future__ import annotations

import dataclasses
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from vcsdk.copied.suite.catalogue import CHECKS
from vcsdk.copied.suite.check import SEVERITIES
from vcsdk.simulator import Simulator, known_faults
from vcsdk.simulator.faults import catalogue

from tests.generated import imported

from .conftest import FAILOVER, MODULE, Finished

# By module of the suite: faults that do not hide each other, and make findings of every severity.
PLANTED = {
    "sign_in_and_out": ("logout-answers-200", "session-times-reversed", "challenge-missing", "basic-case-sensitive"),
    "vcha_cluster_mode": ("missing-required-field", "vmw-task-ignored", "unauthenticated-answers-403"),
    "task_life": ("task-without-end-time", "cancel-accepts-anything"),
}
KEPT = ("severity", "rule", "operation", "path", "observed")


def otherwise(package: Path, folder: Path) -> Path:
    """A copy of the package in which ids, messages and names of tests say nothing; where it is imported from."""
    source = shutil.copytree(package / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    suite = source / MODULE / "_suite"
    rules = [*(suite / "checks").glob("[a-z]*.py"), *(suite / "probes").glob("[a-z]*.py")]
    for number, path in enumerate(rules):
        replace(path, r'(CHECK = Check\(\s*")[a-z-]+', rf"\g<1>rule-{number}")
    replace(suite / "check.py", r"( +)super\(\)", r"""\1message = "Otherwise: " + message\n\1super()""")
    for number, path in enumerate((source / MODULE).glob("test_*.py")):
        replace(path, r"def test_\w+", lambda found, n=number: f"def test_{n}_{found.start()}")
    return source


def replace(path: Path, pattern: str, by: str | Callable[[re.Match[str]], str]) -> None:
    text, count = re.subn(pattern, by, path.read_text(encoding="utf-8"))
    assert count, path
    path.write_text(text, encoding="utf-8")


def counted(findings: Iterable[dict[str, Any]]) -> Counter[tuple[str, ...]]:
    return Counter((*(found[key] for key in KEPT), str(len(found["tests"]))) for found in findings)


def test_a_suite_that_is_called_otherwise_finds_the_same(
    package: Path,
    simulator: Callable[..., Simulator],
    run_suite: Callable[..., Finished],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    renamed = {info.id: dataclasses.replace(info, id=f"fault-{n}") for n, info in enumerate(known_faults())}
    monkeypatch.setattr(catalogue, "FAULTS", (*catalogue.FAULTS, *renamed.values()))

    usual = {
        module: run_suite(simulator(*faults).url, *FAILOVER, module=f"test_{module}").results
        for module, faults in PLANTED.items()
    }
    with imported(otherwise(package, tmp_path / "otherwise"), MODULE):
        other = {
            module: run_suite(
                simulator(*(renamed[fault].id for fault in faults)).url, *FAILOVER, module=f"test_{module}"
            ).results
            for module, faults in PLANTED.items()
        }

    for module in PLANTED:
        assert counted(other[module]["findings"]) == counted(usual[module]["findings"])
        assert other[module]["counts"] == usual[module]["counts"]
        assert {found["check"] for found in usual[module]["findings"]} <= set(CHECKS)
        for found in other[module]["findings"]:
            assert found["check"].startswith("rule-")
            assert found["message"].startswith("Otherwise: ")
            assert re.search(r"::test_\d", found["pytest_id"])
    assert {found["severity"] for results in usual.values() for found in results["findings"]} == set(SEVERITIES)


def test_tests_of_who_is_let_in_are_marked(run_suite: Callable[..., Finished]) -> None:
    printed = run_suite("http://localhost", "--collect-only", "-m", "security").printed

    marked = {(found[1], found[2]) for found in re.finditer(r"(\w+)\.py::\w+::(\w+)", printed)}
    assert {name for module, name in marked if module != "test_sign_in_and_out"} == {
        "test_an_account_without_privileges_is_answered_as_documented",
        "test_it_is_refused_without_the_privilege",
        "test_without_a_valid_session_it_is_refused",
    }
    assert {name for module, name in marked if module == "test_sign_in_and_out"} == {
        "test_a_session_can_be_deleted_once",
        "test_a_session_is_valid_until_it_is_deleted",
        "test_a_wrong_password_is_refused",
        "test_deleting_one_session_leaves_the_others",
        "test_the_password_makes_a_session",
        "test_the_scheme_may_be_written_in_any_case",
        "test_two_sessions_have_two_tokens",
        "test_wrong_credentials_are_refused",
    }
