"""A run that would show a secret fails itself, and leaves nothing for others."""

from __future__ import annotations

import importlib
from collections.abc import Callable

import pytest
from vcsdk.contract import junit
from vcsdk.simulator import Simulator

from . import conftest
from .conftest import MODULE, PASSWORD, Finished


def test_nothing_is_left_of_a_run_whose_report_shows_one(
    simulator: Callable[..., Simulator], run_command: Callable[..., Finished], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(junit, "text", lambda _: f"<x>{PASSWORD[4:13]}</x>")

    finished = run_command(simulator().url, "-k", "vcha_operations and TestGet and not fuzz")

    assert finished.status == 3
    assert "junit.xml" in finished.printed
    assert PASSWORD not in finished.printed
    assert [path.name for path in finished.folder.iterdir()] == []


def test_pytest_alone_looks_back_too(
    simulator: Callable[..., Simulator], run_suite: Callable[..., Finished], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = simulator("token-in-error")
    suite = importlib.import_module(f"{MODULE}._suite.masking")
    monkeypatch.setattr(suite.Secrets, "mask", lambda _, text: text)

    finished = run_suite(server.url, "-k", "test_tasks and malformed or test_tasks and unknown")

    assert finished.status == 3
    assert "the run failed" in finished.printed
    assert not {"results.json", "events.jsonl"} & {path.name for path in finished.folder.iterdir()}


@pytest.mark.parametrize(
    "password",
    [
        "9-operation-vcha.operations.get-9",
        "my-TestGet::test_answers-1",
        "GET /vcenter/vcha/operations?x",
        "-vcha.cluster-",
    ],
)
def test_a_password_made_of_the_suites_own_words_loses_no_report(
    password: str,
    simulator: Callable[..., Simulator],
    run_command: Callable[..., Finished],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(conftest, "PASSWORD", password)
    monkeypatch.setenv("CONTRACT_PASSWORD", password)

    finished = run_command(simulator().url, "-k", "vcha_operations and TestGet and not fuzz")

    assert finished.status == 0, finished.printed
    assert "index.html" in {path.name for path in finished.folder.iterdir()}
    assert not any(password in path.read_text(encoding="utf-8") for path in finished.folder.iterdir())
