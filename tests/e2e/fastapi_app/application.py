"""A FastAPI application with every kind of parameter, body and answer; its description is the one FastAPI writes."""

# No `from __future__ import annotations`: FastAPI reads the annotations of functions made inside a function.

import enum
import uuid
from collections.abc import AsyncIterable, Iterable
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import (
    APIRouter,
    Body,
    Cookie,
    FastAPI,
    File,
    Form,
    Header,
    HTTPException,
    Path,
    Query,
    Response,
    UploadFile,
)
from fastapi.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, StreamingResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, ConfigDict, Field, Json


class Colour(enum.StrEnum):
    RED = "red"
    BLUE = "blue"


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int = Field(ge=1, le=9)


class Dog(BaseModel):
    kind: Literal["dog"]
    tricks: list[str] = []


class Point(BaseModel):
    x: float
    y: float | None = None


class Item(BaseModel):
    name: str = Field(min_length=1, max_length=20)
    price: float = Field(gt=0)
    colour: Colour = Colour.RED
    made: datetime | None = None
    tags: set[str] = set()
    place: Point | None = None
    extra: dict[str, int] = {}


class Open(BaseModel):
    model_config = ConfigDict(extra="allow")
    name: str


class Filter(BaseModel):
    limit: int = Field(10, gt=0, le=100)
    order: Literal["up", "down"] = "up"
    tags: list[str] = []


class Login(BaseModel):
    user: str
    remember: bool = False
    scopes: list[str] = []


class Trouble(BaseModel):
    code: int
    reason: str


parameters, bodies, forms, answers, streams = (
    APIRouter(prefix=f"/{name}") for name in ("parameters", "bodies", "forms", "answers", "streams")
)


@parameters.get("/path/{number}/{colour}/{key}/{rest:path}")
def read_path(number: Annotated[int, Path(ge=1)], colour: Colour, key: uuid.UUID, rest: str) -> list[Any]:
    return [number, colour, key, rest]


@parameters.get("/query")
def read_query(
    text: str,
    ratio: float,
    flag: bool,
    day: date,
    at: datetime,
    span: timedelta,
    several: Annotated[list[int], Query()],
    colour: Colour = Colour.BLUE,
    maybe: str | None = None,
    other: Annotated[str, Query(alias="other-name")] = "none",
) -> dict[str, Any]:
    return {**locals(), "span": span.total_seconds()}


@parameters.get("/filter")
def read_filter(filter_: Annotated[Filter, Query()]) -> Filter:
    return filter_


@parameters.get("/header")
def read_header(
    x_token: Annotated[str, Header()],
    x_list: Annotated[list[str] | None, Header()] = None,
    number: Annotated[int, Header()] = 1,
) -> list[Any]:
    return [x_token, x_list, number]


@parameters.get("/cookie")
def read_cookie(visitor: Annotated[str, Cookie()], theme: Annotated[str | None, Cookie()] = None) -> list[str | None]:
    return [visitor, theme]


@bodies.post("/item", status_code=201)
def make_item(item: Item) -> Item:
    return item


@bodies.put("/several/{number}")
def put_several(
    number: int, item: Item, importance: Annotated[int, Body()], note: Annotated[str | None, Body()] = None
) -> dict[str, Any]:
    return {"number": number, "item": item.model_dump(mode="json"), "importance": importance, "note": note}


@bodies.post("/pet")
def make_pet(
    pet: Annotated[Cat | Dog, Body(discriminator="kind")],
) -> Annotated[Cat | Dog, Field(discriminator="kind")]:
    return pet


@bodies.post("/undecided")
def make_undecided(value: Point | Item | list[int] | str) -> Point | Item | list[int] | str:
    return value


@bodies.post("/open")
def make_open(body: Open) -> Open:
    return body


@bodies.post("/maybe")
def make_maybe(item: Point | None = None) -> Point | None:
    return item


@bodies.patch("/list")
def patch_list(points: list[Point]) -> list[Point]:
    return points


@forms.post("/login")
def log_in(login: Annotated[Login, Form()]) -> Login:
    return login


