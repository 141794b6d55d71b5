"""`vcsdk contract run`: exit statuses, the report folder, the summary."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from vcsdk.cli.main import main
from vcsdk.simulator import Simulator

from .conftest import PASSWORD


@pytest.fixture
def command(package: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    monkeypatch.setenv("TARGET_PASSWORD", PASSWORD)

    def run(url: str, *arguments: str) -> int:
        login = ["--username", "administrator@vsphere.local", "--password-env", "TARGET_PASSWORD"]
        return main(["contract", "run", "--url", url, *login, "--package", str(package), *arguments])

    return run


def test_a_contract_that_holds_exits_0(
    command: Callable[..., int],
    simulator: Callable[..., Simulator],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    status = command(simulator().url, "-k", "vcha_operations and not fuzz", "--report", str(tmp_path / "report"))

    printed = capsys.readouterr().out
    assert status == 0, printed
    assert "The contract holds" in printed
    assert "vcha.operations.get" in printed
    results = json.loads((tmp_path / "report" / "results.json").read_text(encoding="utf-8"))
    assert results["verdict"] == "holds"
    assert "<testcase" in (tmp_path / "report" / "junit.xml").read_text(encoding="utf-8")


def test_a_broken_contract_exits_1_and_says_where(
    command: Callable[..., int], simulator: Callable[..., Simulator], capsys: pytest.CaptureFixture[str]
) -> None:
    status = command(simulator("wrong-content-type").url, "-k", "vcha_operations and not fuzz", "--json")

    results = json.loads(capsys.readouterr().out)
    assert status == 1
    assert results["verdict"] == "broken"
    assert {finding["operation"] for finding in results["findings"]} == {"vcha.operations.get"}
    assert all(len(finding["fingerprint"]) == 12 for finding in results["findings"])
    assert any("content type" in finding["message"] for finding in results["findings"])


def test_a_target_that_does_not_answer_exits_3(command: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        status = command(f"http://127.0.0.1:{reserved.getsockname()[1]}")

    assert status == 3
    assert "does not answer" in capsys.readouterr().out


def test_a_refused_sign_in_exits_3(
    command: Callable[..., int],
    simulator: Callable[..., Simulator],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("TARGET_PASSWORD", "another-password")

    status = command(simulator().url)

    assert status == 3
    printed = capsys.readouterr().out
    assert "cannot sign in" in printed
    assert "another-password" not in printed


def test_nobody_is_told_to_name_an_account(
    package: Path, simulator: Callable[..., Simulator], capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["contract", "run", "--url", simulator().url, "--package", str(package)])

    assert status == 3
    printed = capsys.readouterr().out
    assert "POST /session answers 401, and no account is named: pass --username and --password-env" in printed
    assert "UNAUTHENTICATED" not in printed


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--allow", "no.such.operation"), "no such operation"),
        (("-k", "nothing_is_called_this"), "no test matches"),
    ],
    ids=["operation", "expression"],
)
def test_a_wrong_command_line_exits_2(
    arguments: tuple[str, ...],
    told: str,
    command: Callable[..., int],
    simulator: Callable[..., Simulator],
    capsys: pytest.CaptureFixture[str],
) -> None:
    status = command(simulator().url, *arguments)

    assert status == 2
    assert told in capsys.readouterr().err
