"""The suite on FastAPI applications where a PUT makes what its path names."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import pytest
from fastapi import FastAPI, HTTPException, Response
from fastapi import Path as PathParameter
from pydantic import BaseModel
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.suites import Suite, served, suite_of


class Setting(BaseModel):
    """What is kept under a name."""

    value: str
    rank: int = 1


Code = Annotated[str, PathParameter(pattern="^[A-Z]{3}-[0-9]{4}$")]


def coded(bug: str = "") -> FastAPI:
    """What its path names has a form."""
    app = FastAPI(title="Coded", version="1", responses={404: {"description": "None."}})
    kept: dict[str, Setting] = {}
    app.state.kept = kept

    @app.put("/stock/{code}", responses={201: {"model": Setting}})
    def put(code: Code, given: Setting, response: Response) -> Setting:
        response.status_code = 200 if code in kept else 201
        if bug != "change is lost" or code not in kept:
            kept[code] = given.model_copy(update={"value": "lost"} if bug == "value is lost" else {})
        return given

    @app.get("/stock/{code}")
    def get(code: Code) -> Setting:
        if code not in kept:
            raise HTTPException(404)
        return kept[code]

    @app.delete("/stock/{code}", status_code=204)
    def drop(code: Code) -> None:
        get(code)
        if bug != "stays":
            del kept[code]

    return app


def application(bug: str = "") -> tuple[FastAPI, dict[str, Setting], dict[uuid.UUID, Setting]]:
    """One that has a setting already; `bug` is what it does wrong."""
    app = FastAPI(title="Settings app", version="1")
    settings = {"somebody's": Setting(value="theirs")}
    notes: dict[uuid.UUID, Setting] = {}

    @app.get("/settings", operation_id="list_settings")
    def listed() -> list[str]:
        return [name for name in settings if bug != "not listed" or name == "somebody's"]

    @app.put("/settings/{name}", responses={201: {"model": Setting}}, operation_id="put_setting")
    def put(name: str, given: Setting, response: Response) -> Setting:
        response.status_code = 200 if name in settings else 201
        if bug != "change is lost" or name not in settings:
            settings[name] = given.model_copy(update={"value": "lost"} if bug == "value is lost" else {})
        return given

    @app.get("/settings/{name}", responses={404: {"description": "None."}}, operation_id="get_setting")
    def get(name: str) -> Setting:
        if name not in settings:
            raise HTTPException(404)
        return settings[name]

    @app.delete("/settings/{name}", status_code=204, operation_id="drop_setting")
    def drop(name: str) -> None:
        if bug != "stays":
            settings.pop(name, None)

    @app.put("/notes/{note_id}", status_code=204, operation_id="put_note")
    def put_note(note_id: uuid.UUID, given: Setting) -> None:
        notes[note_id] = given

    @app.get("/notes/{note_id}", responses={404: {"description": "None."}}, operation_id="get_note")
    def get_note(note_id: uuid.UUID) -> Setting:
        if note_id not in notes:
            raise HTTPException(404)
        return notes[note_id]

    @app.delete("/notes/{note_id}", operation_id="drop_note")
    def drop_note(note_id: uuid.UUID) -> bool:
        return notes.pop(note_id, None) is not None

    return app, settings, notes


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    folder = tmp_path_factory.mktemp("settings-app")
    (folder / "openapi.json").write_text(json.dumps(application()[0].openapi()), encoding="utf-8")
    with suite_of(folder / "openapi.json", folder / "out") as made:
        yield made


def test_what_a_put_makes_is_shown_changed_and_removed(suite: Suite, tmp_path: Path) -> None:
    app, settings, notes = application()
    with served(app) as url:
        ran = suite.run(url, "--level", "write", scratch=tmp_path)

    assert ran.findings == [], ran.printed
    assert [row for row in ran.results["not_exercised"] if not row["answer"]] == []
    assert settings == {"somebody's": Setting(value="theirs")}
    assert notes == {}


@pytest.mark.parametrize(
    ("bug", "check"),
    [
        ("value is lost", "created-shown"),
        ("not listed", "created-listed"),
        ("change is lost", "change-kept"),
        ("stays", "deleted-gone"),
    ],
)
def test_what_goes_wrong_is_found(bug: str, check: str, suite: Suite, tmp_path: Path) -> None:
    with served(application(bug)[0]) as url:
        ran = suite.run(url, "--level", "write", "-k", "lifecycles", scratch=tmp_path)

    assert check in ran.checks, ran.printed


def test_what_a_path_names_may_have_a_form(tmp_path: Path) -> None:
    right = coded()
    (tmp_path / "openapi.json").write_text(json.dumps(right.openapi()), encoding="utf-8")
    with suite_of(tmp_path / "openapi.json", tmp_path / "out") as suite:
        with served(right) as url:
            ran = suite.run(url, "--level", "write", scratch=tmp_path)
        assert ran.findings == [], ran.printed
        assert right.state.kept == {}

        bugs = {"value is lost": "created-shown", "change is lost": "change-kept", "stays": "deleted-gone"}
        for bug, check in bugs.items():
            with served(coded(bug)) as url:
                ran = suite.run(url, "--level", "write", "-k", "lifecycles", scratch=tmp_path)
            assert check in ran.checks, (bug, ran.printed)

        with Simulator(suite.described, SimulatorOptions()).running() as url:
            ran = suite.run(url, "--level", "write", "-k", "lifecycles", scratch=tmp_path)
        assert ran.findings == [], ran.printed
