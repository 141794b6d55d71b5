"""A program that goes through all pages of five kinds of lists, of a FastAPI application by its own description."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Annotated, Any, Generic, TypeVar

import pytest
from fastapi import Depends, FastAPI, HTTPException, Query, Request, Response
from fastapi.security import HTTPBearer
from pydantic import AnyUrl, BaseModel

from tests.served import serving
from tests.unit.emitters.conftest import Generates
from tests.wire.generated.calling import client_of

T = TypeVar("T")
BEARER = HTTPBearer()
MACHINES = [f"vm-{number}" for number in range(7)]
LINK = {200: {"headers": {"Link": {"schema": {"type": "string"}}}}}


class Vm(BaseModel):
    name: str


class Numbered(BaseModel, Generic[T]):
    items: list[T]
    total: int
    page: int
    size: int
    pages: int


class Meta(BaseModel):
    next_cursor: str | None = None


class Following(BaseModel, Generic[T]):
    data: list[T]
    meta: Meta


class Addressed(BaseModel, Generic[T]):
    results: list[T]
    next: AnyUrl | None = None


def machines(start: int, size: int) -> list[Vm]:
    return [Vm(name=name) for name in MACHINES[start : start + size]]


def application() -> FastAPI:
    """Five lists of the same machines, all behind a bearer token."""

    def known(token: Annotated[Any, Depends(BEARER)]) -> None:
        if token.credentials != "s3cret":
            raise HTTPException(401)

    app = FastAPI(title="Thing", dependencies=[Depends(known)])

    @app.get("/by-page", operation_id="by_page")
    def by_page(page: Annotated[int, Query(ge=1)] = 1, size: Annotated[int, Query(ge=1, le=3)] = 3) -> Numbered[Vm]:
        found = machines((page - 1) * size, size)
        return Numbered[Vm](items=found, total=len(MACHINES), page=page, size=size, pages=-(-len(MACHINES) // size))

    @app.get("/by-offset", operation_id="by_offset")
    def by_offset(offset: int = 0, limit: Annotated[int, Query(le=3)] = 3) -> list[Vm]:
        return machines(offset, limit)

    @app.get("/by-cursor", operation_id="by_cursor")
    def by_cursor(cursor: str | None = None, prefix: str = "") -> Following[Vm]:
        assert prefix == "vm"
        start = MACHINES.index(cursor) if cursor else 0
        return Following[Vm](data=machines(start, 3), meta=Meta(next_cursor=next(iter(MACHINES[start + 3 :]), None)))

    @app.get("/by-address", operation_id="by_address")
    def by_address(request: Request, start: int = 0) -> Addressed[Vm]:
        following = request.url.include_query_params(start=start + 3) if start + 3 < len(MACHINES) else None
        return Addressed[Vm](results=machines(start, 3), next=AnyUrl(str(following)) if following else None)

    @app.get("/by-link", operation_id="by_link", responses=LINK)
    def by_link(response: Response, start: int = 0) -> list[Vm]:
        if start + 3 < len(MACHINES):
            response.headers["Link"] = f'</by-link?start=0>; rel="first", </by-link?start={start + 3}>; rel="next"'
        return machines(start, 3)

    return app


PROGRAMS: dict[str, Callable[[Any], Any]] = {
    "page": lambda client: client.by_page.by_page(size=2),
    "offset": lambda client: client.by_offset.by_offset(),
    "cursor": lambda client: client.by_cursor.by_cursor(prefix="vm"),
    "next": lambda client: client.by_address.by_address(),
    "link": lambda client: client.by_link.by_link(),
}


@pytest.fixture(scope="module")
def app() -> Iterator[tuple[FastAPI, str]]:
    made = application()
    with serving(made) as origin:
        yield made, origin


def test_all_pages_of_each_kind(app: tuple[FastAPI, str], generate: Generates) -> None:
    made, origin = app
    package = generate(**made.openapi())

    async def run(use: Callable[[Any], Awaitable[None]]) -> None:
        async with client_of(package, asynchronous=True)(origin, token="s3cret") as client:
            await use(client)

    async def gather(client: Any) -> None:
        for call in PROGRAMS.values():
            pages = call(client)
            walk = pages.pages()
            assert [vm.name async for vm in walk] == MACHINES

    with client_of(package)(origin, token="s3cret") as client:
        for kind, call in PROGRAMS.items():
            page = call(client)
            walk = page.pages_() if kind == "page" else page.pages()
            assert [vm.name for vm in walk] == MACHINES, kind
            assert {type(vm).__name__ for vm in walk} == {"Vm"}
    asyncio.run(run(gather))


def test_what_the_server_refuses_is_its_error(app: tuple[FastAPI, str], generate: Generates) -> None:
    made, origin = app
    package = generate(**made.openapi())
    with client_of(package)(origin, token="wrong") as client, pytest.raises(package.AuthenticationError):
        client.by_offset.by_offset()
