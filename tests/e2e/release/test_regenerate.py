"""Several packages at once, and what a reviewer reads; and the first configuration of a description."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from vcsdk.pipeline import read_api

ROOT = Path(__file__).parents[3]
LAMP = """openapi: 3.0.3
info: {title: Lamp, version: "1"}
paths:
  /lamps/{lamp}:
    get:
      operationId: get_lamp
      summary: Show a lamp.
      parameters: [{name: lamp, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: It., content: {application/json: {schema: {type: string}}}}}
"""
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two descriptions, one of them released."""
    shutil.copytree(ROOT / "spec", tmp_path / "spec")
    (tmp_path / "spec/lamp.yaml").write_text(LAMP)
    (tmp_path / "spec/lamp.toml").write_text('[package]\ndistribution = "lamp"\nversion = "1.0.0"\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return tmp_path


def test_all_packages_are_brought_up_to_date_and_told(vcsdk: Command, project: Path) -> None:
    assert vcsdk("release", "spec/lamp.yaml", "--date", "2026-01-01")[0] == 0
    lamp = project / "spec/lamp.yaml"
    lamp.write_text(
        lamp.read_text().replace(
            "required: true, schema: {type: string}}",
            "required: true, schema: {type: string}}, {name: room, in: query, required: true, schema: {type: string}}",
        )
    )
    status, out, err = vcsdk("regenerate", "--jobs", "2", "--summary", "summary.md", "--json")
    assert status == 0, err
    rows = {row["distribution"]: row for row in json.loads(out)}
    assert set(rows) == {"lamp", "vcenter-vcha"}
    assert (rows["lamp"]["last"], rows["lamp"]["version"]) == ("1.0.0", "2.0.0")
    assert "lamp/src/lamp/resources/lamps.py" in rows["lamp"]["written"]
    assert (rows["vcenter-vcha"]["last"], rows["vcenter-vcha"]["version"]) == (None, "0.1.0")
    text = Path("summary.md").read_text()
    assert "| `lamp` | `spec/lamp.yaml` |" in text
    assert "#### [2.0.0] - Unreleased" in text
    assert "- **Breaking:** `lamps.get_lamp()` now needs `room`." in text
    assert "never released" in text
    assert vcsdk("check")[0] == 0


def test_the_same_again_writes_nothing_and_says_the_same(vcsdk: Command, project: Path) -> None:
    first = json.loads(vcsdk("regenerate", "spec/lamp.toml", "--json")[1])
    again = json.loads(vcsdk("regenerate", "spec/lamp.toml", "--json")[1])
    assert len(first[0]["written"]) == again[0]["as_before"]
    assert again[0]["written"] == []
    assert {**again[0], "written": 0, "as_before": 0} == {**first[0], "written": 0, "as_before": 0}
    (project / "spec/lamp.toml").write_text('[package]\ndistribution = "lamp"\nversion = "1.0.1"\n')
    assert json.loads(vcsdk("regenerate", "spec/lamp.toml", "--json")[1])[0]["written"]


def test_one_that_fails_does_not_keep_the_others_back(vcsdk: Command, project: Path) -> None:
    (project / "spec/lamp.yaml").write_text(LAMP.replace("{type: string}}]", "{$ref: '#/nowhere'}}]"))
    status, out, err = vcsdk("regenerate", "--jobs", "1")
    assert status == 2
    assert "spec/lamp.yaml:" in err
    assert "| — | `spec/lamp.yaml` | **not generated** |" in out
    assert (project / "generated/vcenter-vcha").is_dir()
    assert not (project / "generated/lamp").exists()


def test_an_overwritten_edit_is_a_problem_to_read(vcsdk: Command, project: Path) -> None:
    vcsdk("regenerate", "spec/lamp.toml")
    client = project / "generated/lamp/src/lamp/client.py"
    client.write_text(client.read_text() + "# a quick fix\n")
    status, out, err = vcsdk("regenerate", "spec/lamp.toml")
    assert status == 0
    assert "overwrote-edited-file" in out
    assert "overwrote-edited-file" in err


@pytest.mark.parametrize(
    ("content", "line", "rule"),
    [
        (b"# Changelog\n\n<<<<<<< HEAD\n=======\n>>>>>>> x\n", 3, "merge-conflict"),
        (b"# Changelog\r\n||||||| base\r\n", 2, "merge-conflict"),
        (b"\n\n\n>>>>>>> x", 4, "merge-conflict"),
        (b"# Changelog\n\xe9\n", 2, "not-utf8"),
    ],
)
def test_a_changelog_that_nobody_can_add_to_is_refused_before_anything_is_written(
    vcsdk: Command, project: Path, content: bytes, line: int, rule: str
) -> None:
    assert vcsdk("regenerate", "spec/lamp.toml")[0] == 0
    file = project / "generated/lamp/CHANGELOG.md"
    for change in ("", "# another description\n"):
        (project / "spec/lamp.yaml").write_text(LAMP + change)
        file.write_bytes(content)
        status, _, err = vcsdk("regenerate", "spec/lamp.toml")
        assert status == 2
        assert f"generated/lamp/CHANGELOG.md:{line}:1: error: " in err
        assert f"[{rule}]" in err
    file.write_text("# Changelog\n")
    assert vcsdk("regenerate", "spec/lamp.toml")[0] == 0


@pytest.mark.parametrize("words", [["spec/nowhere.toml"], ["spec/nowhere.yaml"]])
def test_what_is_not_there_is_refused(vcsdk: Command, project: Path, words: list[str]) -> None:
    status, _, err = vcsdk("regenerate", *words)
    assert status == 2
    assert "spec/nowhere" in err


def test_a_first_configuration_says_what_would_be_inferred(vcsdk: Command, project: Path) -> None:
    shutil.copy("spec/vcha.yaml", "api.yaml")
    status, out, err = vcsdk("init", "api.yaml")
    assert status == 0, err
    assert "api.toml: 11 operations; read it, then: vcsdk generate api.yaml -o generated" in out
    text = Path("api.toml").read_text()
    written = tomllib.loads(text)
    assert written["api"] == {"profile": "vapi"}
    assert written["package"]["client"] == "VCenterHighAvailability"
    ours = tomllib.loads((ROOT / "spec/vcha.toml").read_text())["operations"]["vcha.cluster.failover"]
    assert written["operations"]["vcenter.vcha.cluster.failover"] == ours
    assert "verb `failover`" in text
    configured = read_api(Path("api.yaml"))
    inferred = {o.operation_id: o.safety for o in read_api(Path("api.yaml"), use_config=False).api.operations}
    assert {o.operation_id: o.safety for o in configured.api.operations} == inferred
    assert set(written["operations"]) == {o.python_path for o in configured.api.operations}
    assert vcsdk("generate", "api.yaml", "-o", "out")[0] == 0


def test_a_configuration_is_never_overwritten(vcsdk: Command, project: Path) -> None:
    before = Path("spec/vcha.toml").read_bytes()
    status, _, err = vcsdk("init", "spec/vcha.yaml")
    assert status == 2
    assert "spec/vcha.toml: error: there is a configuration already [file-exists]" in err
    assert Path("spec/vcha.toml").read_bytes() == before


def test_text_of_a_description_cannot_leave_its_comment(vcsdk: Command, project: Path) -> None:
    hostile = LAMP.replace("/lamps/{lamp}:", '"/lamps/\\"]\\nevil = 1 #{lamp}\\u0007":').replace(
        "title: Lamp", 'title: "L\\n[package]"'
    )
    (project / "hostile.yaml").write_text(hostile)
    status, _, err = vcsdk("init", "hostile.yaml", "-o", "hostile.toml")
    if status == 0:
        written = tomllib.loads(Path("hostile.toml").read_text())
        assert set(written) <= {"package", "api", "operations"}
        assert "evil" not in written
    else:
        assert "error:" in err
