"""The suite on FastAPI applications that answer as documented, and not as the first documented success.

They refuse what fits, for reasons that no schema tells, or have more than one success.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import FastAPI, Form, HTTPException, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from tests.suites import Suite, served, suite_of


class Problem(BaseModel):
    """What every error says."""

    detail: str


class Order(BaseModel):
    """Names an item, which has to be there."""

    item: str
    amount: int = 1


class Machine(BaseModel):
    """Has a guest, which answers only if it has tools."""

    id: str


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {status: {"model": Problem} for status in statuses}


def application(
    *, status: int = 0, body: object = None, missing: tuple[str, ...] = (), wrong: tuple[str, ...] = ()
) -> FastAPI:
    """Refuses each request with a documented status; one with `status` and `body` where they are given.

    `missing` and `wrong` are machines that are listed, and not found or shown as another one.
    """
    app = FastAPI(title="Refusing app", version="1")

    @app.post("/orders", status_code=201, responses=documented(404), operation_id="order")
    def order(given: Order) -> Order:
        raise HTTPException(404, "no such item")

    @app.put("/names", status_code=204, responses=documented(409), operation_id="rename")
    def rename(given: Order) -> None:
        raise HTTPException(409, "taken")

    @app.post("/login", responses=documented(401), operation_id="login")
    def login(name: Annotated[str, Form()], secret: Annotated[str, Form()]) -> str:
        raise HTTPException(401, "who?")

    @app.get("/settings", responses=documented(404), operation_id="settings")
    def settings() -> str:
        raise HTTPException(404, "not set up")

    @app.get("/newest", responses={204: {"description": "There is none."}}, operation_id="newest")
    def newest() -> Order:
        return Response(status_code=204)  # type: ignore[return-value]

    @app.put("/current", responses={201: {"model": Order}, 404: {"model": Problem}}, operation_id="replace")
    def replace(given: Order, response: Response) -> Order:
        response.status_code = 201
        return given

    @app.get("/machines", operation_id="machines")
    def machines() -> list[Machine]:
        return [Machine(id=name) for name in ("vm-1", "vm 2", "a/b", "vm-3")]

    @app.get("/machines/{machine}", responses=documented(404), operation_id="machine")
    def shown(machine: str) -> Machine:
        if machine in missing or machine not in ("vm-1", "vm 2", "vm-3"):
            raise HTTPException(404, "no such machine")
        return Machine(id="vm-9" if machine in wrong else machine)

    @app.get("/machines/{machine}/guest", responses=documented(404, 503), operation_id="guest")
    def guest(machine: str) -> Machine:
        raise HTTPException(503 if machine == "vm-1" else 404, "no tools")

    @app.get("/search", responses=documented(404, 406), operation_id="search")
    def search(words: str, most: int = 10) -> Any:
        if status:
            return JSONResponse(body, status)
        raise HTTPException(404, "nothing of that name")

    return app


@pytest.fixture(scope="module")
def refusing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    folder = tmp_path_factory.mktemp("refusing-app")
    (folder / "openapi.json").write_text(json.dumps(application().openapi()), encoding="utf-8")
    with suite_of(folder / "openapi.json", folder / "out") as suite:
        yield suite


def test_a_documented_refusal_is_no_finding_and_shows_nothing(refusing: Suite, tmp_path: Path) -> None:
    with served(application()) as url:
        ran = refusing.run(url, "--level", "write", scratch=tmp_path)

    assert ran.findings == [], ran.printed
    told = {row["operation"]: row["reason"] for row in ran.results["not_exercised"] if not row["answer"]}
    reason = "called, but never answered with a success: refused as documented, for a reason that no schema gives"
    kept = {
        name: f"called, but never answered with a success: what it sets could not be set back: pass --allow {name}"
        for name in ("current.replace", "names.rename")
    }
    assert told == dict.fromkeys(told, reason) | kept
    assert {*told} == {
        "current.replace",
        "login_.login",
        "machines.guest",
        "names.rename",
        "orders.order",
        "search.search",
        "settings.settings",
    }


@pytest.mark.parametrize(
    ("planted", "observed"), [({"missing": ("vm 2",)}, "status 404"), ({"wrong": ("vm-1",)}, "another one")]
)
def test_what_a_list_shows_is_there(planted: dict[str, Any], observed: str, refusing: Suite, tmp_path: Path) -> None:
    with served(application(**planted)) as url:
        ran = refusing.run(url, scratch=tmp_path)

    assert [(found["check"], found["operation"], found["observed"]) for found in ran.results["findings"]] == [
        ("listed-found", "machines.machine", observed)
    ]


@pytest.mark.parametrize(
    ("status", "body", "check"),
    [
        (404, {"detail": 5}, "body-fits"),
        (406, {"detail": "no"}, "expected-status"),
        (500, {"detail": "no"}, "status-documented"),
        (302, {"detail": "no"}, "status-documented"),
    ],
)
def test_another_answer_is_a_finding(status: int, body: object, check: str, refusing: Suite, tmp_path: Path) -> None:
    with served(application(status=status, body=body)) as url:
        ran = refusing.run(url, "--level", "write", "-k", "answers_as_documented", scratch=tmp_path)

    assert ran.checks == {check}, ran.printed
    assert {found["operation"] for found in ran.results["findings"]} == {"search.search"}
