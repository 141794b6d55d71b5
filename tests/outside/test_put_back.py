"""What a run sets and has not made, it sets back: on FastAPI applications, by what they hold at the end."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import Body, FastAPI, HTTPException, Request, Response
from pydantic import BaseModel, Field

from tests.suites import Ran, served, suite_of


class Kind(StrEnum):
    NEWS = "news"
    MAIL = "mail"


class Colours(BaseModel):
    name: Annotated[str, Field(min_length=1)]
    dark: bool = False
    note: str | None = None


class Versioned(BaseModel):
    title: str
    version: int


class Secret(BaseModel):
    text: Annotated[str, Field(min_length=8)]


class Mail(BaseModel):
    sender: str
    passphrase: Annotated[str, Field(json_schema_extra={"writeOnly": True})] = "none"


class Sender(BaseModel):
    sender: str


class Wrapped(BaseModel):
    data: Colours


Held = dict[str, Any]


def plain(held: Held, bug: str) -> FastAPI:
    """One of each: whole, in part, for a few known keys, a list, a single value."""
    held |= {"colours": {"name": "old", "dark": True, "note": None}, "tags": ["a", "b"], "open": False, "limit": 7}
    held |= {
        "kinds": {"news": {"name": "n", "dark": False, "note": "x"}, "mail": {"name": "m", "dark": True, "note": None}}
    }
    app = FastAPI(title="plain", version="1")

    @app.get("/colours")
    def colours() -> Colours:
        return Colours(**held["colours"])

    @app.put("/colours", status_code=204)
    def set_colours(colours: Colours) -> None:
        held["colours"] = colours.model_dump()

    @app.patch("/colours")
    def change_colours(change: Wrapped) -> Colours:
        held["colours"] |= change.data.model_dump(exclude_unset=True)
        return Colours(**held["colours"])

    @app.get("/kinds/{kind}")
    def kind(kind: Kind) -> Wrapped:
        return Wrapped(data=Colours(**held["kinds"][kind.value]))

    @app.put("/kinds/{kind}")
    def set_kind(kind: Kind, colours: Colours) -> Wrapped:
        held["kinds"][kind.value] = colours.model_dump()
        return Wrapped(data=colours)

    @app.get("/tags")
    def tags() -> dict[str, list[str]]:
        return {"tags": held["tags"]}

    @app.put("/tags")
    def set_tags(tags: dict[str, list[str]]) -> dict[str, list[str]]:
        held["tags"] = tags.get("tags", [])
        return tags

    @app.get("/open")
    def is_open() -> bool:
        return bool(held["open"])

    @app.put("/open", status_code=204)
    def set_open(enabled: Annotated[bool, Body(embed=True)]) -> None:
        held["open"] = enabled

    return app


def guarded(held: Held, bug: str) -> FastAPI:
    """A version in the body, a picture, and what is written once and never shown."""
    held |= {"title": "old", "picture": "<svg/>", "passphrase": "kept", "sender": "me", "text": "kept too"}
    app = FastAPI(title="guarded", version="1")
    version = 3

    @app.get("/title")
    def title() -> Versioned:
        return Versioned(title=held["title"], version=version)

    @app.put("/title", responses={409: {"description": "Changed."}})
    def set_title(said: Versioned) -> Versioned:
        nonlocal version
        if said.version < 0 or (said.version != version and version > 3):
            raise HTTPException(409, "changed")
        held["title"], version = said.title, version + 1
        return Versioned(title=held["title"], version=version)

    svg: dict[str, Any] = {"image/svg+xml": {"schema": {"type": "string"}, "example": "<svg></svg>"}}

    @app.get("/picture", response_class=Response, responses={200: {"content": svg}})
    def picture() -> Response:
        return Response(held["picture"], media_type="image/svg+xml")

    @app.put("/picture", status_code=204, openapi_extra={"requestBody": {"required": True, "content": svg}})
    async def set_picture(request: Request) -> None:
        held["picture"] = (await request.body()).decode("utf-8", "replace")

    @app.get("/mail")
    def mail() -> Sender:
        return Sender(sender=held["sender"])

    @app.put("/mail")
    def set_mail(mail: Mail) -> Sender:
        held["sender"], held["passphrase"] = mail.sender, mail.passphrase
        return Sender(sender=mail.sender)

    @app.put("/secret", status_code=204)
    def set_secret(secret: Secret) -> None:
        held["text"] = secret.text

    return app


def made(held: Held, bug: str) -> FastAPI:
    """What a PUT makes where nothing was; with `stays`, nothing deletes it."""
    held["notes"] = {}
    app = FastAPI(title="made", version="1")

    @app.get("/notes/{day}", responses={404: {"description": "None."}})
    def note(day: Kind) -> Colours:
        if day not in held["notes"]:
            raise HTTPException(404, "none")
        return Colours(**held["notes"][day])

    @app.put("/notes/{day}", responses={201: {"model": Colours, "description": "Made."}})
    def put(day: Kind, said: Colours, response: Response) -> Colours:
        response.status_code = 200 if day in held["notes"] else 201
        held["notes"][day] = said.model_dump()
        return said

    if bug != "stays":

        @app.delete("/notes/{day}", status_code=204, responses={404: {"description": "None."}})
        def drop(day: Kind) -> None:
            if held["notes"].pop(day, None) is None:
                raise HTTPException(404, "none")

    return app


APPLICATIONS: dict[str, Callable[[Held, str], FastAPI]] = {one.__name__: one for one in (plain, guarded, made)}

FUZZED = {"plain": ("colours.set", "kinds.set"), "guarded": ("title.set",), "made": ("notes.put",)}


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def ran(name: str, folder: Path, *options: str, bug: str = "") -> tuple[Held, Held, Ran]:
    """What a server held before a run and after, and what came of it."""
    held: Held = {}
    app = APPLICATIONS[name](held, bug)
    before = copy.deepcopy(held)
    (folder / "openapi.json").write_text(json.dumps(app.openapi()), encoding="utf-8")
    with suite_of(folder / "openapi.json", folder / "out") as suite, served(app) as url:
        done = suite.run(url, "--level", "write", *options, scratch=folder)
    assert done.results.get("verdict") == "holds", done.printed
    return before, held, done


@pytest.mark.parametrize("name", APPLICATIONS)
@pytest.mark.parametrize("fuzzed", [False, True], ids=["suite", "fuzz"])
def test_what_a_run_sets_is_as_it_was(name: str, fuzzed: bool, tmp_path: Path) -> None:
    allowed = [f"--allow={each}" for each in FUZZED[name]] if fuzzed else []

    before, held, done = ran(name, tmp_path, *allowed)

    assert done.findings == [], done.printed
    assert held == before, done.printed
    assert done.results.get("left", []) == []


def test_what_could_not_be_set_back_is_not_sent_unless_it_is_named(tmp_path: Path) -> None:
    _, held, done = ran("guarded", tmp_path)
    reasons = {reason.rpartition(" ")[2] for reason in done.reasons if "could not be set back" in reason}
    assert len(reasons) == 2, done.reasons

    (tmp_path / "again").mkdir()
    _, held, done = ran("guarded", tmp_path / "again", *(f"--allow={name}" for name in reasons))
    assert held["text"] != "kept too"
    assert any("/secret: " in place for place in done.results["left"]), done.results.get("left")


def test_what_nothing_deletes_is_named(tmp_path: Path) -> None:
    _, held, done = ran("made", tmp_path, "--allow=notes.put", bug="stays")

    why = "it was not there before, and the description says of no way to delete it"
    assert sorted(done.results["left"]) == sorted(f"/notes/{day}: {why}" for day in held["notes"])
    assert held["notes"]
