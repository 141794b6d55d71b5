"""A FastAPI application whose description is right and whose code is wrong in ten ways that a client can see."""

# No `from __future__ import annotations`: FastAPI reads the annotations of functions made inside a function.

import json
import traceback
import uuid
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal

from fastapi import Depends, FastAPI, HTTPException, Query, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from fastapi.security import APIKeyHeader
from pydantic import BaseModel, Field

KEY = "t0ken-of-the-store"
BUGS = {
    "wrong-status": ("tags.tag", "status-documented"),
    "missing-field": ("summary.summary", "body-fits"),
    "wrong-type": ("statistics.statistics", "body-fits"),
    "undocumented-field": ("motto.motto", "undocumented-field"),
    "trace": ("search.search", "stack-trace-shown"),
    "any-body": ("ratings.rate", "expected-status"),
    "unknown-found": ("owners.read", "unknown-id"),
    "open": ("owners.list", "credentials-needed"),
    "content-type": ("export.export", "content-documented"),
    "not-deleted": ("things.remove", "deleted-gone"),
}
"""The operation of each, and the check that finds it."""


class Error(BaseModel):
    detail: str


class NewThing(BaseModel):
    name: str = Field(min_length=1, max_length=20)
    kind: Literal["a", "b"] = "a"


class Thing(NewThing):
    id: uuid.UUID


class Summary(BaseModel):
    first: str
    total: int


class Statistics(BaseModel):
    mean: float


class Motto(BaseModel):
    text: str


class Rating(BaseModel):
    stars: int = Field(ge=1, le=5)


class Owner(BaseModel):
    number: int
    name: str


NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"model": Error}}


def application(*bugs: str) -> FastAPI:
    """The application with these bugs; with none it is right."""
    wrong = frozenset(bugs)
    things: dict[uuid.UUID, Thing] = {}
    for number in range(3):
        made = Thing(id=uuid.uuid5(uuid.NAMESPACE_URL, str(number)), name=f"thing {number}")
        things[made.id] = made
    scheme = APIKeyHeader(name="X-Key")

    def known(given: Annotated[str, Depends(scheme)]) -> None:
        if given != KEY:
            raise HTTPException(401, "wrong key")

    app = FastAPI(title="Things", version="1")
    locked = [Depends(known)]

    @app.get("/things", tags=["things"], dependencies=locked)
    def list_things(limit: Annotated[int, Query(ge=1, le=50)] = 10) -> list[Thing]:
        return [*things.values()][:limit]

    @app.post("/things", tags=["things"], status_code=201, dependencies=locked)
    def create_thing(new: NewThing, response: Response) -> Thing:
        made = Thing(**new.model_dump(), id=uuid.uuid4())
        things[made.id] = made
        response.headers["Location"] = f"/things/{made.id}"
        return made

    @app.get("/things/{thing_id}", tags=["things"], responses=NOT_FOUND, dependencies=locked)
    def read_thing(thing_id: uuid.UUID) -> Thing:
        if thing_id not in things:
            raise HTTPException(404, "no such thing")
        return things[thing_id]

    @app.delete("/things/{thing_id}", tags=["things"], status_code=204, responses=NOT_FOUND, dependencies=locked)
    def remove(thing_id: uuid.UUID) -> None:
        read_thing(thing_id)
        if "not-deleted" not in wrong:
            del things[thing_id]

    @app.post("/tags", tags=["things"], status_code=201, dependencies=locked)
    def tag(new: NewThing, response: Response) -> NewThing:
        if "wrong-status" in wrong:
            response.status_code = 200
        return new

    @app.get("/summary", tags=["things"], response_model=Summary, dependencies=locked)
    def summary() -> Any:
        told = {"first": "thing 0", "total": 3}
        if "missing-field" in wrong:
            del told["total"]
        return JSONResponse(told)

    @app.get("/statistics", tags=["things"], response_model=Statistics, dependencies=locked)
    def statistics() -> Any:
        return JSONResponse({"mean": "1.5" if "wrong-type" in wrong else 1.5})

    @app.get("/motto", tags=["things"], response_model=Motto, dependencies=locked)
    def motto() -> Any:
        return JSONResponse({"text": "read", **({"author": "me"} if "undocumented-field" in wrong else {})})

    @app.get("/search", tags=["things"], dependencies=locked)
    def search(page: Annotated[int, Query(ge=1)] = 1) -> list[str]:
        return [f"page {page}"]

    @app.post("/ratings", tags=["things"], status_code=201, dependencies=locked)
    def rate(rating: Rating) -> Rating:
        return rating

    @app.get("/export", tags=["things"], response_model=list[str], dependencies=locked)
    def export() -> Any:
        return PlainTextResponse('["a"]') if "content-type" in wrong else JSONResponse(["a"])

    @app.get("/owners", tags=["owners"], dependencies=locked)
    def list_owners() -> list[Owner]:
        return [Owner(number=1, name="one")]

    @app.get("/owners/{number}", tags=["owners"], responses=NOT_FOUND, dependencies=locked)
    def read_owner(number: int) -> Owner:
        if number != 1 and "unknown-found" not in wrong:
            raise HTTPException(404, "no such owner")
        return Owner(number=number, name="one")

    @app.middleware("http")
    async def broken(request: Request, proceed: Callable[[Request], Awaitable[Response]]) -> Response:
        path, method = request.url.path, request.method
        if "open" in wrong and path == "/owners" and method == "GET":
            return JSONResponse([{"number": 1, "name": "one"}])
        if "any-body" in wrong and path == "/ratings" and method == "POST" and request.headers.get("x-key") == KEY:
            return JSONResponse({"stars": 3}, 201)
        if "trace" in wrong and (path, method) == ("/search", "GET") and request.headers.get("x-key") == KEY:
            try:
                int(request.query_params.get("page", "1"))
            except ValueError:
                return PlainTextResponse(traceback.format_exc(), 500)
        return await proceed(request)

    return app


def described() -> dict[str, Any]:
    """What the application says about itself, whatever is wrong with it."""
    document: dict[str, Any] = json.loads(json.dumps(application().openapi()))
    return document
