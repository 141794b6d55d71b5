"""The suite on small servers that keep HTTP's rules, and on ones that break one of them each."""

import itertools
import json
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import Depends, FastAPI, Header, HTTPException, Query, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import BaseModel

from tests.suites import Ran, served, suite_of


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def held(app: FastAPI, tmp_path: Path, tests: str = "not fuzz") -> Ran:
    """The findings of a run of the suite that the application's own description gives."""
    (tmp_path / "openapi.json").write_text(json.dumps(app.openapi()), encoding="utf-8")
    with suite_of(tmp_path / "openapi.json", tmp_path / "out") as suite, served(app) as url:
        return suite.run(url, "--level", "write", "-k", tests, scratch=tmp_path)


def encoded(body: bytes, content_type: str = "application/json", **described: Any) -> FastAPI:
    """One reading that answers these bytes."""
    app = FastAPI(title="encoded", version="1")

    @app.get("/word", responses={200: described} if described else None)
    def word() -> dict[str, str]:
        return Response(body, media_type=None, headers={"Content-Type": content_type})  # type: ignore[return-value]

    return app


WORD = json.dumps({"word": "größe"}, ensure_ascii=False)
RIGHT: dict[str, Callable[[], FastAPI]] = {
    "plain": lambda: encoded(WORD.encode()),
    "escaped": lambda: encoded(json.dumps({"word": "größe"}).encode()),
    "named": lambda: encoded(WORD.encode(), "application/json; charset=UTF-8"),
    "quoted": lambda: encoded(WORD.encode(), 'application/json;charset="utf-8"'),
    "ascii": lambda: encoded(b'{"word": "a"}', "application/json; charset=us-ascii"),
    "documented": lambda: encoded(
        b'{"word": "a"}',
        "application/json; charset=iso-8859-1",
        description="It.",
        content={"application/json; charset=ISO-8859-1": {}},
    ),
}
WRONG: dict[str, Callable[[], FastAPI]] = {
    "mark": lambda: encoded(WORD.encode("utf-8-sig")),
    "utf-16 with a mark": lambda: encoded(WORD.encode("utf-16")),
    "utf-16": lambda: encoded(WORD.encode("utf-16-be")),
    "utf-32": lambda: encoded(WORD.encode("utf-32-le")),
    "latin-1": lambda: encoded(b'{"word": "a"}', "application/json;charset=ISO-8859-1"),
}


@pytest.mark.parametrize("name", RIGHT)
def test_json_in_utf_8_gives_no_finding(name: str, tmp_path: Path) -> None:
    ran = held(RIGHT[name](), tmp_path)

    assert ran.findings == [], ran.printed
    assert ran.results["counts"]["passed"]


@pytest.mark.parametrize("name", WRONG)
def test_json_in_something_else_is_found_once(name: str, tmp_path: Path) -> None:
    assert held(WRONG[name](), tmp_path).checks == {"json-encoding"}


def led(to: str, status: int = 307, *, documented: bool = False, servers: Any = None) -> FastAPI:
    """One reading that leads elsewhere."""
    app = FastAPI(title="led", version="1", servers=servers)

    @app.get("/start", status_code=status if documented else 200, response_class=Response)
    def start() -> Response:
        return RedirectResponse(to, status)

    return app


def severities(ran: Ran) -> Iterator[tuple[str, str]]:
    return ((found["check"], found["severity"]) for found in ran.results["findings"])


@pytest.mark.parametrize("to", ["http://elsewhere.example/start", "//elsewhere.example", "https://[2001:db8::1]:80/"])
def test_a_redirect_that_leaves_the_host_is_found_as_security(to: str, tmp_path: Path) -> None:
    assert {*severities(held(led(to), tmp_path))} == {("redirect-leaves", "security")}


@pytest.mark.parametrize(
    "app",
    [
        led("http://elsewhere.example/start", documented=True),
        led("/other", 302, documented=True),
    ],
    ids=["documented", "below"],
)
def test_a_documented_redirect_gives_no_finding(app: FastAPI, tmp_path: Path) -> None:
    assert held(app, tmp_path).findings == []


@pytest.mark.parametrize(
    ("to", "servers"),
    [
        ("/other", None),
        ("http://localhost:1/other", None),
        ("https://127.0.0.1/other", None),
        ("https://api.example/start", [{"url": "/"}, {"url": "https://API.example/v1"}]),
    ],
)
def test_a_redirect_on_the_same_host_is_not_found_as_leaving(to: str, servers: Any, tmp_path: Path) -> None:
    assert held(led(to, servers=servers), tmp_path).checks == {"status-documented"}


