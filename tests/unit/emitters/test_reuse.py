"""Texts that are taken over from an earlier run are those that emitting gives."""

from __future__ import annotations

import copy
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from vcsdk import cache, emitters, parallel
from vcsdk.diagnostics import InputError
from vcsdk.emitters import closed, reuse
from vcsdk.emitters.reuse import KnownTexts
from vcsdk.load import yaml_data
from vcsdk.pipeline import Described, read_api

ROOT = Path(__file__).parents[3]
FRAGMENT = ROOT / "spec/vcha.yaml"
DESCRIPTIONS = [FRAGMENT, *sorted(ROOT.glob("tests/golden/*/input.yaml"))]
# One of each kind of schema is changed, and no more than so many: enough for every kind there is in a description.
_EACH = 12


@pytest.fixture(autouse=True)
def _any_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VCSDK_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(reuse, "_FEW", 0)


def texts_of(described: Described, known: dict[bytes, str]) -> tuple[dict[tuple[str, str], str], KnownTexts]:
    """Every file, with what is known taken over."""
    texts = KnownTexts.of(described.api, described.config, known)
    assert texts is not None
    files, _ = emitters._emit(described, (*emitters.CLIENT, *emitters.BESIDE), texts)
    return {(file.package, str(file.path)): file.content for file in files}, texts


def plain(path: Path) -> dict[str, Any]:
    """A description as YAML 1.2 has it."""
    data: dict[str, Any] = json.loads(json.dumps(yaml_data.parse(path.read_text(encoding="utf-8"))[0]))
    return data


def read(data: Any, folder: Path) -> Described | None:
    path = folder / "api.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    try:
        return read_api(path)
    except InputError:  # a change may well make a description that is refused
        return None


