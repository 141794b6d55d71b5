"""The plan says what the run sends: the server's log is the judge."""

from __future__ import annotations

import contextlib
import io
import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from vcsdk.cli.main import main
from vcsdk.simulator import Simulator

from .conftest import FAILOVER, Finished

CALL = "vcha.cluster.failover"


@pytest.fixture
def plan(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def run(url: str, *options: str) -> tuple[int, str]:
        words = ["contract", "plan", "--url", url, "--package", str(package), "--username", "me@example.com"]
        words += ["--powerless-username", "you@example.com"]
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            status = main([*words, *options])
        return status, printed.getvalue()

    return run


@pytest.fixture
def trap() -> Iterator[tuple[str, socket.socket]]:
    """An address that would notice any connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", listener


def test_a_plan_sends_nothing(plan: Callable[..., tuple[int, str]], trap: tuple[str, socket.socket]) -> None:
    url, listener = trap

    status, printed = plan(url, *FAILOVER, "--fuzz-examples", "1")

    assert status == 0
    assert "Nothing was sent." in printed
    assert f"{CALL} " in printed
    with pytest.raises(BlockingIOError):
        listener.accept()


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_without_an_account_one_sentence_says_what_to_give(
    form: tuple[str, ...], package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not what the simulator answers to a login of nobody."""
    words = ["contract", "plan", "--url", "https://vc.example.com", "--package", str(package)]
    assert main([*words, *form]) == 3
    said = capsys.readouterr()
    assert said.err.splitlines()[0] == (
        "A run would be stopped: POST /session answers 401, and no account is named: pass --username and --password-env"
    )
    assert "{" not in said.err
    if form:
        assert json.loads(said.out)["trouble"] == said.err.splitlines()[0].partition(": ")[2]


def test_a_plan_of_a_read_run_is_what_the_run_sends(
    plan: Callable[..., tuple[int, str]],
    simulator: Callable[..., Simulator],
    run_command: Callable[..., Finished],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = simulator()
    lines: list[str] = []
    write = server.log.write
    monkeypatch.setattr(server.log, "write", lambda **row: (lines.append(_line(row)), write(**row)))
    options = ("--seed", "3", "--fuzz-examples", "5")

    planned = json.loads(plan(server.url, *options, "--json")[1])
    assert lines == []
    finished = run_command(server.url, *options)

    assert finished.results["verdict"] == "holds", finished.printed
    rows = {name: row for name, row in planned["operations"].items() if name}
    assert all(row["waiting"] == 0 for row in rows.values())
    sent = {name: server.log.received[name] for name in rows}
    assert {name: row["suite"] + row["fuzz"] for name, row in rows.items()} == sent
    assert rows[CALL]["suite"] == rows[CALL]["fuzz"] == 0
    assert rows["vcha.cluster.get"]["fuzz"] > 5
    assert [_line(row) for row in planned["requests"]] == lines


def test_a_plan_bounds_a_destructive_run(
    plan: Callable[..., tuple[int, str]], simulator: Callable[..., Simulator], run_command: Callable[..., Finished]
) -> None:
    server = simulator()
    options = (*FAILOVER, "--max-accepted", "2", "--fuzz-examples", "3", "-k", "failover")

    planned = json.loads(plan(server.url, *options, "--json")[1])["operations"]
    finished = run_command(server.url, *options)

    assert finished.results["verdict"] == "holds", finished.printed
    assert server.log.received[CALL] == planned[CALL]["suite"] + planned[CALL]["fuzz"] > 10
    assert server.log.received["vcha.cluster.mode.set"] == planned["vcha.cluster.mode.set"]["suite"] > 0
    assert planned["tasks.get"]["waiting"] > 0


def test_a_plan_says_that_the_run_would_be_stopped(
    plan: Callable[..., tuple[int, str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "config" / "vcsdk" / "production.toml"
    file.parent.mkdir(parents=True)
    file.write_text('hosts = ["vc-prod-*"]\n', encoding="utf-8")

    status, _ = plan("https://vc-prod-1.example.com", *FAILOVER, "-k", "vcha_operations")

    assert status == 3
    assert "marked as production" in capsys.readouterr().err


def _line(row: dict[str, Any]) -> str:
    return f"{row['method']} {row['target']}"