TAG = {"headers": {"ETag": {"schema": {"type": "string"}}}}


class New(BaseModel):
    text: str


class Note(New):
    id: int


def asks_tag(if_none_match: Annotated[str | None, Header()] = None) -> None:
    """Has the parameter described."""


def asks_match(if_match: Annotated[str | None, Header()] = None) -> None:
    """Has the parameter described."""


def versioned(broken: str = "", *, weak: bool = False, documents: str = "parameter") -> FastAPI:
    """Notes with a version each, which is their tag; `broken` names what is done wrong."""
    app = FastAPI(title="versioned", version="1")
    kept: dict[int, dict[str, Any]] = {}
    numbers, by_parameter = itertools.count(1), documents == "parameter"
    unchanged: dict[int | str, dict[str, Any]] = {200: TAG, 404: {"description": "None."}}
    guarded: dict[int | str, dict[str, Any]] = {404: {"description": "None."}}
    if documents == "status":
        unchanged[304] = {"description": "As before."}
        guarded[412] = {"description": "Another."}

    def tag_of(note: dict[str, Any]) -> str:
        return f'{"W/" * weak}"{note["id"]}-{0 if broken == "tag stays" else note["version"]}"'

    def find(number: int) -> dict[str, Any]:
        if number not in kept:
            raise HTTPException(404, "no such note")
        return kept[number]

    def match(note: dict[str, Any], request: Request) -> None:
        wanted = request.headers.get("if-match")
        if wanted is None or broken == "match ignored":
            return
        if wanted != tag_of(note) or broken == "match refused":
            raise HTTPException(412, "another one")

    @app.post("/notes", status_code=201)
    def make(note: New) -> Note:
        number = next(numbers)
        kept[number] = {"id": number, "version": 1, **note.model_dump()}
        return kept[number]  # type: ignore[return-value]

    @app.get("/notes/{number}", responses=unchanged, dependencies=[Depends(asks_tag)] * by_parameter)
    def one(number: int, request: Request) -> Note:
        note = find(number)
        asked = request.headers.get("if-none-match", "")
        same = asked == tag_of(note) or (bool(asked) and broken == "always 304")
        if same and broken != "condition ignored" and request.method == "GET":
            return Response(status_code=304)  # type: ignore[return-value]
        return JSONResponse(  # type: ignore[return-value]
            {"id": number, "text": note["text"]}, headers={"ETag": tag_of(note)}
        )

    @app.put("/notes/{number}", responses=guarded, dependencies=[Depends(asks_match)] * by_parameter)
    def alter(number: int, change: New, request: Request) -> Note:
        note = find(number)
        if broken == "too late":
            note.update(change.model_dump(), version=note["version"] + ("if-match" not in request.headers))
        match(note, request)
        note.update(change.model_dump(), version=note["version"] + 1)
        return note  # type: ignore[return-value]

    @app.delete(
        "/notes/{number}", status_code=204, responses=guarded, dependencies=[Depends(asks_match)] * by_parameter
    )
    def drop(number: int, request: Request) -> None:
        match(find(number), request)
        del kept[number]

    @app.head("/notes/{number}", responses={404: {"description": "None."}}, response_class=Response)
    def look(number: int) -> Response:
        note = find(number)
        return Response(status_code=405 if broken == "no head" else 200, headers={"ETag": tag_of(note)})

    return app


@pytest.mark.parametrize("documents", ["parameter", "status", "nothing"])
@pytest.mark.parametrize("weak", [False, True])
def test_conditions_that_are_kept_give_no_finding(weak: bool, documents: str, tmp_path: Path) -> None:
    ran = held(versioned(weak=weak, documents=documents), tmp_path, "lifecycles")

    assert ran.findings == [], ran.printed
    assert ran.results["counts"]["passed"] >= (4 if weak or documents == "nothing" else 8), ran.printed


def test_conditions_that_nothing_documents_are_not_asked_for(tmp_path: Path) -> None:
    broken = versioned("match ignored", documents="nothing")

    assert held(broken, tmp_path, "lifecycles").findings == []


@pytest.mark.parametrize("documents", ["parameter", "status"])
@pytest.mark.parametrize(
    ("broken", "check"),
    [
        ("condition ignored", "not-modified"),
        ("always 304", "not-modified"),
        ("match ignored", "match-needed"),
        ("match refused", "match-needed"),
        ("tag stays", "tag-moves"),
        ("too late", "match-needed"),
        ("no head", "head-as-get"),
    ],
)
def test_a_condition_that_is_not_kept_is_found(broken: str, check: str, documents: str, tmp_path: Path) -> None:
    assert held(versioned(broken, documents=documents), tmp_path, "lifecycles").checks == {check}


