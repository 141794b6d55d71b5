"""The HTTP Archive of a run: every exchange, in order, masked, and whole at any moment."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from vcsdk.copied.suite.archive import Archive, entry
from vcsdk.copied.suite.gate import Exchange
from vcsdk.copied.suite.masking import Secrets
from vcsdk.copied.suite.recording import Recorder
from vcsdk.simulator import Simulator

from .conftest import PASSWORD, Finished
from .front import Front

READ = ("-k", "not fuzz")


def entries(path: Path) -> list[dict[str, Any]]:
    log = json.loads(path.read_bytes())["log"]
    assert log["version"] == "1.2"
    found: list[dict[str, Any]] = log["entries"]
    return found


def line(row: dict[str, Any]) -> str:
    parts = urlsplit(row["request"]["url"])
    return f"{row['request']['method']} {parts.path}" + (f"?{parts.query}" if parts.query else "")


def test_every_request_that_left_stands_in_it_in_order(
    simulator: Callable[..., Simulator], run_suite: Callable[..., Finished], tmp_path: Path
) -> None:
    front = Front(simulator().url)
    file = tmp_path / "run.har"

    with front.running() as url:
        finished = run_suite(url, *READ, "--har", str(file))

    rows = entries(file)
    assert finished.status == 0, finished.printed
    assert [line(row) for row in rows] == [seen.removesuffix(" HTTP/1.1") for seen in front.seen]
    assert len(rows) > 100
    tests = {row["test"] for row in finished.results["tests"]}
    assert {row["comment"] for row in rows} - {""} <= tests
    assert rows == sorted(rows, key=lambda row: row["startedDateTime"])


def test_workers_write_one_and_it_holds_no_secret(
    simulator: Callable[..., Simulator], run_command: Callable[..., Finished], tmp_path: Path
) -> None:
    file = tmp_path / "run.har"

    finished = run_command(simulator("token-in-error").url, "--workers", "2", *READ, "--har", str(file))

    rows = entries(file)
    sent = {row["test"] for row in finished.results["tests"] if row["outcome"] != "skipped"}
    assert {row["comment"] for row in rows} - {""} <= sent
    signed_in = [row for row in rows if row["_operation"] == "session.create" and row["response"]["status"] == 201]
    assert signed_in
    assert {row["response"]["content"]["text"] for row in signed_in} == {'"[masked]"'}
    assert PASSWORD not in file.read_text("utf-8")


def test_a_file_that_cannot_be_written_is_said_before_anything_is_sent(
    simulator: Callable[..., Simulator], run_command: Callable[..., Finished], tmp_path: Path
) -> None:
    server = simulator()

    finished = run_command(server.url, "--har", str(tmp_path / "no" / "folder.har"))

    assert finished.status == 2
    assert "folder.har: No such file or directory" in finished.printed
    assert not server.log.received


@pytest.mark.parametrize("answered", [True, False])
def test_it_is_whole_after_each_entry(answered: bool, tmp_path: Path) -> None:
    request = httpx2.Request("POST", "https://vc/api/x?a=1&b=", content=b'{"password": "p"}')
    response = httpx2.Response(404, headers={"Content-Type": "application/json"}, content='"ä"'.encode())
    exchange = Exchange("x.make", 404, 0.5, request, response if answered else None, at=1_700_000_000.25)
    file = tmp_path / "x.har"
    archive = Archive(file, "tests")

    assert entries(file) == []
    for number in range(1, 4):
        archive.add([entry(exchange, Recorder(Secrets()), "t.py::test")])
        assert len(entries(file)) == number
    archive.close()

    row = entries(file)[0]
    assert row["startedDateTime"] == "2023-11-14T22:13:20.250+00:00"
    assert (row["time"], row["timings"]) == (500.0, {"send": 0, "wait": 500.0, "receive": 0})
    assert row["request"]["queryString"] == [{"name": "a", "value": "1"}, {"name": "b", "value": ""}]
    assert json.loads(row["request"]["postData"]["text"]) == {"password": "[masked]"}
    if answered:
        assert (row["response"]["status"], row["response"]["statusText"]) == (404, "Not Found")
        assert row["response"]["content"] == {"size": 4, "mimeType": "application/json", "text": '"ä"'}
    else:
        assert (row["response"]["status"], row["response"]["content"]) == (0, {"size": 0, "mimeType": ""})
