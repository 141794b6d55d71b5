"""The suite on FastAPI applications that keep things, each in another way: right ones give no finding."""

import itertools
import json
import uuid
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, FastAPI, HTTPException, Query, Response
from pydantic import BaseModel, Field

from tests.suites import served, suite_of


class State(StrEnum):
    NEW = "new"
    DONE = "done"


def keeping(app: FastAPI) -> dict[Any, Any]:
    """What an application keeps, for a test to look at."""
    app.state.things = {}
    found: dict[Any, Any] = app.state.things
    return found


def usual() -> FastAPI:
    """As FastAPI's tutorial has it: 200 for everything, numbers, a page of a hundred."""
    app = FastAPI(title="usual", version="1")
    things, numbers = keeping(app), itertools.count(1)

    class New(BaseModel):
        name: str
        price: float
        tags: list[str] = []
        state: State = State.NEW

    class Thing(New):
        id: int

    @app.post("/things/")
    def make(thing: New) -> Thing:
        number = next(numbers)
        things[number] = {**thing.model_dump(), "id": number}
        return things[number]

    @app.get("/things/")
    def every(skip: int = 0, limit: int = 100) -> list[Thing]:
        return list(things.values())[skip:][: max(limit, 0)]

    @app.get("/things/{thing_id}")
    def one(thing_id: int) -> Thing:
        if thing_id not in things:
            raise HTTPException(404, "no such thing")
        return things[thing_id]

    @app.put("/things/{thing_id}")
    def put(thing_id: int, thing: New) -> Thing:
        one(thing_id)
        things[thing_id] = {**thing.model_dump(), "id": thing_id}
        return things[thing_id]

    @app.delete("/things/{thing_id}")
    def drop(thing_id: int) -> dict[str, bool]:
        one(thing_id)
        del things[thing_id]
        return {"ok": True}

    return app


def strict() -> FastAPI:
    """201 with `Location`, unique names, a second kind below, in a list that says how many there are."""
    app = FastAPI(title="strict", version="1", responses={404: {"description": "None."}, 409: {"description": "Used."}})
    things = keeping(app)

    class New(BaseModel):
        name: Annotated[str, Field(min_length=3, max_length=20)]
        size: Annotated[int, Field(ge=1, le=2)] = 1
        password: Annotated[str | None, Field(min_length=8)] = None

    class Thing(BaseModel):
        id: uuid.UUID
        name: str
        size: int

    class Many(BaseModel):
        items: list[Thing]
        total: int

    class Part(BaseModel):
        label: str

    class KnownPart(Part):
        part_id: int

    def find(thing: uuid.UUID) -> dict[str, Any]:
        if thing not in things:
            raise HTTPException(404, "no such thing")
        return things[thing]

    @app.post("/things", status_code=201)
    def make(new: New, response: Response) -> Thing:
        if any(other["name"] == new.name for other in things.values()):
            raise HTTPException(409, "used")
        key = uuid.uuid4()
        things[key] = {**new.model_dump(), "id": key, "parts": {}}
        response.headers["Location"] = f"/things/{key}"
        return things[key]

    @app.get("/things")
    def every() -> Many:
        return Many(items=[Thing(**thing) for thing in things.values()], total=len(things))

    @app.get("/things/{thing}")
    def one(thing: uuid.UUID) -> Thing:
        return find(thing)

    @app.patch("/things/{thing}", status_code=204)
    def alter(thing: uuid.UUID, change: New) -> None:
        if any(other["name"] == change.name for key, other in things.items() if key != thing):
            raise HTTPException(409, "used")
        find(thing).update(change.model_dump(exclude_unset=True))

    @app.delete("/things/{thing}", status_code=204)
    def drop(thing: uuid.UUID) -> None:
        if find(thing)["parts"]:
            raise HTTPException(409, "has parts")
        del things[thing]

    @app.post("/things/{thing}/parts", status_code=201)
    def add(thing: uuid.UUID, part: Part) -> KnownPart:
        parts = find(thing)["parts"]
        number = max(parts, default=0) + 1
        parts[number] = {"part_id": number, "label": part.label}
        return parts[number]

    @app.get("/things/{thing}/parts/{part_id}")
    def part(thing: uuid.UUID, part_id: int) -> KnownPart:
        parts = find(thing)["parts"]
        if part_id not in parts:
            raise HTTPException(404, "no such part")
        return parts[part_id]

    @app.delete("/things/{thing}/parts/{part_id}", status_code=204)
    def remove(thing: uuid.UUID, part_id: int) -> None:
        part(thing, part_id)
        del find(thing)["parts"][part_id]

    return app


def odd() -> FastAPI:
    """Clients choose identifiers; names are tidied up; deleting marks; a second deletion is as good as the first."""
    app = FastAPI(title="odd", version="1")
    things = keeping(app)

    class Thing(BaseModel):
        code: str
        title: str
        email: str | None = None
        deleted: bool = False

    class Change(BaseModel):
        title: str | None = None

    @app.post("/things", status_code=201)
    def make(thing: Thing) -> Thing:
        if thing.code in things:
            raise HTTPException(422, [])
        things[thing.code] = {**thing.model_dump(), "title": thing.title.strip(), "deleted": False}
        return things[thing.code]

    @app.get("/things")
    def every(deleted: Annotated[bool | None, Query()] = None) -> list[Thing]:
        return [thing for thing in things.values() if thing["deleted"] == bool(deleted)]

    @app.get("/things/{code}")
    def one(code: str) -> Thing:
        if code not in things:
            raise HTTPException(404, "no such thing")
        return things[code]

    @app.patch("/things/{code}")
    def alter(code: str, change: Change) -> Thing:
        one(code)
        things[code].update(change.model_dump(exclude_unset=True, exclude_none=True))
        return things[code]

    @app.delete("/things/{code}", status_code=204)
    def drop(code: str) -> None:
        if code in things:
            things[code]["deleted"] = True

    return app


