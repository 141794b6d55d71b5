"""A name without a value in the query of a path key must be there: in the client, the simulator, the suite, the views.

vCenter's content library is described so: `…/file` lists, `…/file?name` gives one.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from vcsdk.bundle import View, views
from vcsdk.cli.main import main
from vcsdk.diagnostics import Diagnostics
from vcsdk.diff import compare
from vcsdk.diff.read import read
from vcsdk.pipeline import Described, read_api
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.generated import imported

# The simulator begins with the box of the example.
BOX = {"name": "box", "in": "path", "required": True, "example": "b", "schema": {"type": "string"}}


def query(name: str, *, required: bool = True, kind: str = "string") -> dict[str, object]:
    return {"name": name, "in": "query", "required": required, "schema": {"type": kind}}


def operation(name: str, *parameters: dict[str, object], answer: str = "string") -> dict[str, object]:
    schema = {"type": "array", "items": {"type": "string"}} if answer == "array" else {"type": answer}
    content = {"application/json": {"schema": schema}}
    return {
        "operationId": name,
        "parameters": list(parameters),
        "responses": {
            "200": {"description": "ok", "content": content},
            "400": {"description": "no", "content": {"application/json": {"schema": {}}}},
            "404": {"description": "none", "content": {"application/json": {"schema": {}}}},
        },
    }


PATHS = {
    "/boxes/{box}/papers": {"get": operation("list_papers", BOX, answer="array"), "post": operation("add", BOX)},
    "/boxes/{box}/papers?sheet": {"get": operation("get_paper", BOX, query("sheet"))},
    "/boxes/{box}/papers?sheet&page": {
        "get": operation("get_page", BOX, query("sheet"), query("page", kind="integer"))
    },
    "/boxes/{box}/papers?shred": {"post": operation("shred", BOX, answer="boolean")},
    "/boxes/{box}/labels?colour={colour}": {"get": operation("get_label", BOX, query("colour"))},
    "/boxes/{box}/labels": {"get": operation("list_labels", BOX, query("limit", required=False), answer="array")},
    "/boxes?with-empty": {"get": operation("list_boxes", answer="array")},
}


def write(folder: Path, paths: dict[str, object] = PATHS) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "archive.yaml"
    described = {"openapi": "3.0.3", "info": {"title": "Archive", "version": "1"}, "paths": paths}
    path.write_text(yaml.safe_dump(described, sort_keys=False), encoding="utf-8")
    return path


@pytest.fixture
def described(tmp_path: Path) -> Described:
    return read_api(write(tmp_path))


@pytest.fixture
def packages(described: Described, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VCSDK_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert main(["generate", str(tmp_path / "archive.yaml"), "-o", str(tmp_path / "out"), "--quiet"]) == 0
    return tmp_path / "out"


def test_the_client_sends_and_the_simulator_routes_by_what_is_there(
    described: Described, packages: Path, tmp_path: Path
) -> None:
    server = Simulator(described, SimulatorOptions(log=tmp_path / "log.jsonl"))
    with (
        server.running() as url,
        imported(packages / "archive/src", "archive") as module,
        module.Archive(url) as client,
    ):
        papers = client.boxes.papers
        assert isinstance(papers.list_papers(box="b"), list)
        assert isinstance(papers.get_paper(box="b", sheet=""), str)
        assert isinstance(papers.get_page(box="b", sheet="s", page=3), str)
        assert isinstance(papers.add(box="b"), str)
        assert isinstance(papers.shred(box="b"), bool)
        assert isinstance(client.boxes.labels.get_label(box="b", colour="red"), str)
        assert isinstance(client.boxes.labels.list_labels(box="b", limit="2"), list)
        assert isinstance(client.boxes.list_boxes(), list)
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(line["operation"].rpartition(".")[2], line["target"], line["status"]) for line in lines] == [
        ("list_papers", "/boxes/b/papers", 200),
        ("get_paper", "/boxes/b/papers?sheet=", 200),
        ("get_page", "/boxes/b/papers?sheet=s&page=3", 200),
        ("add", "/boxes/b/papers", 200),
        ("shred", "/boxes/b/papers?shred", 200),
        ("get_label", "/boxes/b/labels?colour=red", 200),
        ("list_labels", "/boxes/b/labels?limit=2", 200),
        ("list_boxes", "/boxes?with-empty", 200),
    ]


def test_the_suite_finds_nothing_on_a_right_server(
    described: Described, packages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server = Simulator(described, SimulatorOptions())
    with server.running() as url:
        words = ["contract", "run", "--url", url, "--package", str(packages / "archive-contract")]
        status = main([*words, "--level", "write", "--fuzz-examples", "5", "--timeout", "10"])
    said = capsys.readouterr()
    assert status == 0, said.out + said.err
    assert {"boxes.papers.list_papers", "boxes.papers.get_paper", "boxes.labels.get_label"} <= set(server.log.received)


@pytest.mark.parametrize("view", View)
def test_every_view_has_every_operation_once_and_reads_back(described: Described, view: View, tmp_path: Path) -> None:
    found = []
    for number, document in enumerate(views(described.document, view)):
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        found += read_api(path).api.operations
    assert sorted(o.operation_id for o in found) == sorted(o.operation_id for o in described.api.operations)
    if view is not View.PLAIN:
        assert {o.request_line for o in found} == {o.request_line for o in described.api.operations}


def test_the_request_line_says_what_must_be_there(described: Described) -> None:
    assert {o.operation_id: o.request_line for o in described.api.operations} == {
        "list_papers": "GET /boxes/{box}/papers",
        "add": "POST /boxes/{box}/papers",
        "get_paper": "GET /boxes/{box}/papers?sheet",
        "get_page": "GET /boxes/{box}/papers?sheet&page",
        "shred": "POST /boxes/{box}/papers?shred",
        "get_label": "GET /boxes/{box}/labels?colour",
        "list_labels": "GET /boxes/{box}/labels",
        "list_boxes": "GET /boxes?with-empty",
    }


def differences(old: dict[str, object], new: dict[str, object], folder: Path) -> list[tuple[str, str]]:
    sides = [
        read(write(folder / name, paths), None, use_config=True, overlays=(), diagnostics=Diagnostics())
        for name, paths in (("old", old), ("new", new))
    ]
    found = compare(*sides)
    return [(each.rule.id, each.site.operation) for each in found if not each.rule.id.startswith("surface-")]


def test_twins_are_compared_each_with_its_own_kind(tmp_path: Path) -> None:
    without = {key: item for key, item in PATHS.items() if key != "/boxes/{box}/papers?sheet"}
    assert differences(without, PATHS, tmp_path) == [("operation-added", "GET /boxes/{box}/papers?sheet")]
    assert differences(PATHS, without, tmp_path) == [("operation-removed", "GET /boxes/{box}/papers?sheet")]


def test_a_required_parameter_that_moves_into_the_key_is_the_same_request(tmp_path: Path) -> None:
    plain = {"/boxes/{box}/papers": {"get": operation("get_paper", BOX, query("sheet"))}}
    named = {"/boxes/{box}/papers?sheet": {"get": operation("get_paper", BOX, query("sheet"))}}
    assert differences(plain, named, tmp_path) == []


def test_what_nothing_on_the_wire_tells_apart_is_warned_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    twice = {**PATHS, "/boxes/{box}/papers?sheet#again": {"get": operation("again", BOX, query("sheet"))}}
    assert main(["lint", str(write(tmp_path, twice))]) == 0
    said = capsys.readouterr()
    assert "are the same request, which no server can tell apart: GET /boxes/{box}/papers?sheet" in said.out + said.err
