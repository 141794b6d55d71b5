"""A correct FastAPI application as its users write them, with state; its description is the one FastAPI writes."""

# No `from __future__ import annotations`: FastAPI reads the annotations of functions made inside a function.

import enum
import uuid
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from fastapi import (
    APIRouter,
    Body,
    Cookie,
    Depends,
    FastAPI,
    File,
    Form,
    Header,
    HTTPException,
    Query,
    Response,
    UploadFile,
)
from fastapi import Path as PathParameter
from fastapi.responses import PlainTextResponse, RedirectResponse, StreamingResponse
from fastapi.security import APIKeyCookie, APIKeyHeader, OAuth2PasswordBearer
from pydantic import BaseModel, ConfigDict, Field, SecretStr

TOKEN = "t0ken-of-the-store"
"""What every scheme asks for."""


class Colour(enum.StrEnum):
    RED = "red"
    BLUE = "blue"


class Size(enum.IntEnum):
    SMALL = 1
    LARGE = 2


class Message(BaseModel):
    detail: str


class Part(BaseModel):
    code: str = Field(min_length=1)
    count: int = Field(1, ge=1)


class ItemIn(BaseModel):
    name: str = Field(min_length=1, max_length=20)
    price: float = Field(gt=0)
    colour: Colour = Colour.RED
    size: Size | None = None
    made: date | None = None
    tags: set[str] = set()
    parts: list[Part] = []
    extra: dict[str, int] = {}
    active: bool = True


class ItemChange(BaseModel):
    name: str | None = Field(None, min_length=1, max_length=20)
    price: float | None = Field(None, gt=0)
    colour: Colour | None = None


class Item(ItemIn):
    id: uuid.UUID
    created: datetime


class Page(BaseModel):
    items: list[Item]
    total: int
    next: str | None = None


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int = Field(ge=1, le=9)


class Dog(BaseModel):
    kind: Literal["dog"]
    tricks: list[str] = []


Pet = Annotated[Cat | Dog, Field(discriminator="kind")]


class Account(BaseModel):
    name: str
    password: SecretStr = Field(min_length=8)


class AccountOut(BaseModel):
    name: str


class Window(BaseModel):
    model_config = ConfigDict(extra="forbid")
    limit: int = Field(10, gt=0, le=100)
    order: Literal["up", "down"] = "up"


NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"model": Message}}


class Store:
    """What the application keeps."""

    def __init__(self) -> None:
        self.items: dict[uuid.UUID, Item] = {}
        self.pets: dict[int, Cat | Dog] = {}
        self.files: dict[str, bytes] = {}

    def item(self, key: uuid.UUID) -> Item:
        if key not in self.items:
            raise HTTPException(404, "no such item")
        return self.items[key]


def items(store: Store) -> APIRouter:
    router = APIRouter(prefix="/items", tags=["items"])

    @router.get("")
    def list_items(
        limit: Annotated[int, Query(ge=1, le=50)] = 20,
        offset: Annotated[int, Query(ge=0)] = 0,
        colour: Colour | None = None,
        since: date | None = None,
        named: Annotated[str | None, Query(max_length=20)] = None,
    ) -> Page:
        found = [
            item
            for item in store.items.values()
            if (colour is None or item.colour is colour)
            and (since is None or item.created.date() >= since)
            and (named is None or item.name == named)
        ]
        after = offset + limit
        return Page(items=found[offset:after], total=len(found), next=str(after) if after < len(found) else None)

    @router.post("", status_code=201, responses={409: {"model": Message}})
    def create_item(item: ItemIn, response: Response) -> Item:
        made = Item(**item.model_dump(), id=uuid.uuid4(), created=datetime.now(UTC))
        store.items[made.id] = made
        response.headers["Location"] = f"/items/{made.id}"
        return made

    @router.get("/{item_id}", responses=NOT_FOUND)
    def read_item(item_id: uuid.UUID) -> Item:
        return store.item(item_id)

    @router.put("/{item_id}", responses=NOT_FOUND)
    def replace_item(item_id: uuid.UUID, item: ItemIn) -> Item:
        before = store.item(item_id)
        store.items[item_id] = Item(**item.model_dump(), id=item_id, created=before.created)
        return store.items[item_id]

    @router.patch("/{item_id}", responses=NOT_FOUND)
    def change_item(item_id: uuid.UUID, change: ItemChange) -> Item:
        new = {name: value for name, value in change.model_dump(exclude_unset=True).items() if value is not None}
        store.items[item_id] = store.item(item_id).model_copy(update=new)
        return store.items[item_id]

    @router.delete("/{item_id}", status_code=204, responses=NOT_FOUND)
    def delete_item(item_id: uuid.UUID) -> None:
        store.item(item_id)
        del store.items[item_id]

    return router