DATE = "Tue, 25 Jun 2024 08:00:00 GMT"


def picky(broken: str = "") -> FastAPI:
    """One reading that has a date, that HEAD and OPTIONS are asked of, and that minds what is accepted."""
    app = FastAPI(title="picky", version="1")
    dated = {"headers": {"Last-Modified": {"schema": {"type": "string"}}}}
    refusals: dict[int | str, dict[str, Any]] = {304: {"description": "As before."}, 406: {"description": "No."}}

    @app.get("/word", responses={200: dated, **refusals})
    def word(request: Request) -> dict[str, str]:
        accepted = request.headers.get("accept", "*/*")
        if broken != "accept" and not any(each in accepted for each in ("*/*", "application/*", "application/json")):
            raise HTTPException(406, "no such type")
        since = request.headers.get("if-modified-since")
        if (since == DATE and broken != "ignored") or (since and broken == "always 304"):
            return Response(status_code=304)  # type: ignore[return-value]
        return JSONResponse({"word": "a"}, headers={"Last-Modified": DATE})  # type: ignore[return-value]

    @app.head("/word", response_class=Response)
    def look() -> Response:
        return Response(status_code=404 if broken == "head" else 200)

    @app.put("/word", status_code=204)
    def put() -> None:
        """Nothing is kept."""

    @app.options("/word", status_code=204, response_class=Response)
    def ask() -> Response:
        return Response(status_code=204, headers={"Allow": "GET" if broken == "allow" else "GET, PUT, HEAD"})

    return app


def test_a_picky_server_gives_no_finding(tmp_path: Path) -> None:
    ran = held(picky(), tmp_path)

    assert ran.findings == [], ran.printed


@pytest.mark.parametrize(
    ("broken", "check"),
    [
        ("ignored", "not-modified"),
        ("always 304", "not-modified"),
        ("accept", "not-acceptable"),
        ("head", "head-as-get"),
        ("allow", "options-allow"),
    ],
)
def test_what_a_picky_server_gets_wrong_is_found(broken: str, check: str, tmp_path: Path) -> None:
    assert check in held(picky(broken), tmp_path).checks


class By(StrEnum):
    TITLE, PAGES, DOWN = "title", "pages", "-pages"


class Way(StrEnum):
    ASC, DESC = "asc", "desc"


class Book(BaseModel):
    title: str
    pages: int
    rank: float | None = None


TITLES = ("Émile", "apple 10", "Apple 9", "zoo", "Über uns", "a-b", "ab", "Émile")


def shelves(broken: str = "", collation: Callable[[str], Any] = str.casefold) -> FastAPI:
    """Two lists that can be sorted, in one way or in both, as people or as machines order texts."""
    app = FastAPI(title="shelves", version="1")
    books = [Book(title=title, pages=n * 7 % 5, rank=n / 3 if n % 2 else None) for n, title in enumerate(TITLES)]

    def ordered(name: str, *, down: bool) -> list[Book]:
        if broken == "ignored":
            return books
        key: Callable[[Book], Any] = (
            (lambda book: collation(book.title)) if name == "title" else lambda book: book.pages
        )
        return sorted(books, key=key, reverse=down and broken != "one way")

    @app.get("/both")
    def both(sort: By | None = None) -> list[Book]:
        return books if sort is None else ordered(sort.value.removeprefix("-"), down=sort.value.startswith("-"))

    @app.get("/apart")
    def apart(sort: Annotated[By, Query()] = By.TITLE, order: Annotated[Way, Query()] = Way.ASC) -> list[Book]:
        return ordered(sort.value.removeprefix("-"), down=sort is By.DOWN or order is Way.DESC)

    return app


@pytest.mark.parametrize(
    "collation",
    [
        str,
        str.casefold,
        lambda title: title.casefold().replace("é", "e").replace("ü", "u").replace("-", "").replace(" ", ""),
    ],
    ids=["characters", "case", "people"],
)
def test_a_list_that_is_ordered_gives_no_finding(collation: Callable[[str], Any], tmp_path: Path) -> None:
    ran = held(shelves(collation=collation), tmp_path, "lists")

    assert ran.findings == [], ran.printed
    assert ran.results["counts"]["passed"] >= 7


@pytest.mark.parametrize("broken", ["ignored", "one way"])
def test_an_order_that_is_not_kept_is_found(broken: str, tmp_path: Path) -> None:
    assert held(shelves(broken), tmp_path, "lists").checks == {"order-kept"}
