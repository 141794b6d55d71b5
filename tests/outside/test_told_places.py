"""The suite on FastAPI applications that tell where things are by `Location` alone, and lead on from deep inside."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import FastAPI, HTTPException, Query, Response
from pydantic import BaseModel

from tests.suites import served, suite_of


class New(BaseModel):
    name: str
    size: int = 1


class Known(New):
    id: str


class Paging(BaseModel):
    next_cursor: str | None = None


class Inner(BaseModel):
    users: list[Known]
    paging: Paging


class Page(BaseModel):
    result: Inner


class Flat(BaseModel):
    items: list[Known]
    meta: Paging


MADE: Any = {201: {"headers": {"Location": {"schema": {"type": "string"}}}}}


def away(bug: str = "", *, flat: bool = False) -> FastAPI:
    """A create has no content; the cursor of the next page stands in an object beside the list."""
    app = FastAPI(title="away", version="1", responses={404: {"description": "None."}})
    kept: dict[str, Known] = {}
    app.state.kept = kept

    @app.post("/users", status_code=201, response_class=Response, responses=MADE)
    def make(new: New, response: Response) -> Response:
        key = f"u{len(kept) + 1}-{sum(map(ord, new.name))}"
        kept[key] = Known(id=key, **new.model_dump())
        place = next(iter(kept)) if bug == "place-of-the-first" else key
        return Response(status_code=201, headers={"Location": f"/users/{place}"})

    @app.get("/users", response_model=Flat if flat else Page)
    def every(cursor: str | None = None, limit: Annotated[int, Query(ge=1, le=50)] = 20) -> Any:
        digits = (cursor or "c0").removeprefix("c")
        start = int(digits) if digits.isdecimal() and digits.isascii() else 0
        end = start + limit
        rows = [*kept.values()][start - (bug == "page-repeats" and start > 0) : end]
        following = Paging(next_cursor=f"c{end + (bug == 'page-loses')}" if end < len(kept) else None)
        return Flat(items=rows, meta=following) if flat else Page(result=Inner(users=rows, paging=following))

    @app.get("/users/{user_id}")
    def one(user_id: str) -> Known:
        if user_id not in kept:
            raise HTTPException(404, "none")
        return kept[user_id]

    @app.delete("/users/{user_id}", status_code=204)
    def drop(user_id: str) -> None:
        one(user_id)
        del kept[user_id]

    return app


def beside(bug: str = "") -> FastAPI:
    return away(bug, flat=True)


def replacing(_: str = "") -> FastAPI:
    """Who makes another one writes over the first: there is one at a time."""
    app = FastAPI(title="replacing", version="1", responses={404: {"description": "None."}})
    kept: dict[str, Known] = {}
    app.state.kept = kept

    @app.post("/users", status_code=201)
    def make(new: New) -> Known:
        kept["only"] = Known(id="only", **new.model_dump())
        return kept["only"]

    @app.get("/users/{user_id}")
    def one(user_id: str) -> Known:
        if user_id not in kept:
            raise HTTPException(404, "none")
        return kept[user_id]

    return app


APPLICATIONS: dict[str, Callable[..., FastAPI]] = {made.__name__: made for made in (away, beside, replacing)}
BUGS = {"place-of-the-first": "created-shown", "page-repeats": "pages-whole", "page-loses": "pages-whole"}


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.mark.parametrize("name", APPLICATIONS)
def test_what_is_told_of_places_is_right(name: str, tmp_path: Path) -> None:
    right = APPLICATIONS[name]()
    (tmp_path / "openapi.json").write_text(json.dumps(right.openapi()), encoding="utf-8")
    with suite_of(tmp_path / "openapi.json", tmp_path / "out") as suite:
        with served(right) as url:
            ran = suite.run(url, "--level", "write", scratch=tmp_path)
        assert ran.findings == [], ran.printed
        assert name == "replacing" or right.state.kept == {}

        for bug, check in BUGS.items() if name != "replacing" else ():
            with served(APPLICATIONS[name](bug)) as url:
                ran = suite.run(url, "--level", "write", "-k", "lifecycles or lists", scratch=tmp_path)
            assert check in ran.checks, (bug, ran.printed)
