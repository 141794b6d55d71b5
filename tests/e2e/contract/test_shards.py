"""Shards of the suite, merged, say what one run says: verdict, findings, coverage."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from vcsdk.cli.main import main
from vcsdk.contract.load import load
from vcsdk.simulator import Simulator

from .conftest import FAILOVER, PASSWORD

CALL = "vcha.cluster.failover"
SHARDS = 4
ACCOUNTS = (
    "--username=administrator@vsphere.local",
    "--password-env=CONTRACT_PASSWORD",
    "--powerless-username=reader@vsphere.local",
    "--powerless-password-env=CONTRACT_PASSWORD",
    "--recovery=20",
    "--fuzz-examples=2",
)


@pytest.fixture
def command(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    monkeypatch.setenv("CONTRACT_PASSWORD", PASSWORD)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def run(*words: str) -> tuple[int, str]:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            status = main(["contract", *words])
        return status, printed.getvalue()

    return run


@pytest.mark.parametrize("faults", [(), ("error-without-messages",)], ids=["clean", "faulty"])
def test_four_shards_say_what_one_run_says(
    faults: tuple[str, ...],
    package: Path,
    simulator: Callable[..., Simulator],
    command: Callable[..., tuple[int, str]],
    tmp_path: Path,
) -> None:
    run = ("run", "--package", str(package), *ACCOUNTS, *FAILOVER, "--max-accepted=2")
    status, _ = command(*run, "--url", simulator(*faults).url, "--report", str(tmp_path / "whole"))
    server = simulator(*faults)
    for number in range(1, SHARDS + 1):
        shard = ("--shard", f"{number}/{SHARDS}", "--report", str(tmp_path / f"shard-{number}"))
        command(*run, "--url", server.url, *shard)

    merged, printed = command(
        "merge", *(str(tmp_path / f"shard-{n}") for n in (3, 1, 4, 2)), "--report", str(tmp_path / "merged")
    )

    assert merged == status == (1 if faults else 0), printed
    one, all_of_them = load(tmp_path / "whole"), load(tmp_path / "merged")
    assert all_of_them["verdict"] == one["verdict"]
    assert _findings(all_of_them) == _findings(one)
    assert _coverage(all_of_them) == _coverage(one)
    assert sorted(row["test"] for row in all_of_them["tests"]) == sorted(row["test"] for row in one["tests"])
    assert {row["test"]: row["outcome"] for row in all_of_them["tests"]} == {
        row["test"]: row["outcome"] for row in one["tests"]
    }
    assert server.log.accepted[CALL] == 2
    assert {"results.json", "junit.xml", "index.html", "events.jsonl"} <= {
        p.name for p in (tmp_path / "merged").iterdir()
    }
    called = [n for n in range(1, SHARDS + 1) if load(tmp_path / f"shard-{n}")["operations"][CALL]["accepted"]]
    assert len(called) == 1


def _findings(results: dict[str, Any]) -> set[str]:
    return {finding["fingerprint"] for finding in results["findings"]}


def _coverage(results: dict[str, Any]) -> dict[str, Any]:
    seen = {
        name: {key for key, a in row["answers"].items() if a["seen"]} for name, row in results["operations"].items()
    }
    return {"seen": seen, "gaps": sorted((row["operation"], row["answer"]) for row in results["not_exercised"])}
