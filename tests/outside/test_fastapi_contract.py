"""The suite on a FastAPI application that somebody could have written: a right one, and one with ten planted bugs."""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import Depends, FastAPI, HTTPException, Query, Response, Security
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field

from tests.suites import Suite, served, suite_of

KEY = "k3y-of-the-depot"
GIVEN = ("--token-env", "DEPOT_KEY")
# The bug, the check that finds it, and the operation that has it.
BUGS = {
    "any key is taken": ("credentials-needed", "list_crates"),
    "reports need no key": ("credentials-needed", "get_report"),
    "a changed weight is lost": ("change-kept", "put_crate"),
    "a deleted box is still there": ("deleted-gone", "drop_box"),
    "a new pallet is not listed": ("created-listed", "list_pallets"),
    "Location leads nowhere": ("location-leads", "make_box"),
    "a limit is not kept": ("limit-kept", "list_docks"),
    "pages repeat an item": ("pages-whole", "list_ramps"),
    "a filter chooses nothing": ("filter-kept", "list_gates"),
    "a status has a name that nobody knows": ("body-fits", "get_status"),
}


class NewCrate(BaseModel):
    name: Annotated[str, Field(min_length=1)]
    weight: Annotated[float, Field(ge=0)]


class Crate(NewCrate):
    id: int


class NewBox(BaseModel):
    label: str


class Box(NewBox):
    id: int


class Pallet(BaseModel):
    id: int
    wood: str


class NewPallet(BaseModel):
    wood: str


class Place(BaseModel):
    id: int
    name: str
    side: str


class Status(BaseModel):
    state: str
    load: Annotated[int, Field(ge=0, le=100)]


NONE: dict[int | str, dict[str, Any]] = {404: {"description": "No such thing."}}
WHO: dict[int | str, dict[str, Any]] = {401: {"description": "Who are you?"}}


