"""The suite on servers that say otherwise where things are: in parentheses, by several keys, by 303, later (202)."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, HTTPException, Response
from pydantic import BaseModel
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.suites import served, suite_of


class Said(BaseModel):
    title: str
    count: int = 0


class Thing(Said):
    id: str


class Numbered(Said):
    id: int


NONE: dict[int | str, dict[str, Any]] = {404: {"description": "None."}}


class Kept(dict[Any, dict[str, Any]]):
    """What is there, by key; what goes wrong, goes wrong here."""

    def __init__(self, bug: str) -> None:
        super().__init__()
        self.bug = bug

    def keep(self, key: Any, said: Said) -> dict[str, Any]:
        lost = {"title": "lost"} if self.bug == "value is lost" else {}
        self[key] = {**said.model_dump(), **lost}
        return self[key]

    def change(self, key: Any, said: Said) -> dict[str, Any]:
        if self.bug != "change is lost":
            self.found(key).update(said.model_dump())
        return self.found(key)

    def found(self, key: Any) -> dict[str, Any]:
        if key not in self:
            raise HTTPException(404, "none")
        return self[key]

    def drop(self, key: Any) -> None:
        self.found(key)
        if self.bug != "stays":
            del self[key]


def quoted(kept: Kept) -> FastAPI:
    """OData, keys of texts."""
    app = FastAPI(title="quoted", version="1", responses=NONE)
    numbers = itertools.count(1)

    @app.get("/Things")
    def listed() -> dict[str, list[Thing]]:
        return {"value": [Thing(id=key, **value) for key, value in kept.items()]}

    @app.post("/Things", status_code=201)
    def make(said: Said, response: Response) -> Thing:
        key = f"it's {next(numbers)}"
        response.headers["Location"] = f"/Things('it''s%20{key[5:]}')"
        return Thing(id=key, **kept.keep(key, said))

    @app.get("/Things('{key}')", operation_id="readThing")
    def get(key: str) -> Thing:
        return Thing(id=key.replace("''", "'"), **kept.found(key.replace("''", "'")))

    @app.patch("/Things('{key}')", operation_id="changeThing")
    def change(key: str, said: Said) -> Thing:
        return Thing(id=key.replace("''", "'"), **kept.change(key.replace("''", "'"), said))

    @app.delete("/Things('{key}')", status_code=204, operation_id="dropThing")
    def drop(key: str) -> None:
        kept.drop(key.replace("''", "'"))

    return app


def numbered(kept: Kept) -> FastAPI:
    """OData, keys of numbers."""
    app = FastAPI(title="numbered", version="1", responses=NONE)
    numbers = itertools.count(1)

    @app.post("/Things", status_code=201)
    def make(said: Said) -> Numbered:
        key = next(numbers)
        return Numbered(id=key, **kept.keep(key, said))

    @app.get("/Things({key})")
    def get(key: int) -> Numbered:
        return Numbered(id=key, **kept.found(key))

    @app.put("/Things({key})")
    def change(key: int, said: Said) -> Numbered:
        return Numbered(id=key, **kept.change(key, said))

    @app.delete("/Things({key})", status_code=204)
    def drop(key: int) -> None:
        kept.drop(key)

    return app


def composite(kept: Kept) -> FastAPI:
    """What two keys name, either of which the client chooses."""
    app = FastAPI(title="composite", version="1")

    @app.put("/owners/{owner}/notes/{note}", responses={201: {"model": Said}})
    def put(owner: str, note: str, said: Said, response: Response) -> Said:
        is_new = (owner, note) not in kept
        response.status_code = 201 if is_new else 200
        return Said(**(kept.keep if is_new else kept.change)((owner, note), said))

    @app.get("/owners/{owner}/notes/{note}", responses=NONE)
    def get(owner: str, note: str) -> Said:
        return Said(**kept.found((owner, note)))

    @app.delete("/owners/{owner}/notes/{note}", status_code=204, responses=NONE)
    def drop(owner: str, note: str) -> None:
        kept.drop((owner, note))

    return app


def sent_on(kept: Kept) -> FastAPI:
    """A POST that sends on to what it has made."""
    app = FastAPI(title="sent on", version="1")
    numbers = itertools.count(1)

    @app.post("/things", status_code=303, response_class=Response, responses={303: {"description": "There."}})
    def make(said: Said) -> Response:
        key = f"n{next(numbers)}"
        kept.keep(key, said)
        return Response(status_code=303, headers={"Location": f"/things/{key}"})

    _members(app, kept)
    return app


def later(kept: Kept) -> FastAPI:
    """A POST that is carried out after a while."""
    app = FastAPI(title="later", version="1")
    numbers = itertools.count(1)
    ready: dict[str, float] = {}

    @app.post("/things", status_code=202, response_class=Response, responses={202: {"description": "Soon."}})
    def make(said: Said) -> Response:
        key = f"n{next(numbers)}"
        kept.keep(key, said)
        ready[key] = time.monotonic() + 0.3
        return Response(status_code=202, headers={"Location": f"/things/{key}"})

    _members(app, kept, ready)
    return app


def watched(kept: Kept) -> FastAPI:
    """A POST that leads to a job, which says nothing of what it makes."""
    app = FastAPI(title="watched", version="1")
    numbers = itertools.count(1)

    @app.post("/things", status_code=202)
    def make(said: Said, response: Response) -> dict[str, str]:
        kept.keep(f"n{next(numbers)}", said)
        response.headers["Location"] = "/jobs/1"
        return {"state": "running"}

    @app.get("/jobs/{job}")
    def job(job: str) -> dict[str, str]:
        return {"state": "done"}

    _members(app, kept)
    return app


def _members(app: FastAPI, kept: Kept, ready: dict[str, float] | None = None) -> None:
    @app.get("/things/{thing}", responses=NONE)
    def get(thing: str) -> Thing:
        if ready is not None and time.monotonic() < ready.get(thing, 0):
            raise HTTPException(404, "not yet")
        return Thing(id=thing, **kept.found(thing))

    @app.put("/things/{thing}", responses=NONE)
    def change(thing: str, said: Said) -> Thing:
        return Thing(id=thing, **kept.change(thing, said))

    @app.delete("/things/{thing}", status_code=204, responses=NONE)
    def drop(thing: str) -> None:
        kept.drop(thing)


BUGS = {"value is lost": "created-shown", "change is lost": "change-kept", "stays": "deleted-gone"}
APPLICATIONS: dict[str, Callable[[Kept], FastAPI]] = {
    made.__name__: made for made in (quoted, numbered, composite, sent_on, later)
}


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.mark.parametrize("name", APPLICATIONS)
def test_what_was_made_is_followed_wherever_it_is(name: str, tmp_path: Path) -> None:
    right = Kept("")
    app = APPLICATIONS[name](right)
    (tmp_path / "openapi.json").write_text(json.dumps(app.openapi()), encoding="utf-8")
    with suite_of(tmp_path / "openapi.json", tmp_path / "out") as suite:
        with served(app) as url:
            ran = suite.run(url, "--level", "write", scratch=tmp_path)
        assert ran.findings == [], ran.printed
        # Without 201 and without a text of its own, nothing shows that it is the run's.
        left = [place.partition(": ")[0] for place in ran.results.get("left", [])]
        assert left == [f"/things/{key}" for key in right], ran.printed
        assert len(right) <= 1

        for bug, check in BUGS.items():
            with served(APPLICATIONS[name](Kept(bug))) as url:
                ran = suite.run(url, "--level", "write", "-k", "lifecycles", scratch=tmp_path)
            assert check in ran.checks, (bug, ran.printed)

        with Simulator(suite.described, SimulatorOptions()).running() as url:
            ran = suite.run(url, "--level", "write", scratch=tmp_path)
        assert ran.findings == [], ran.printed


def test_a_job_is_not_what_it_makes(tmp_path: Path) -> None:
    app = watched(Kept(""))
    (tmp_path / "openapi.json").write_text(json.dumps(app.openapi()), encoding="utf-8")
    with suite_of(tmp_path / "openapi.json", tmp_path / "out") as suite, served(app) as url:
        ran = suite.run(url, "--level", "write", scratch=tmp_path)

    assert ran.findings == [], ran.printed
    assert any("does not tell what was made" in reason for reason in ran.reasons)
