"""The suite on FastAPI applications that have one of something: it is shown as it was set, and set back."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import FastAPI, Header, HTTPException, Response
from pydantic import BaseModel, Field

from tests.suites import served, suite_of


class Theme(StrEnum):
    LIGHT = "light"
    DARK = "dark"


class Settings(BaseModel):
    title: Annotated[str, Field(min_length=1, max_length=60)]
    rows: Annotated[int, Field(ge=1, le=100)]
    theme: Theme = Theme.LIGHT
    news: bool = False


class Change(BaseModel):
    title: Annotated[str | None, Field(min_length=1, max_length=60)] = None
    rows: Annotated[int | None, Field(ge=1, le=100)] = None
    news: bool | None = None


class Shown(Settings):
    version: int


class Enveloped(BaseModel):
    data: Shown


class Account(BaseModel):
    email: str
    password: Annotated[str, Field(min_length=8)]


class KnownAccount(BaseModel):
    email: str


def both(bug: str = "") -> FastAPI:
    """PUT and PATCH; what the server counts is its own."""
    app = FastAPI(title="both", version="1")
    kept: dict[str, Any] = {"title": "Mine", "rows": 20, "theme": "dark", "news": True, "version": 1}
    app.state.kept = kept

    def store(values: dict[str, Any]) -> None:
        if bug == "loses-one":
            values.pop("rows", None)
        kept.update(values, version=kept["version"] + 1)

    @app.get("/settings")
    def get() -> Shown:
        return Shown(**kept)

    @app.put("/settings")
    def put(settings: Settings) -> Shown:
        if bug != "put-ignored":
            store(settings.model_dump())
        return Shown(**kept)

    @app.patch("/settings")
    def patch(change: Change) -> Shown:
        said = change.model_dump(exclude_unset=True, exclude_none=True)
        if bug == "patch-empties":
            said = {"rows": 10, "news": False, **said}
        if bug != "patch-ignored":
            store(said)
        return Shown(**kept)

    return app


def enveloped(bug: str = "") -> FastAPI:
    """The answer is in an envelope, and a change has no content; of the tag that was read."""
    app = FastAPI(title="enveloped", version="1")
    kept: dict[str, Any] = {"title": "Ours", "rows": 5, "theme": "light", "news": False, "version": 1}
    app.state.kept = kept

    @app.get("/settings")
    def get(response: Response) -> Enveloped:
        response.headers["ETag"] = f'"{kept["version"]}"'
        return Enveloped(data=Shown(**kept))

    @app.put(
        "/settings", status_code=204, responses={412: {"description": "Changed."}, 428: {"description": "Of which?"}}
    )
    def put(settings: Settings, if_match: Annotated[str | None, Header()] = None) -> None:
        if if_match is None:
            raise HTTPException(428, "of which?")
        if if_match not in ("*", f'"{kept["version"]}"'):
            raise HTTPException(412, "changed")
        if bug != "put-ignored":
            kept.update(settings.model_dump(), version=kept["version"] + 1)

    return app


def tidy(bug: str = "") -> FastAPI:
    """Texts are tidied up, a theme cannot be chosen by everybody, and an account is nobody's to play with."""
    app = FastAPI(title="tidy", version="1", responses={403: {"description": "Not for you."}})
    kept: dict[str, Any] = {"title": "Tidy", "rows": 5, "theme": "light", "news": False, "version": 1}
    app.state.kept = kept
    app.state.account = {"email": "ann@example.com"}

    @app.get("/settings")
    def get() -> Shown:
        return Shown(**kept)

    @app.put("/settings")
    def put(settings: Settings) -> Shown:
        if settings.theme is not Theme.LIGHT:
            raise HTTPException(403, "not for you")
        if bug != "put-ignored":
            kept.update({**settings.model_dump(), "title": settings.title.strip().title()})
        return Shown(**kept)

    @app.get("/me")
    def me() -> KnownAccount:
        return KnownAccount(**app.state.account)

    @app.put("/me")
    def change(account: Account) -> KnownAccount:
        raise HTTPException(403, "not for you")

    return app


APPLICATIONS: dict[str, Callable[..., FastAPI]] = {made.__name__: made for made in (both, enveloped, tidy)}
BUGS = {
    "both": ("put-ignored", "patch-ignored", "patch-empties", "loses-one"),
    "enveloped": ("put-ignored",),
    "tidy": ("put-ignored",),
}


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.mark.parametrize("name", APPLICATIONS)
def test_what_there_is_one_of_is_held_to_what_it_was_set_to(name: str, tmp_path: Path) -> None:
    right = APPLICATIONS[name]()
    before = {**right.state.kept, "version": None}
    (tmp_path / "openapi.json").write_text(json.dumps(right.openapi()), encoding="utf-8")
    with suite_of(tmp_path / "openapi.json", tmp_path / "out") as suite:
        with served(right) as url:
            ran = suite.run(url, "--level", "write", "-k", "singletons", scratch=tmp_path)
        assert ran.findings == [], ran.printed
        assert ran.results["counts"] == {"passed": 2 if name == "both" else 1, "failed": 0, "known": 0, "skipped": 0}
        assert {**right.state.kept, "version": None} | {"title": "same"} == before | {"title": "same"}

        for bug in BUGS[name]:
            with served(APPLICATIONS[name](bug)) as url:
                ran = suite.run(url, "--level", "write", "-k", "singletons", scratch=tmp_path)
            assert ran.checks == {"setting-kept"}, (bug, ran.printed)

        with served(APPLICATIONS[name]()) as url:
            ran = suite.run(url, "--level", "write", scratch=tmp_path)
        assert ran.findings == [], ran.printed