def depot(*bugs: str) -> FastAPI:  # noqa: PLR0915 - one application
    app = FastAPI(title="Depot", version="1", responses=WHO)
    crates, boxes, pallets = dict[int, Any](), dict[int, Any](), dict[int, Any]()
    places = [{"id": n, "name": f"place {n}", "side": ("north", "south", "west")[n % 3]} for n in range(1, 8)]
    numbers = itertools.count(1)
    of_crates = APIKeyHeader(name="X-Depot-Key", auto_error=False)
    of_reports = HTTPBearer(auto_error=False)

    def key(given: Annotated[str | None, Security(of_crates)]) -> None:
        if given is None or (given != KEY and "any key is taken" not in bugs):
            raise HTTPException(401, "no")

    def token(given: Annotated[HTTPAuthorizationCredentials | None, Security(of_reports)]) -> None:
        if (given is None or given.credentials != KEY) and "reports need no key" not in bugs:
            raise HTTPException(401, "no")

    def found(things: dict[int, Any], number: int) -> Any:
        if number not in things:
            raise HTTPException(404, "no such thing")
        return things[number]

    guarded = [Depends(key)]

    @app.get("/crates", dependencies=guarded, operation_id="list_crates")
    def list_crates() -> list[Crate]:
        return [*crates.values()]

    @app.post("/crates", status_code=201, operation_id="make_crate")
    def make_crate(crate: NewCrate) -> Crate:
        number = next(numbers)
        crates[number] = {"id": number, **crate.model_dump()}
        return crates[number]

    @app.get("/crates/{crate_id}", responses=NONE, operation_id="get_crate")
    def get_crate(crate_id: int) -> Crate:
        return found(crates, crate_id)

    @app.put("/crates/{crate_id}", responses=NONE, operation_id="put_crate")
    def put_crate(crate_id: int, crate: NewCrate) -> Crate:
        kept = found(crates, crate_id)["weight"]
        crates[crate_id] = {"id": crate_id, **crate.model_dump()}
        if "a changed weight is lost" in bugs:
            crates[crate_id]["weight"] = kept
        return crates[crate_id]

    @app.delete("/crates/{crate_id}", status_code=204, responses=NONE, operation_id="drop_crate")
    def drop_crate(crate_id: int) -> None:
        found(crates, crate_id)
        del crates[crate_id]

    @app.post("/boxes", status_code=201, operation_id="make_box")
    def make_box(box: NewBox, response: Response) -> Box:
        number = next(numbers)
        boxes[number] = {"id": number, **box.model_dump()}
        response.headers["Location"] = f"/boxes/{number + (1000 if 'Location leads nowhere' in bugs else 0)}"
        return boxes[number]

    @app.get("/boxes/{number}", responses=NONE, operation_id="get_box")
    def get_box(number: int) -> Box:
        return found(boxes, number)

    @app.delete("/boxes/{number}", status_code=204, responses=NONE, operation_id="drop_box")
    def drop_box(number: int) -> None:
        found(boxes, number)
        if "a deleted box is still there" not in bugs:
            del boxes[number]

    @app.get("/pallets", operation_id="list_pallets")
    def list_pallets() -> list[Pallet]:
        return [*pallets.values()][: -1 if "a new pallet is not listed" in bugs else None]

    @app.post("/pallets", status_code=201, operation_id="make_pallet")
    def make_pallet(pallet: NewPallet) -> Pallet:
        number = next(numbers)
        pallets[number] = {"id": number, **pallet.model_dump()}
        return pallets[number]

    @app.get("/pallets/{number}", responses=NONE, operation_id="get_pallet")
    def get_pallet(number: int) -> Pallet:
        return found(pallets, number)

    @app.delete("/pallets/{number}", status_code=204, responses=NONE, operation_id="drop_pallet")
    def drop_pallet(number: int) -> None:
        found(pallets, number)
        del pallets[number]

    @app.get("/docks", operation_id="list_docks")
    def list_docks(limit: Annotated[int, Query(ge=1)] = 20) -> list[Place]:
        return places if "a limit is not kept" in bugs else places[:limit]

    @app.get("/ramps", operation_id="list_ramps")
    def list_ramps(offset: Annotated[int, Query(ge=0)] = 0, limit: Annotated[int, Query(ge=1)] = 20) -> list[Place]:
        start = max(offset - 1, 0) if "pages repeat an item" in bugs else offset
        return places[start:][:limit]

    @app.get("/gates", operation_id="list_gates")
    def list_gates(side: str | None = None) -> list[Place]:
        chosen = side if "a filter chooses nothing" not in bugs else None
        return [place for place in places if chosen in (None, place["side"])]

    @app.get("/report", dependencies=[Depends(token)], operation_id="get_report")
    def get_report() -> Status:
        return Status(state="fine", load=1)

    @app.get("/status", operation_id="get_status", response_model=Status)
    def get_status() -> Any:
        if "a status has a name that nobody knows" in bugs:
            return Response('{"state": "fine", "load": "high"}', media_type="application/json")
        return Status(state="fine", load=1)

    return app


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    folder = tmp_path_factory.mktemp("depot")
    (folder / "openapi.json").write_text(json.dumps(depot().openapi()), encoding="utf-8")
    with suite_of(folder / "openapi.json", folder / "out") as made:
        yield made


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DEPOT_KEY", KEY)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def everything(suite: Suite) -> tuple[str, ...]:
    changing = [o.python_path for o in suite.described.api.operations if o.safety != "read"]
    return (
        "--level",
        "destructive",
        "--max-accepted",
        "50",
        *(word for name in changing for word in ("--allow", name)),
    )


@pytest.mark.parametrize("level", ["read", "write", "destructive"])
def test_a_right_one_gives_no_finding(level: str, suite: Suite, tmp_path: Path) -> None:
    options = everything(suite) if level == "destructive" else ("--level", level)

    with served(depot()) as url:
        ran = suite.run(url, *GIVEN, *options, scratch=tmp_path)

    assert ran.findings == [], ran.printed
    assert ran.results["verdict"] == "holds"
    assert "left" not in ran.results


def test_ten_bugs_are_ten_findings(suite: Suite, tmp_path: Path) -> None:
    with served(depot(*BUGS)) as url:
        ran = suite.run(url, *GIVEN, "--level", "write", scratch=tmp_path)

    names = {o.python_path: o.operation_id for o in suite.described.api.operations}
    found = {(finding["check"], names[finding["operation"]]) for finding in ran.results["findings"]}
    assert found == set(BUGS.values()), ran.printed
    assert len(ran.results["findings"]) == len(BUGS), ran.findings


@pytest.mark.parametrize("bug", BUGS)
def test_each_bug_is_found_alone(bug: str, suite: Suite, tmp_path: Path) -> None:
    with served(depot(bug)) as url:
        ran = suite.run(url, *GIVEN, "--level", "write", scratch=tmp_path)

    assert BUGS[bug][0] in ran.checks, ran.printed
