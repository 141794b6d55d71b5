"""The suite on servers where a change names the version it is of, deleted things are 410, and pages end with 404."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import FastAPI, HTTPException, Query
from pydantic import BaseModel, Field

from tests.suites import served, suite_of


class Said(BaseModel):
    title: Annotated[str, Field(min_length=1, max_length=80)]
    body: str = ""


class Replaced(Said):
    version: int


class Part(BaseModel):
    title: str | None = None
    body: str | None = None
    version: int


class Shown(Said):
    id: str
    version: int


class Settings(BaseModel):
    title: str
    wide: bool = False
    version: int


class Page(BaseModel):
    items: list[Shown]
    page: int


Answers = dict[int | str, dict[str, Any]]
NONE: Answers = {404: {"description": "None."}}
STALE: Answers = {409: {"description": "Changed meanwhile."}}
GONE: Answers = {410: {"description": "Gone."}}


def replaced(bug: str = "", status: int = 409) -> FastAPI:
    """A PUT names the version that it replaces; what was deleted is gone."""
    app = FastAPI(title="replaced", version="1")
    things: dict[str, Shown] = {}
    gone: set[str] = set()
    numbers = itertools.count(1)

    def found(key: str) -> Shown:
        if key in gone and bug != "comes back":
            raise HTTPException(410)
        if key not in things:
            raise HTTPException(404)
        return things[key]

    @app.get("/things")
    def listed() -> list[Shown]:
        return [each for key, each in things.items() if key not in gone]

    @app.post("/things", status_code=201)
    def make(said: Said) -> Shown:
        key = f"t{next(numbers)}"
        things[key] = Shown(id=key, version=1, **said.model_dump())
        return things[key]

    @app.get("/things/{thing}", responses={**NONE, **GONE})
    def get(thing: str) -> Shown:
        return found(thing)

    @app.put("/things/{thing}", responses={**NONE, **GONE, status: {"description": "Changed meanwhile."}})
    def put(thing: str, said: Replaced) -> Shown:
        was = found(thing)
        if said.version != was.version:
            raise HTTPException(status)
        if bug != "change is lost":
            things[thing] = Shown(id=thing, title=said.title, body=said.body, version=was.version + 1)
        return things[thing]

    @app.delete("/things/{thing}", status_code=204, responses={**NONE, **GONE})
    def drop(thing: str) -> None:
        found(thing)
        gone.add(thing)

    return app


def failed(bug: str = "") -> FastAPI:
    """The same by 412."""
    return replaced(bug, 412)


def patched(bug: str = "") -> FastAPI:
    """So does a PATCH; a page behind the last one is not found."""
    app = FastAPI(title="patched", version="1")
    things: dict[str, Shown] = {f"old{n}": Shown(id=f"old{n}", title=f"T{n}", version=n) for n in range(4)}
    numbers = itertools.count(1)

    @app.get("/things", responses=NONE)
    def listed(page: Annotated[int, Query(ge=1)] = 1, per_page: Annotated[int, Query(ge=1, le=50)] = 50) -> Page:
        rows = list(things.values())
        if page > max(1, -(-len(rows) // per_page)):
            raise HTTPException(404)
        start = (page - 1) * per_page
        return Page(items=rows[max(start - (bug == "repeats"), 0) : start + per_page], page=page)

    @app.post("/things", status_code=201)
    def make(said: Said) -> Shown:
        key = f"t{next(numbers)}"
        things[key] = Shown(id=key, version=1, **said.model_dump())
        return things[key]

    @app.get("/things/{thing}", responses=NONE)
    def get(thing: str) -> Shown:
        if thing not in things:
            raise HTTPException(404)
        return things[thing]

    @app.patch("/things/{thing}", responses={**NONE, **STALE})
    def patch(thing: str, said: Part) -> Shown:
        was = get(thing)
        if said.version != was.version:
            raise HTTPException(409)
        given = {name: value for name, value in said.model_dump().items() if value is not None and name != "version"}
        emptied = {"body": ""} if bug == "empties" else {}
        if bug != "change is lost":
            things[thing] = was.model_copy(update={**emptied, **given, "version": was.version + 1})
        return things[thing]

    @app.delete("/things/{thing}", status_code=204, responses=NONE)
    def drop(thing: str) -> None:
        get(thing)
        del things[thing]

    return app


def settings(bug: str = "") -> FastAPI:
    """Settings that are set of a version."""
    app = FastAPI(title="settings", version="1")
    held = {"": Settings(title="old", wide=True, version=7)}
    app.state.held = held

    @app.get("/settings")
    def get() -> Settings:
        return held[""]

    @app.put("/settings", responses=STALE)
    def put(said: Settings) -> Settings:
        if said.version != held[""].version:
            raise HTTPException(409)
        if bug != "set is lost":
            held[""] = Settings(title=said.title, wide=said.wide, version=said.version + 1)
        return held[""]

    return app


APPLICATIONS: dict[str, Callable[..., FastAPI]] = {one.__name__: one for one in (replaced, failed, patched, settings)}
BUGS = {
    "replaced": {"change is lost": "change-kept", "comes back": "deleted-gone"},
    "failed": {"change is lost": "change-kept"},
    "patched": {"change is lost": "change-kept", "empties": "change-kept", "repeats": "pages-whole"},
    "settings": {"set is lost": "setting-kept"},
}


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.mark.parametrize("name", APPLICATIONS)
def test_what_names_a_version_is_followed(name: str, tmp_path: Path) -> None:
    right = APPLICATIONS[name]()
    (tmp_path / "openapi.json").write_text(json.dumps(right.openapi()), encoding="utf-8")
    with suite_of(tmp_path / "openapi.json", tmp_path / "out") as suite:
        for level in ("read", "write"):
            with served(right) as url:
                ran = suite.run(url, "--level", level, scratch=tmp_path)
            assert ran.findings == [], ran.printed
            assert ran.results["verdict"] == "holds", ran.printed
            assert ran.results.get("left", []) == []
        if name == "settings":
            now = right.state.held[""]
            assert (now.title, now.wide) == ("old", True)
            assert now.version > 7

        for bug, check in BUGS[name].items():
            with served(APPLICATIONS[name](bug)) as url:
                kinds = "lifecycles or lists or singletons"
                ran = suite.run(url, "--level", "write", "-k", kinds, scratch=tmp_path)
            assert check in ran.checks, (bug, ran.printed)