def related() -> FastAPI:
    """What is made needs what the description cannot say: another thing, a page that is not the first."""
    app = FastAPI(title="related", version="1")
    things, numbers = keeping(app), itertools.count(1)
    router = APIRouter(prefix="/v2")

    class New(BaseModel):
        owner_id: int
        text: str

    class Note(New):
        id: int

    @router.post("/notes")
    def make(note: New) -> Note:
        raise HTTPException(404, "no such owner")

    @router.get("/notes/{note_id}")
    def one(note_id: int) -> Note:
        raise HTTPException(404, "no such note")

    class Entry(BaseModel):
        text: str

    class KnownEntry(Entry):
        id: int

    class Page(BaseModel):
        data: list[KnownEntry]
        next: int | None = None

    @router.post("/log", status_code=201)
    def write(entry: Entry) -> KnownEntry:
        number = next(numbers)
        things[number] = {"id": number, "text": entry.text}
        return things[number]

    @router.get("/log")
    def entries(after: int = 0, limit: Annotated[int, Query(ge=1, le=3)] = 2) -> Page:
        found = [entry for number, entry in things.items() if number > after]
        rest = found[limit:]
        return Page(data=found[:limit], next=found[limit - 1]["id"] if rest else None)

    @router.get("/log/{number}")
    def entry(number: int) -> KnownEntry:
        if number not in things:
            raise HTTPException(404, "no such entry")
        return things[number]

    app.include_router(router)
    return app


def paged() -> FastAPI:
    """Pages by number from nought, by offset and by cursor; a filter that searches, and one that compares."""
    app = FastAPI(title="paged", version="1")
    kept = keeping(app)
    rows = [{"id": n, "title": f"Title {n % 4}", "shelf": "abc"[n % 3], "lent": n % 2 == 0} for n in range(1, 12)]

    class Book(BaseModel):
        id: int
        title: str
        shelf: str
        lent: bool

    class Books(BaseModel):
        results: list[Book]
        next_cursor: str | None
        total: int

    class NewNote(BaseModel):
        text: str

    class Note(NewNote):
        id: int

    def asked(title: str | None, shelf: str | None, lent: bool | None) -> list[dict[str, Any]]:
        found = [row for row in rows if title is None or title.lower() in str(row["title"]).lower()]
        found = [row for row in found if shelf is None or row["shelf"] == shelf]
        return [row for row in found if lent is None or row["lent"] is lent]

    @app.get("/numbered")
    def numbered(page: int = 0, per_page: Annotated[int, Query(ge=2, le=5)] = 5) -> list[Book]:
        return rows[page * per_page :][:per_page] if page >= 0 else []

    @app.get("/unsaid")
    def unsaid(page: int | None = None, per_page: Annotated[int | None, Query(ge=1)] = None) -> list[Book]:
        size = per_page or len(rows)
        return rows[(page or 0) * size :][:size]

    @app.get("/shifted")
    def shifted(
        offset: Annotated[int, Query(ge=0)] = 0,
        limit: Annotated[int, Query(ge=0, le=100)] = 3,
        title: str | None = None,
        shelf: str | None = None,
        lent: bool | None = None,
    ) -> list[Book]:
        return asked(title, shelf, lent)[offset:][:limit]

    @app.get("/led")
    def led(cursor: str | None = None, limit: Annotated[int, Query(ge=1)] = 4) -> Books:
        start = int(cursor.removeprefix("at-")) if cursor and cursor.removeprefix("at-").isdecimal() else 0
        end = start + limit
        return Books(results=rows[start:end], next_cursor=f"at-{end}" if end < len(rows) else None, total=len(rows))

    @app.post("/notes", status_code=201)
    def write(note: NewNote) -> Note:
        number = max(kept, default=0) + 1
        kept[number] = {"id": number, **note.model_dump()}
        return kept[number]

    @app.get("/notes")
    def notes(text: str | None = None, limit: Annotated[int, Query(ge=1)] = 2, offset: int = 0) -> list[Note]:
        newest = sorted(kept.values(), key=lambda note: -note["id"])
        return [note for note in newest if text is None or note["text"] == text][max(offset, 0) :][:limit]

    @app.get("/notes/{note_id}")
    def note(note_id: int) -> Note:
        if note_id not in kept:
            raise HTTPException(404, "no such note")
        return kept[note_id]

    @app.delete("/notes/{note_id}", status_code=204)
    def drop(note_id: int) -> None:
        note(note_id)
        del kept[note_id]

    return app


# How many tests at least are no empty ones.
EXERCISED = {"usual": 4, "strict": 7, "odd": 3, "related": 2, "paged": 12}
APPLICATIONS: dict[str, Callable[[], FastAPI]] = {made.__name__: made for made in (usual, strict, odd, related, paged)}


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.mark.parametrize("name", APPLICATIONS)
def test_a_correct_application_gives_no_finding(name: str, tmp_path: Path) -> None:
    app = APPLICATIONS[name]()
    (tmp_path / "openapi.json").write_text(json.dumps(app.openapi()), encoding="utf-8")

    with suite_of(tmp_path / "openapi.json", tmp_path / "out") as suite, served(app) as url:
        ran = suite.run(url, "--level", "write", "-k", "lifecycles or lists", scratch=tmp_path)

    assert ran.findings == [], ran.printed
    assert ran.results["counts"]["passed"] >= EXERCISED[name], ran.printed
    assert [
        thing for thing in app.state.things.values() if not isinstance(thing, dict) or not thing.get("deleted")
    ] == ([] if name != "related" else [*app.state.things.values()])