@forms.post("/fields")
def read_fields(
    name: Annotated[str, Form()],
    age: Annotated[int | None, Form()] = None,
    many: Annotated[list[int], Form()] = [],  # noqa: B006
) -> list[Any]:
    return [name, age, many]


async def _told(file: UploadFile) -> list[Any]:
    return [file.filename, file.content_type, len(await file.read())]


@forms.post("/file")
async def send_file(file: UploadFile, note: Annotated[str, Form()] = "") -> list[Any]:
    return [*await _told(file), note]


@forms.post("/maybe")
async def send_maybe(file: UploadFile | None = None, meta: Annotated[Json[Point] | None, Form()] = None) -> list[Any]:
    return [await _told(file) if file is not None else None, meta.x if meta is not None else None]


@forms.post("/files")
async def send_files(files: list[UploadFile]) -> list[list[Any]]:
    return [await _told(file) for file in files]


@forms.post("/bytes")
def send_bytes(data: Annotated[bytes, File()]) -> int:
    return len(data)


@answers.get("/file")
def get_file() -> FileResponse:
    return FileResponse(__file__, media_type="application/x-python", filename="application.py")


@answers.get("/image", response_class=Response, responses={200: {"content": {"image/png": {}}}})
def get_image() -> Response:
    return Response(b"\x89PNG\x00\xff", media_type="image/png")


@answers.get("/text", response_class=PlainTextResponse)
def get_text() -> str:
    return "grün"


@answers.get("/html", response_class=HTMLResponse)
def get_html() -> str:
    return "<p>grün"


@answers.get("/bytes", response_class=StreamingResponse)
def get_bytes() -> StreamingResponse:
    return StreamingResponse(iter([b"a" * 1000] * 100), media_type="application/octet-stream")


@answers.delete("/nothing", status_code=204)
def get_nothing() -> None: ...


@answers.get("/elsewhere", response_class=RedirectResponse, status_code=307)
def get_elsewhere() -> str:
    return "https://files.example/x"


@answers.get("/headers")
def get_headers(response: Response) -> dict[str, int]:
    response.headers["X-Next"] = "p2"
    response.set_cookie("session", "s3cret")
    return {"a": 1}


@answers.get("/trouble/{status}", responses={404: {"model": Trouble}, 409: {"model": Trouble}})
def get_trouble(status: int) -> str:
    if status == 500:
        raise HTTPException(500, "broken")
    return Response(Trouble(code=status, reason="it is so").model_dump_json(), status, media_type="application/json")  # type: ignore[return-value]


@streams.get("/lines")
def stream_lines(count: int = 3) -> Iterable[Point]:
    for number in range(count):
        yield Point(x=number)


@streams.get("/events", response_class=EventSourceResponse)
async def stream_events() -> AsyncIterable[Point]:
    for number in range(3):
        yield Point(x=number)


@streams.get("/texts", response_class=EventSourceResponse)
def stream_texts() -> Iterable[str]:
    yield "one"
    yield "two\nlines"


@streams.get("/resumed", response_class=EventSourceResponse)
def stream_resumed(
    response: Response, last_event_id: Annotated[int | None, Header(alias="Last-Event-ID")] = None
) -> Iterable[ServerSentEvent]:
    first = 0 if last_event_id is None else last_event_id + 1
    for number in range(first, min(first + 2, 5)):
        yield ServerSentEvent(data={"x": number}, id=str(number), event="point", retry=1)
    if first >= 5:
        yield ServerSentEvent(data={"x": -1}, id="9", event="end", retry=1)


@streams.post("/chat", response_class=EventSourceResponse)
def chat(item: Item) -> Iterable[Item]:
    yield item
    yield item


def application() -> FastAPI:
    app = FastAPI(title="Shop", version="1.0")
    for router, name in (
        (parameters, "parameters"),
        (bodies, "bodies"),
        (forms, "forms"),
        (answers, "answers"),
        (streams, "streams"),
    ):
        app.include_router(router, tags=[name])
    return app