def pets(store: Store) -> APIRouter:
    router = APIRouter(prefix="/pets", tags=["pets"])

    @router.post("", status_code=201)
    def create_pet(pet: Pet, response: Response) -> dict[str, int]:
        number = len(store.pets) + 1
        store.pets[number] = pet
        response.headers["Location"] = f"/pets/{number}"
        return {"number": number}

    @router.get("/{number}", responses=NOT_FOUND)
    def read_pet(number: Annotated[int, PathParameter(ge=1)]) -> Pet:
        if number not in store.pets:
            raise HTTPException(404, "no such pet")
        return store.pets[number]

    @router.post("/weigh")
    def weigh(pet: Pet, grams: Annotated[int, Body(gt=0)], note: Annotated[str | None, Body()] = None) -> int:
        return grams

    @router.post("/either")
    def either(value: Part | list[int]) -> Part | list[int]:
        return value

    return router


def files(store: Store) -> APIRouter:
    router = APIRouter(prefix="/files", tags=["files"])

    @router.post("", status_code=201)
    async def upload(file: UploadFile, note: Annotated[str, Form(max_length=50)] = "") -> dict[str, Any]:
        store.files[file.filename or ""] = content = await file.read()
        return {"name": file.filename, "size": len(content), "note": note}

    @router.post("/several")
    async def upload_several(several: Annotated[list[UploadFile], File()]) -> list[int]:
        return [len(await file.read()) for file in several]

    @router.post("/fields")
    def fields(
        name: Annotated[str, Form(min_length=1)],
        age: Annotated[int | None, Form(ge=0)] = None,
        many: Annotated[list[int], Form()] = [],  # noqa: B006
    ) -> dict[str, Any]:
        return {"name": name, "age": age, "many": many}

    @router.get("/text", response_class=PlainTextResponse)
    def text() -> str:
        return "grün"

    @router.get("/stream", response_class=StreamingResponse)
    def stream() -> StreamingResponse:
        return StreamingResponse(iter([b"a" * 100] * 10), media_type="application/octet-stream")

    @router.get("/elsewhere", response_class=RedirectResponse, status_code=307)
    def elsewhere() -> str:
        return "/files/text"

    return router


def wires() -> APIRouter:
    router = APIRouter(prefix="/wires", tags=["wires"])

    @router.get("/headers")
    def headers(
        x_trace: Annotated[uuid.UUID, Header()], x_level: Annotated[int, Header(ge=1)] = 1
    ) -> dict[str, str | int]:
        return {"trace": str(x_trace), "level": x_level}

    @router.get("/cookies")
    def cookies(visitor: Annotated[str, Cookie()], visits: Annotated[int | None, Cookie()] = None) -> list[str]:
        return [visitor]

    @router.get("/window")
    def window(window: Annotated[Window, Query()]) -> Window:
        return window

    @router.get("/several")
    def several(number: Annotated[list[int], Query()], flag: bool, at: datetime, ratio: float = 0.5) -> dict[str, Any]:
        return {"number": number, "flag": flag, "at": at, "ratio": ratio}

    @router.get("/constant")
    def constant(mode: Literal["fast"], speed: int = 1) -> int:
        return speed

    @router.get("/rest/{size}/{rest:path}")
    def rest(size: Size, rest: str) -> list[str]:
        return [str(int(size)), rest]

    return router


def accounts() -> APIRouter:
    router = APIRouter(prefix="/accounts", tags=["accounts"])

    @router.post("", status_code=201)
    def create_account(account: Account) -> AccountOut:
        return AccountOut(name=account.name)

    return router


SCHEMES: dict[str, Any] = {
    "key": APIKeyHeader(name="X-Key"),
    "bearer": OAuth2PasswordBearer(tokenUrl="token"),
    "cookie": APIKeyCookie(name="sid"),
}


def application(scheme: str = "", strict: bool = False) -> FastAPI:
    """The application; with a scheme every operation asks for `TOKEN`."""
    store = Store()

    def known(given: Annotated[str, Depends(SCHEMES.get(scheme, str))]) -> None:
        if given != TOKEN:
            raise HTTPException(401, "wrong token", {"WWW-Authenticate": "Bearer"})

    app = FastAPI(title="Store", version="1.0", dependencies=[Depends(known)] if scheme else [])
    for router in (items(store), pets(store), files(store), wires(), accounts()):
        app.include_router(router)
    return app
