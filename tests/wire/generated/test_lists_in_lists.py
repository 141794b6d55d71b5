"""Lists in lists of Swagger 2.0: each level travels as its own `collectionFormat` says, and is read back so."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import httpx2
import pytest
from vcsdk.diagnostics import InputError
from vcsdk.pipeline import Described, read_api
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.generated import imported, write_client
from tests.suites import suite_of
from tests.wire.generated.calling import both

SUITE = Path("src", "thing_contract")
VALUES = [["a", "b c"], ["d"]]
INTEGER = {"type": "integer"}


def lists(*formats: str | None, items: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A list in a list …, what stands between their values from the outside in."""
    node: dict[str, Any] = items or {"type": "string"}
    for written in reversed(formats):
        node = {"type": "array", "items": node, **({} if written is None else {"collectionFormat": written})}
    return {**node, **more}


def file_of(folder: Path, *parameters: dict[str, Any], consumes: str | None = None, method: str = "post") -> Path:
    path = "/x/{l}" if any(each["in"] == "path" for each in parameters) else "/x"
    answers = {"204": {"description": "Done."}, "400": {"description": "Wrong."}}
    call = {"operationId": "call", "parameters": [*parameters], "responses": answers}
    call |= {"consumes": [consumes]} if consumes else {}
    data = {"swagger": "2.0", "info": {"title": "Thing", "version": "1"}, "paths": {path: {method: call}}}
    (folder / "thing.json").write_text(json.dumps(data))
    return folder / "thing.json"


def described(folder: Path, *parameters: dict[str, Any], **more: Any) -> Described:
    return read_api(file_of(folder, *parameters, **more))


def heard(found: Described, folder: Path, values: Any) -> list[Any]:
    """What a server gets of the values from either client; the simulator takes them, too."""
    source = write_client(found.api, found.config, found.document, folder / "out")
    with imported(source, found.config.package.module) as package:
        seen, _ = both(package, lambda client: client.x.call(l=values))
        with Simulator(found, SimulatorOptions()).running() as url, package.Thing(url) as client:
            assert client.x.call(l=values) is None
    return seen


PLACES = [
    ("path", ("pipes", None), "/x/a,b%20c%7Cd"),
    ("path", ("csv", "pipes"), "/x/a%7Cb%20c,d"),
    ("query", ("multi", "csv"), "/x?l=a,b%20c&l=d"),
    ("query", ("multi", "pipes"), "/x?l=a%7Cb%20c&l=d"),
    ("query", ("pipes", "csv"), "/x?l=a,b%20c%7Cd"),
    ("query", (None, "tsv"), "/x?l=a%09b%20c,d"),
    ("query", ("tsv", None), "/x?l=a,b%20c%09d"),
    ("header", ("pipes", "csv"), "a,b c|d"),
    ("header", ("csv", "tsv"), "a\tb c,d"),
]


@pytest.mark.parametrize(("place", "formats", "sent"), PLACES)
def test_a_parameter_travels_as_each_level_says(place: str, formats: Any, sent: str, tmp_path: Path) -> None:
    word = {"type": "string", "enum": ["a", "b c", "d"]}
    found = described(tmp_path, {"name": "l", "in": place, "required": True, **lists(*formats, items=word)})
    seen = heard(found, tmp_path, VALUES)
    assert [each.headers["l"] if place == "header" else each.target for each in seen] == [sent] * 2


def test_three_levels_travel_apart(tmp_path: Path) -> None:
    found = described(tmp_path, {"name": "l", "in": "query", **lists("pipes", "ssv", "csv", items=INTEGER)})
    seen = heard(found, tmp_path, [[[1, 2], [3]], [[4]]])
    assert [each.target for each in seen] == ["/x?l=1,2%203%7C4"] * 2


@pytest.mark.parametrize(
    ("consumes", "formats", "sent"),
    [
        ("application/x-www-form-urlencoded", ("multi", None), b"l=a,b%20c&l=d"),
        ("application/x-www-form-urlencoded", ("ssv", "pipes"), b"l=1%7C2%203"),
        ("multipart/form-data", ("multi", "tsv"), [b"a\tb c", b"d"]),
        ("multipart/form-data", ("pipes", "csv"), [b"a,b c|d"]),
    ],
)
def test_a_field_of_a_form_does_as_well(consumes: str, formats: Any, sent: Any, tmp_path: Path) -> None:
    numbers = b"1" in sent
    items = INTEGER if numbers else {"type": "string", "enum": ["a", "b c", "d"]}
    found = described(tmp_path, {"name": "l", "in": "formData", **lists(*formats, items=items)}, consumes=consumes)
    seen = heard(found, tmp_path, [[1, 2], [3]] if numbers else VALUES)
    for each in seen:
        parts = [piece.split(b"\r\n\r\n")[1].split(b"\r\n")[0] for piece in each.body.split(b"--")[1:] if b"=" in piece]
        assert (parts if isinstance(sent, list) else each.body) == sent