def changes(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The description with something else in one schema, one operation, or as a whole."""
    schemas = data.get("components", {}).get("schemas", {})
    for name in [*schemas][:: max(1, len(schemas) // _EACH)]:
        changed = copy.deepcopy(data)
        schema = changed["components"]["schemas"][name]
        if "enum" in schema:
            schema["enum"].append("PROBED")
        elif "properties" in schema:
            schema["properties"]["probe"] = {"type": "string", "readOnly": True}
            schema["required"] = [*schema.get("required", ()), "probe"]
        else:
            schema["description"] = "Another text."
        yield name, changed
    paths = [(path, method) for path, item in data["paths"].items() for method in item if method in ("get", "post")]
    for path, method in paths[:: max(1, len(paths) // _EACH)]:
        for field, value in (("summary", "Another text."), ("deprecated", True)):
            changed = copy.deepcopy(data)
            changed["paths"][path][method][field] = value
            yield f"{method} {path} {field}", changed
        changed = copy.deepcopy(data)
        del changed["paths"][path][method]
        yield f"without {method} {path}", changed
    changed = copy.deepcopy(data)
    changed["info"]["title"] = "Another"
    yield "title", changed


@pytest.mark.slow
@pytest.mark.parametrize("path", DESCRIPTIONS, ids=lambda path: path.parent.name)
def test_whatever_changes_the_files_are_those_of_a_run_of_its_own(path: Path, tmp_path: Path) -> None:
    data = plain(path)
    before = read(data, tmp_path)
    assert before is not None
    known = texts_of(before, {})[1].used
    tried = 0
    for name, changed in changes(data):
        described = read(changed, tmp_path)
        if described is None:
            continue
        tried += 1
        assert texts_of(described, known)[0] == texts_of(described, {})[0], name
    assert tried


def test_what_does_not_depend_on_a_change_is_taken_over(tmp_path: Path) -> None:
    data = plain(FRAGMENT)
    before = read(data, tmp_path)
    assert before is not None
    first = texts_of(before, {})[1]
    assert texts_of(before, first.used)[1].used == first.used
    enums = [schema for schema in data["components"]["schemas"].values() if "enum" in schema]
    enums[-1]["enum"].append("PROBED")
    after = read(data, tmp_path)
    assert after is not None
    second = texts_of(after, first.used)[1]
    assert second.likely
    assert len(second.used.keys() & first.used.keys()) > 10
    assert second.used.keys() - first.used.keys()


def test_a_change_far_below_is_a_change() -> None:
    """Through schemas that lead to themselves, too."""
    leads = {"op": ["a"], "a": ["b"], "b": ["c", "a"], "c": ["d"], "d": ["d"], "e": []}
    circles = closed._circles(leads)
    assert sorted(map(sorted, circles)) == [["a", "b"], ["c"], ["d"], ["e"], ["op"]]
    order = {key: place for place, circle in enumerate(circles) for key in circle}
    assert order["d"] < order["c"] < order["a"] < order["op"]


@pytest.mark.parametrize("another", ["toolkit", "configuration"])
def test_another_toolkit_or_configuration_takes_nothing_over(monkeypatch: pytest.MonkeyPatch, another: str) -> None:
    described = read_api(FRAGMENT)
    known = texts_of(described, {})[1].used
    if another == "toolkit":
        monkeypatch.setattr(cache, "toolkit", lambda: "edited")
    else:
        changed = msgspec.structs.replace(described.config, strip=("elsewhere",))
        configuration = msgspec.structs.replace(described.configuration, config=changed)
        described = msgspec.structs.replace(described, configuration=configuration)
    assert not texts_of(described, known)[1].used.keys() & known.keys()


def test_a_default_of_missing_is_not_a_default_that_is_missing() -> None:
    """What is told apart by its class alone must be told apart encoded."""
    from vcsdk.ir import MISSING

    assert reuse._encode(MISSING) != reuse._encode("missing")


@pytest.mark.parametrize("awkward", [{"Ä": {"type": "string"}}, {"A": {"type": "integer", "default": 10**40}}])
def test_what_cannot_be_told_apart_is_emitted_anew(tmp_path: Path, awkward: dict[str, Any]) -> None:
    data = plain(FRAGMENT)
    data["components"]["schemas"] |= {"Probe": {"type": "object", "properties": awkward}, **awkward}
    described = read(data, tmp_path)
    assert described is not None
    if KnownTexts.of(described.api, described.config, {}) is not None:
        pytest.skip("this one can be")
    assert emitters.emit_all(described)
    assert not [*(tmp_path / "cache").glob("*.texts")]


def files(described: Described) -> list[tuple[str, str, str]]:
    return [(file.package, str(file.path), file.content) for file in emitters.emit_all(described)]


def damaged(place: Path) -> None:
    place.write_bytes(place.read_bytes()[:-10])


def foreign(place: Path) -> None:
    place.unlink()
    cache.write(place.name, b"\x93\x01\x02\x03")


def absent(place: Path) -> None:
    place.unlink()


@pytest.mark.parametrize("harm", [damaged, foreign, absent])
def test_without_what_was_kept_the_files_are_the_same(tmp_path: Path, harm) -> None:
    described = read_api(FRAGMENT)
    first = files(described)
    (place,) = (tmp_path / "cache").glob("*.texts")
    assert files(described) == first
    harm(place)
    assert files(described) == first
    assert cache.read(place.name)


def test_a_second_run_makes_nothing_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    described = read_api(FRAGMENT)
    first = files(described)
    monkeypatch.setattr(parallel, "worthwhile", lambda _: False)
    asked = []
    text = KnownTexts.text

    def told(self: KnownTexts, what: str, roots: Any, make: Any, *others: object) -> str:
        return text(self, what, roots, lambda: asked.append(what) or make(), *others)

    monkeypatch.setattr(KnownTexts, "text", told)
    assert files(described) == first
    assert asked == []


def test_kept_texts_hold_what_is_emitted_and_no_more(tmp_path: Path) -> None:
    described = read_api(FRAGMENT)
    whole = "".join(content for _, _, content in files(described))
    (place,) = (tmp_path / "cache").glob("*.texts")
    known = reuse.recall(place.stem)
    assert known
    assert all(text in whole for text in known.values())


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
@pytest.mark.slow
def test_runs_at_the_same_time_share_the_folder(tmp_path: Path) -> None:
    described = read_api(FRAGMENT)
    first = files(described)
    (place,) = (tmp_path / "cache").glob("*.texts")
    children = []
    for number in range(4):
        child = os.fork()
        if child == 0:
            status = 1
            try:
                for _ in range(3):
                    if number % 2:
                        place.unlink(missing_ok=True)
                    if files(described) != first:
                        break
                else:
                    status = 0
            finally:
                os._exit(status)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * 4
    assert files(described) == first
    assert {path.suffix for path in (tmp_path / "cache").iterdir() if path.is_file()} == {".texts"}


def lamps(sent: str, far: str = "string") -> dict[str, Any]:
    """Lamps that know their rooms, and rooms that know their lamps; `sent` is what a request holds."""

    def body(name: str) -> dict[str, Any]:
        return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}

    lamp = {"id": {"type": "string", "readOnly": True}, "room": {"$ref": "#/components/schemas/Room"}}
    room = {"far": {"type": far}, "lamp": {"$ref": "#/components/schemas/Lamp"}}
    answer = {"200": {"description": "Done.", "content": body("Lamp")}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Lamps", "version": "1"},
        "paths": {
            "/lamp": {
                "get": {"operationId": "getLamp", "responses": answer},
                "post": {
                    "operationId": "setLamp",
                    "requestBody": {"content": body(sent), "required": True},
                    "responses": answer,
                },
            }
        },
        "components": {
            "schemas": {
                "Lamp": {"type": "object", "required": ["id"], "properties": lamp},
                "Room": {"type": "object", "properties": room},
                "Other": {"type": "object", "properties": {"name": {"type": "string"}}},
            }
        },
    }


@pytest.mark.parametrize("changed", [lamps("Lamp"), lamps("Other", far="integer")], ids=["sent", "in a circle"])
def test_what_a_schema_is_used_for_and_what_leads_to_itself_counts(tmp_path: Path, changed: dict[str, Any]) -> None:
    before, after = read(lamps("Other"), tmp_path), read(changed, tmp_path)
    assert before is not None
    assert after is not None
    known = texts_of(before, {})[1].used
    assert texts_of(after, known)[0] == texts_of(after, {})[0]
    key = "#/components/schemas/Lamp"
    assert reuse._digests(before.api)[key] != reuse._digests(after.api)[key]


def test_whatever_else_decides_a_text_is_compared() -> None:
    described = read_api(FRAGMENT)
    texts = KnownTexts.of(described.api, described.config, {})
    assert texts is not None
    texts.text("a", (), lambda: "one", 1)
    again = KnownTexts.of(described.api, described.config, texts.used)
    assert again is not None
    assert again.text("a", (), lambda: "two", 1) == "one"
    assert again.text("a", (), lambda: "two", 2) == "two"
    assert again.text("b", (), lambda: "two", 1) == "two"
    assert again.text("a", described.api.operations[:1], lambda: "two", 1) == "two"


def test_what_no_value_fits_is_known_in_the_next_run_too(tmp_path: Path) -> None:
    data = plain(FRAGMENT)
    body = {"content": {"application/json": {"schema": {"allOf": [{"const": 1}, {"const": 2}]}}}, "required": True}
    data["paths"]["/two words"] = {
        "put": {"operationId": "put two", "requestBody": body, "responses": {"204": {"description": "Done."}}}
    }
    described = read({**data, "openapi": "3.1.0"}, tmp_path)
    assert described is not None

    made: list[tuple[str, ...]] = []
    for _ in range(2):
        files = emitters.emit_all(described)
        made.append(tuple(key for file in files for key in file.unsent))

    assert made == [("#/paths/~1two words/put",)] * 2
