"""`vcsdk bundle` as a process user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from vcsdk.cli.main import main

from tests.unit.bundle.conftest import ROOT, Describe, answer

VCHA = str(ROOT / "spec" / "vcha.yaml")


def test_the_ending_chooses_the_notation_and_both_hold_the_same_data(tmp_path: Path) -> None:
    assert main(["bundle", VCHA, "-o", str(tmp_path / "a.json"), "--view", "fragment"]) == 0
    assert main(["bundle", VCHA, "-o", str(tmp_path / "deep" / "a.yaml"), "--view", "fragment"]) == 0
    text = (tmp_path / "deep" / "a.yaml").read_text()
    assert yaml.safe_load(text) == json.loads((tmp_path / "a.json").read_text())
    assert "&id" not in text


def test_a_folder_takes_files_named_after_description_and_view(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bundle", VCHA, "-o", str(tmp_path), "--view", "plain"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["vcha.plain.2.yaml", "vcha.plain.yaml"]
    assert "vcha.plain.2.yaml: 1 operation\n" in capsys.readouterr().out


def test_vendor_is_the_default(tmp_path: Path) -> None:
    assert main(["bundle", VCHA, "-o", str(tmp_path / "a.json")]) == 0
    assert "/vcenter/vcha/cluster?action=get" in json.loads((tmp_path / "a.json").read_text())["paths"]


def test_numbered_files_of_another_run_are_named(
    tmp_path: Path, describe: Describe, capsys: pytest.CaptureFixture[str]
) -> None:
    path, target = describe({"/a": {"get": answer("a")}}), tmp_path / "out" / "a.json"
    target.parent.mkdir()
    for name in ("a.2.json", "a.x.json", "b.3.json"):
        (target.parent / name).write_text("{}")
    assert main(["bundle", str(path), "-o", str(target), "--view", "plain"]) == 0
    printed = capsys.readouterr().err
    assert "a.2.json: warning" in printed
    assert "[leftover-file]" in printed
    assert "a.x.json" not in printed
    assert "b.3.json" not in printed


@pytest.mark.parametrize(("output", "rule"), [("a.xml", "unknown-ending"), ("file.txt/a.json", "unwritable-output")])
def test_outputs_that_cannot_be_written_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], output: str, rule: str
) -> None:
    (tmp_path / "file.txt").write_text("in the way")
    assert main(["bundle", VCHA, "-o", str(tmp_path / output)]) == 2
    assert f"[{rule}]" in capsys.readouterr().err


def test_an_unusable_description_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("openapi: 3.0.3\ninfo: [\n")
    assert main(["bundle", str(broken), "-o", str(tmp_path / "a.json")]) == 2
    assert not (tmp_path / "a.json").exists()
    assert "broken.yaml:" in capsys.readouterr().err


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        assert main(["bundle", VCHA, "-o", str(tmp_path / name), "--view", "plain"]) == 0
    assert (tmp_path / "a.yaml").read_bytes() == (tmp_path / "b.yaml").read_bytes()


def test_texts_that_a_yaml_1_2_reader_takes_for_numbers_are_quoted(tmp_path: Path, describe: Describe) -> None:
    tricky = ["1e3", "0o17", "1.", "12e03", "yes", "0x1f", "1_000", "2020-01-01", "null", "~", "", " a", "a\nb\n", "1e"]
    schema = {"type": "string", "enum": tricky}
    path = describe({"/a": {"get": answer("a")}}, components={"schemas": {"Tricky": schema}})
    assert main(["bundle", str(path), "-o", str(tmp_path / "a.yaml")]) == 0
    text = (tmp_path / "a.yaml").read_text()
    assert yaml.safe_load(text)["components"]["schemas"]["Tricky"]["enum"] == tricky
    for number in ("1e3", "0o17", "1.", "12e03"):
        assert f"- '{number}'\n" in text
