"""Lists of Swagger 2.0, in forms and elsewhere: `collectionFormat` on the wire, and what the simulator reads of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from vcsdk.diagnostics import InputError
from vcsdk.pipeline import Described, read_api
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.generated import imported, write_client
from tests.wire.generated.calling import both

URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
LIST = {"type": "array", "items": {"type": "string", "enum": ["a", "b c", "d"]}}


def described(folder: Path, fields: list[dict[str, Any]], consumes: str) -> Described:
    post = {"consumes": [consumes], "parameters": fields, "responses": {"204": {"description": "Done."}}}
    data = {"swagger": "2.0", "info": {"title": "Thing", "version": "1"}, "paths": {"/x": {"post": post}}}
    path = folder / "thing.json"
    path.write_text(json.dumps(data))
    return read_api(path)


def form_field(written: str | None = None, **more: Any) -> dict[str, Any]:
    shape = {**LIST, **more} if written is None else {**LIST, "collectionFormat": written, **more}
    return {"name": "l", "in": "formData", **shape}


@pytest.mark.parametrize(
    ("written", "sent", "part"),
    [
        (None, b"l=a,d", b"a,d"),
        ("csv", b"l=a,d", b"a,d"),
        ("ssv", b"l=a%20d", b"a d"),
        ("tsv", b"l=a%09d", b"a\td"),
        ("pipes", b"l=a%7Cd", b"a|d"),
        ("multi", b"l=a&l=d", b""),
    ],
)
@pytest.mark.parametrize("consumes", [URLENCODED, MULTIPART])
def test_lists_travel_as_it_says(written: str | None, sent: bytes, part: bytes, consumes: str, tmp_path: Path) -> None:
    found = described(tmp_path, [form_field(written), {"name": "t", "in": "formData", "type": "string"}], consumes)
    source = write_client(found.api, found.config, found.document, tmp_path / "out")
    with imported(source, found.config.package.module) as package:
        seen, _ = both(package, lambda client: client.x.post_x(l=["a", "d"]))
        with Simulator(found, SimulatorOptions()).running() as url, package.Thing(url) as client:
            assert client.x.post_x(l=["a", "d"], t="u") is None
    for each in seen:
        if consumes == URLENCODED:
            assert each.body == sent
        else:
            parts = [
                piece.split(b"\r\n\r\n")[1].split(b"\r\n")[0]
                for piece in each.body.split(b"--")[1:]
                if b"name=" in piece
            ]
            assert parts == ([part] if part else [b"a", b"d"])


@pytest.mark.parametrize(
    ("written", "body"), [("csv", b"l=a,z"), ("ssv", b"l=a%20z"), ("tsv", b"l=a%09z"), ("pipes", b"l=z%7Ca")]
)
def test_the_simulator_judges_each_value(written: str, body: bytes, tmp_path: Path) -> None:
    found = described(tmp_path, [form_field(written, maxItems=2)], URLENCODED)
    with Simulator(found, SimulatorOptions()).running() as url, httpx2.Client() as http:
        headers = {"Content-Type": URLENCODED}
        assert http.post(f"{url}/x", content=body, headers=headers).status_code == 400
        assert http.post(f"{url}/x", content=body.replace(b"z", b"d"), headers=headers).status_code == 204


PLACES = {
    "path": {"csv": "/x/a,b%20c", "ssv": "/x/a%20d", "tsv": "/x/a%09b%20c", "pipes": "/x/a%7Cb%20c"},
    "query": {"csv": "/x?l=a,b%20c", "ssv": "/x?l=a%20d", "tsv": "/x?l=a%09b%20c", "pipes": "/x?l=a%7Cb%20c"},
    "header": {"csv": "a,b c", "ssv": "a d", "tsv": "a\tb c", "pipes": "a|b c"},
}


def with_parameter(folder: Path, place: str, written: str) -> Path:
    parameter = {"name": "l", "in": place, "required": True, "collectionFormat": written, **LIST}
    get = {"operationId": "call", "parameters": [parameter], "responses": {"204": {"description": "Done."}}}
    path = "/x/{l}" if place == "path" else "/x"
    data = {"swagger": "2.0", "info": {"title": "Thing", "version": "1"}, "paths": {path: {"get": get}}}
    (folder / "thing.json").write_text(json.dumps(data))
    return folder / "thing.json"


@pytest.mark.parametrize("written", ["csv", "ssv", "tsv", "pipes"])
@pytest.mark.parametrize("place", PLACES)
def test_parameters_travel_as_it_says(place: str, written: str, tmp_path: Path) -> None:
    values = ["a", "d" if written == "ssv" else "b c"]
    found = read_api(with_parameter(tmp_path, place, written))
    source = write_client(found.api, found.config, found.document, tmp_path / "out")
    with imported(source, found.config.package.module) as package:
        seen, _ = both(package, lambda client: client.x.call(l=values))
        with Simulator(found, SimulatorOptions()).running() as url, package.Thing(url) as client:
            assert client.x.call(l=values) is None
    expected = PLACES[place][written]
    assert [each.headers["l"] if place == "header" else each.target for each in seen] == [expected] * 2


@pytest.mark.parametrize("place", ["path", "header"])
def test_multi_is_for_queries_and_forms(place: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_api(with_parameter(tmp_path, place, "multi"))
    (error,) = [each for each in caught.value.diagnostics if each.level == "error"]
    assert (error.rule, error.hint) == ("parameter-form", "one of csv, ssv, tsv, pipes")


def test_a_word_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        described(tmp_path, [form_field("tabs")], URLENCODED)
    (error,) = [each for each in caught.value.diagnostics if each.level == "error"]
    assert (error.rule, error.location.line) == ("parameter-form", 1)
    assert "`tabs` is no `collectionFormat`" in error.message