@pytest.mark.parametrize(
    ("formats", "good", "bad"),
    [
        (("pipes", "csv"), "l=1,2%7C3,4", "l=1,2%7C3,z"),
        (("multi", "csv"), "l=1,2&l=3,4", "l=1,2&l=3"),
        (("multi", "tsv"), "l=1%092", "l=1,2"),
        (("csv", "csv"), "l=1,2,3,4", None),
    ],
)
def test_the_simulator_judges_the_values_of_each_level(
    formats: Any, good: str, bad: str | None, tmp_path: Path
) -> None:
    pairs = {"type": "array", "items": INTEGER, "minItems": 2, "maxItems": 2, "collectionFormat": formats[1]}
    parameter = {"name": "l", "in": "query", "type": "array", "items": pairs, "collectionFormat": formats[0]}
    found = described(tmp_path, parameter, method="get")
    with Simulator(found, SimulatorOptions()).running() as url, httpx2.Client() as http:
        assert http.get(f"{url}/x?{good}").status_code == 204
        assert bad is None or http.get(f"{url}/x?{bad}").status_code == 400


@pytest.mark.parametrize("place", ["path", "query", "header", "formData"])
def test_the_suite_sends_what_the_simulator_takes(place: str, tmp_path: Path) -> None:
    pair = {"type": "array", "items": INTEGER, "minItems": 2}
    parameter = {"name": "l", "in": place, "required": True, **lists("pipes", items=pair, minItems=2)}
    path = file_of(tmp_path, parameter, method="post" if place == "formData" else "get")
    with suite_of(path, tmp_path / "suite") as suite:
        simulator = Simulator(suite.described, SimulatorOptions())
        with simulator.running() as url:
            ran = suite.run(url, "--level", "destructive", scratch=tmp_path)
            if place == "path":  # What a path names may be anything there is not, so that none is asked for as it is.
                (sent,) = set(re.findall(r"'/x/(.+?)'", (suite.folder / SUITE / "test_x.py").read_text()))
                assert httpx2.get(f"{url}/x/{sent}").status_code == 204
        made = "".join(file.read_text() for file in (suite.folder / SUITE).rglob("*.py"))
    assert ran.findings == []
    assert place != "formData" or "l=1%2C1%7C1%2C1" in made
    assert simulator.log.accepted.total() > 0, ran.printed


@pytest.mark.parametrize(
    ("place", "formats"), [("query", (None, None)), ("path", ("pipes", "pipes")), ("formData", ("ssv", "ssv"))]
)
def test_lists_that_cannot_be_told_apart_are_named(place: str, formats: Any, tmp_path: Path) -> None:
    found = described(tmp_path, {"name": "l", "in": place, "required": True, **lists(*formats)})
    (warning,) = [each for each in found.diagnostics if each.level == "warning"]
    assert warning.rule == "parameter-form"
    assert "cannot be told apart" in warning.message
    assert (tmp_path / "thing.json").read_text()[warning.location.column - 1 :].startswith('"items": {"type": "array"')


def test_multi_is_not_for_a_list_in_a_list(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        described(tmp_path, {"name": "l", "in": "query", **lists("pipes", "multi")})
    (error,) = [each for each in caught.value.diagnostics if each.level == "error"]
    assert (error.rule, error.hint) == ("parameter-form", "one of csv, ssv, tsv, pipes")


@pytest.mark.parametrize(
    ("formats", "sent"),
    [(("csv",), "1,1"), (("pipes",), "1|1"), (("pipes", "csv"), "1,1|1,1"), (("ssv", "pipes"), "1|1 1|1")],
)
def test_a_header_of_an_answer_is_written_so(formats: Any, sent: str, tmp_path: Path) -> None:
    path = file_of(tmp_path, method="get")
    data = json.loads(path.read_text())
    header: dict[str, Any] = {"type": "integer", "enum": [1]}
    for written in reversed(formats):
        header = {"type": "array", "items": header, "minItems": 2, "collectionFormat": written}
    answer = {"description": "Moved.", "headers": {"X-L": header}}
    data["paths"]["/x"]["get"]["responses"] = {"303": answer}
    path.write_text(json.dumps(data))
    with Simulator(read_api(path), SimulatorOptions()).running() as url, httpx2.Client() as http:
        assert http.get(f"{url}/x").headers["x-l"] == sent


def test_a_field_that_came_as_json_is_taken_for_what_it_is(tmp_path: Path) -> None:
    field = {"name": "l", "in": "formData", **lists("multi", None, items=INTEGER)}
    found = described(tmp_path, field, consumes="multipart/form-data")
    with Simulator(found, SimulatorOptions()).running() as url, httpx2.Client() as http:
        for text, status in (("[[1],[2]]", 204), ('[["a"]]', 400), ("1,2", 204), ("a", 400)):
            part = {"l": (None, text, "application/json")}
            assert http.post(f"{url}/x", files=part).status_code == status, text
