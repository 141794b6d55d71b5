"""The report folder of a real run: its files agree, follow their schema, and can be made again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema_rs
import pytest
from vcsdk.cli.main import main
from vcsdk.contract import artefacts
from vcsdk.contract.fitting import SCHEMA
from vcsdk.simulator import Simulator

from .conftest import Finished

ONE = ("-k", "vcha_operations and not fuzz")


def test_the_files_agree_and_follow_their_schema(
    simulator: Callable[..., Simulator], run_command: Callable[..., Finished], tmp_path: Path
) -> None:
    server = simulator("wrong-content-type")
    finished = run_command(server.url, *ONE)

    report = tmp_path / "report"
    content = json.loads((report / "results.json").read_text(encoding="utf-8"))
    validator = jsonschema_rs.Draft202012Validator(
        json.loads(SCHEMA.read_text(encoding="utf-8")), validate_formats=True
    )
    assert not [str(error) for error in validator.iter_errors(content)]
    assert finished.status == 1
    assert content["verdict"] == "broken"
    assert content["complete"]
    assert content["target"]["url"] == server.url
    assert content["target"]["mode"] == "ENABLED"
    get = content["operations"]["vcha.operations.get"]
    assert get["answers"]["200"]["wrong"] > 0
    assert get["statuses"]["200"] == get["answers"]["200"]["seen"]
    found = content["findings"][0]
    assert (found["check"], found["operation"]) == ("content-documented", "vcha.operations.get")
    assert found["request"]["url"].startswith(server.url)
    assert found["response"]["status"] in (200, 401)
    assert found["curl"].startswith("curl -i ")
    assert {gap["operation"] for gap in content["not_exercised"]} >= {"vcha.cluster.failover", "tasks.cancel"}
    suite = ET.fromstring((report / "junit.xml").read_bytes()).find("testsuite")
    assert suite is not None
    assert int(str(suite.get("failures"))) == content["counts"]["failed"]
    assert f"fingerprint: {found['fingerprint']}" in (report / "junit.xml").read_text(encoding="utf-8")


def test_a_report_is_made_again_from_its_events(
    simulator: Callable[..., Simulator],
    run_command: Callable[..., Finished],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run_command(simulator("wrong-content-type").url, *ONE)
    report = tmp_path / "report"
    names = (artefacts.RESULTS, artefacts.JUNIT, artefacts.PAGE)
    before = {name: (report / name).read_bytes() for name in names}
    for name in names:
        (report / name).unlink()

    assert main(["contract", "report", str(report)]) == 0

    assert {name: (report / name).read_bytes() for name in names} == before
    assert "breaks the contract" in capsys.readouterr().out


def test_a_folder_without_a_run_exits_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["contract", "report", str(tmp_path)]) == 2
    assert "there are no events" in capsys.readouterr().err


def known_file(path: Path, findings: list[dict[str, str]], expires: str) -> Path:
    path.write_text(
        "".join(
            f'[[known]]\nfingerprint = "{found["fingerprint"]}"\nreason = "VCHA-1"\nowner = "me"\nexpires = {expires}\n'
            for found in findings
        ),
        encoding="utf-8",
    )
    return path


def test_known_findings_do_not_fail_the_run(
    simulator: Callable[..., Simulator], run_command: Callable[..., Finished], tmp_path: Path
) -> None:
    # A second server has another port, other tokens, other times: the fingerprints must be the same all the same.
    findings = run_command(simulator("wrong-content-type").url, *ONE).results["findings"]
    known = known_file(tmp_path / "known.toml", findings, "2099-12-31")

    finished = run_command(simulator("wrong-content-type").url, *ONE, "--known", str(known))

    assert finished.status == 0, finished.printed
    assert finished.results["verdict"] == "holds"
    assert finished.results["counts"]["known"] > 0
    assert all(found["known"] for found in finished.results["findings"])
    assert {entry["state"] for entry in finished.results["known"]} == {"matched"}


def test_an_expired_entry_excuses_nothing(
    simulator: Callable[..., Simulator], run_command: Callable[..., Finished], tmp_path: Path
) -> None:
    findings = run_command(simulator("wrong-content-type").url, *ONE).results["findings"]
    known = known_file(tmp_path / "known.toml", findings, "2020-01-01")

    finished = run_command(simulator("wrong-content-type").url, *ONE, "--known", str(known))

    assert finished.status == 1
    assert {entry["state"] for entry in finished.results["known"]} == {"expired"}


def test_an_entry_that_matches_nothing_is_reported(
    simulator: Callable[..., Simulator], run_command: Callable[..., Finished], tmp_path: Path
) -> None:
    known = known_file(tmp_path / "known.toml", [{"fingerprint": "0123456789ab"}], "2099-12-31")

    lenient = run_command(simulator().url, *ONE, "--known", str(known))
    strict = run_command(simulator().url, *ONE, "--known", str(known), "--strict")

    assert [lenient.status, strict.status] == [0, 3]
    assert [entry["state"] for entry in lenient.results["known"]] == ["unmatched"]


def test_a_file_that_cannot_be_used_exits_2(
    simulator: Callable[..., Simulator], run_command: Callable[..., Finished], tmp_path: Path
) -> None:
    known = tmp_path / "known.toml"
    known.write_text("[[known]]\n", encoding="utf-8")

    finished = run_command(simulator().url, *ONE, "--known", str(known))

    assert finished.status == 2
    assert f"{known}:1:1: error: `fingerprint` is missing" in finished.printed
