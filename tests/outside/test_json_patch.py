"""The suite on a server that is changed by JSON Patch alone (RFC 6902): things are followed, settings are set back."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.suites import served, suite_of

STEP = {
    "type": "object",
    "required": ["op", "path", "value"],
    "properties": {
        "op": {"type": "string", "enum": ["add", "replace", "test"]},
        "path": {"type": "string", "pattern": "^/(title|body)$"},
        "value": {"type": "string"},
    },
}
STEPS = {"type": "array", "minItems": 1, "items": STEP}
BODY = {"requestBody": {"required": True, "content": {"application/json-patch+json": {"schema": STEPS}}}}


class Said(BaseModel):
    title: str
    body: str = ""


class Shown(Said):
    id: str


WRONG: dict[int | str, dict[str, Any]] = {status: {"description": "no"} for status in (400, 404, 409, 415, 422)}


def application(bug: str = "") -> FastAPI:
    app = FastAPI(title="stepwise", version="1")
    things: dict[str, dict[str, Any]] = {}
    settings = {"title": "old", "body": "kept"}
    app.state.settings = settings
    numbers = itertools.count(1)

    async def patched(value: dict[str, Any], request: Request) -> dict[str, Any]:
        if request.headers.get("content-type", "").partition(";")[0] != "application/json-patch+json":
            raise HTTPException(415)
        try:
            steps = json.loads(await request.body())
        except ValueError:
            raise HTTPException(400) from None
        result = dict(value)
        if not isinstance(steps, list) or not steps:
            raise HTTPException(422)
        for step in steps:
            told = isinstance(step, dict) and isinstance(step.get("value"), str) and isinstance(step.get("op"), str)
            if not told or step["op"] not in ("add", "replace", "test") or step.get("path") not in ("/title", "/body"):
                raise HTTPException(422)
            name = step["path"][1:]
            if step["op"] == "test" and result[name] != step["value"]:
                raise HTTPException(409)
            result[name] = step["value"]
        return {**result, "body": ""} if bug == "empties" and len(steps) == 1 else result

    @app.get("/settings")
    def shown() -> Said:
        return Said(**settings)

    @app.patch("/settings", responses=WRONG, openapi_extra=BODY)
    async def change_settings(request: Request) -> Said:
        settings.update(await patched(settings, request))
        return Said(**settings)

    @app.post("/things", status_code=201)
    def make(said: Said) -> Shown:
        key = f"t{next(numbers)}"
        things[key] = {"id": key, **said.model_dump()}
        return Shown(**things[key])

    @app.get("/things/{thing}", responses={404: WRONG[404]})
    def get(thing: str) -> Shown:
        if thing not in things:
            raise HTTPException(404)
        return Shown(**things[thing])

    @app.patch("/things/{thing}", responses=WRONG, openapi_extra=BODY)
    async def change(thing: str, request: Request) -> Shown:
        changed = await patched(get(thing).model_dump(), request)
        if bug != "change is lost":
            things[thing] = changed
        return Shown(**changed)

    @app.delete("/things/{thing}", status_code=204, responses={404: WRONG[404]})
    def drop(thing: str) -> None:
        get(thing)
        del things[thing]

    return app


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def test_a_json_patch_changes_step_by_step(tmp_path: Path) -> None:
    right = application()
    (tmp_path / "openapi.json").write_text(json.dumps(right.openapi()), encoding="utf-8")
    with suite_of(tmp_path / "openapi.json", tmp_path / "out") as suite:
        for options in ((), ("--allow", "settings.change", "--allow", "things.change")):
            with served(right) as url:
                ran = suite.run(url, "--level", "write", *options, scratch=tmp_path)
            assert ran.findings == [], ran.printed
            assert ran.results["verdict"] == "holds", ran.printed
            assert right.state.settings == {"title": "old", "body": "kept"}
            assert ran.results.get("left", []) == []

        for bug in ("change is lost", "empties"):
            with served(application(bug)) as url:
                ran = suite.run(url, "--level", "write", "-k", "lifecycles", scratch=tmp_path)
            assert ran.checks == {"change-kept"}, (bug, ran.printed)

        for fault, checks in (("", set()), ("change-ignored", {"change-kept"})):
            with Simulator(suite.described, SimulatorOptions(faults=(fault,) if fault else ())).running() as url:
                ran = suite.run(url, "--level", "write", scratch=tmp_path)
            assert ran.checks == checks, ran.printed
