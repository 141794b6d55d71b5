"""Releases one after another: what is shown is what is done, each change is told once, and nothing comes twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from vcsdk.cli.main import main

TEXT = {"type": "string"}
THING = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": TEXT, "kind": {"$ref": "#/components/schemas/Kind"}},
}


def described(
    name: str = "Thing", operation: str = "things_get", kinds: tuple[str, ...] = ("A", "B")
) -> dict[str, Any]:
    answer = {
        "description": "It.",
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}},
    }
    given = {"name": "thing", "in": "path", "required": True, "schema": TEXT}
    get = {"operationId": operation, "tags": ["things"], "parameters": [given], "responses": {"200": answer}}
    schemas = {name: THING, "Kind": {"type": "string", "enum": list(kinds)}}
    head = {"openapi": "3.0.3", "info": {"title": "Things", "version": "1"}, "servers": [{"url": "https://a.test/api"}]}
    return {**head, "paths": {"/things/{thing}": {"get": get}}, "components": {"schemas": schemas}}


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec/things.toml").write_text("")

    def run(document: dict[str, Any], *options: str) -> dict[str, Any]:
        (tmp_path / "spec/things.json").write_text(json.dumps(document))
        capsys.readouterr()
        assert main(["release", "--json", "--date", "2026-01-31", *options]) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    return run


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_what_is_shown_is_what_is_done_and_nothing_is_done_twice(release: Any, tmp_path: Path) -> None:
    for document, version in (
        (described(), "0.1.0"),
        (described(kinds=("A", "B", "C")), "0.1.1"),
        (described("Item", kinds=("A", "B", "C")), "0.1.2"),
        (described("Item", "fetch", ("A", "B", "C")), "0.1.3"),
        (described("Item", "fetch", ("A", "B")), "0.1.4"),
    ):
        shown = release(document, "--dry-run")
        before = files(tmp_path)
        done = release(document)
        assert {**shown, "dry_run": None} == {**done, "dry_run": None}
        assert done["version"] == version
        after = files(tmp_path)
        assert before != after
        again = release(document)
        assert (again["version"], files(tmp_path)) == (version, after)
        assert main(["check"]) == 0


@pytest.mark.slow
def test_names_that_are_settled_anew_have_a_line_each(release: Any, tmp_path: Path) -> None:
    release(described())
    kept = release(described("Item", "fetch"))
    assert kept["version"] == "0.1.1"
    settled = release(described("Item", "fetch"), "--major")
    assert settled["version"] == "0.2.0"
    changelog = (tmp_path / "generated/things/CHANGELOG.md").read_text()
    entry = changelog.partition("## [0.2.0]")[2].partition("## [0.1.1]")[0]
    breaking = [line for line in entry.splitlines() if line.startswith("- **Breaking:**")]
    assert breaking == [
        "- **Breaking:** `models.thing.Thing` is called `models.item.Item`.",
        "- **Breaking:** `things.things_get` is called `things.fetch`.",
    ]
    # Nothing is left to settle.
    assert release(described("Item", "fetch"), "--major")["version"] == "0.2.0"


@pytest.mark.slow
def test_a_member_that_answers_lost_stays_until_names_are_settled(release: Any, tmp_path: Path) -> None:
    release(described())
    release(described(kinds=("A",)))
    module = tmp_path / "generated/things/src/things/models/kind.py"
    assert 'B = "B"' in module.read_text()
    release(described(kinds=("A",)), "--major")
    assert 'B = "B"' not in module.read_text()
