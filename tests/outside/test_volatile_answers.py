"""The suite on a FastAPI application whose readings are never the same twice, and lists that must be there."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import pytest
from fastapi import FastAPI, Form, Header, HTTPException, Query, UploadFile
from pydantic import BaseModel

from tests.suites import Suite, served, suite_of


class Ticket(BaseModel):
    """Has a number."""

    id: int


def application(*, states: int = 0) -> FastAPI:
    """`states` is between how many values the gauge flips; 0 for another one each time."""
    app = FastAPI(title="Volatile app", version="1")
    count, drawn = itertools.count(), random.Random(5)

    @app.get("/ticket", operation_id="ticket")
    def ticket() -> dict[str, int]:
        return {"number": next(count)}

    @app.get("/draw", operation_id="draw")
    def draw() -> float:
        return drawn.random()

    @app.get("/gauge", operation_id="gauge")
    def gauge() -> list[int]:
        turn = next(count)
        return [turn % states if states else turn]

    @app.get("/sum", operation_id="sum")
    def total(of: Annotated[list[int], Query()], x_of: Annotated[list[str], Header()]) -> int:
        return sum(of)

    @app.post("/files", operation_id="send_files")
    def files(files: list[UploadFile], note: Annotated[str, Form()]) -> int:
        return len(files)

    @app.post("/words", operation_id="send_words")
    def words(words: Annotated[list[str], Form()]) -> int:
        if not words:
            raise HTTPException(500)
        return len(words)

    return app


@pytest.fixture(scope="module")
def volatile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    folder = tmp_path_factory.mktemp("volatile-app")
    (folder / "openapi.json").write_text(json.dumps(application().openapi()), encoding="utf-8")
    with suite_of(folder / "openapi.json", folder / "out") as suite:
        yield suite


def test_another_value_each_time_is_no_finding_and_lists_are_sent(volatile: Suite, tmp_path: Path) -> None:
    with served(application()) as url:
        ran = volatile.run(url, "--level", "write", scratch=tmp_path)

    assert ran.findings == [], ran.printed
    assert [row for row in ran.results["not_exercised"] if not row["answer"]] == []


@pytest.mark.parametrize("states", [2, 3])
def test_flipping_between_few_values_is_a_finding(states: int, volatile: Suite, tmp_path: Path) -> None:
    with served(application(states=states)) as url:
        ran = volatile.run(url, "-k", "same_way_again", scratch=tmp_path)

    assert [(found["check"], found["operation"]) for found in ran.results["findings"]] == [
        ("repeats-agree", "gauge.gauge")
    ]


def fleeting() -> FastAPI:
    """Every list has another ticket, which is gone when it is asked for."""
    app, count = FastAPI(title="Fleeting app", version="1"), itertools.count()

    @app.get("/tickets", operation_id="tickets")
    def tickets() -> list[Ticket]:
        return [Ticket(id=next(count))]

    @app.get("/tickets/{ticket_id}", responses={404: {"description": "Gone."}}, operation_id="one")
    def one(ticket_id: int) -> Ticket:
        raise HTTPException(404)

    return app


def test_what_goes_before_it_is_read_is_no_finding_and_shows_nothing(tmp_path: Path) -> None:
    (tmp_path / "openapi.json").write_text(json.dumps(fleeting().openapi()), encoding="utf-8")
    with suite_of(tmp_path / "openapi.json", tmp_path / "out") as suite, served(fleeting()) as url:
        ran = suite.run(url, scratch=tmp_path)

    assert ran.findings == [], ran.printed
    assert any("was gone when it was read" in reason for reason in ran.reasons), ran.reasons
