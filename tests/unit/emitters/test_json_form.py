"""Models as plain JSON and back: `to_dict`, `to_json`, `from_dict`, `from_json`."""

from __future__ import annotations

import json
import subprocess
import sys
import traceback
from pathlib import Path
from typing import Any

import pytest
from vcsdk.naming.record_text import parse, render
from vcsdk.naming.recording import record_of
from vcsdk.pipeline import read_api

from tests.generated import imported, write_client
from tests.unit.emitters.conftest import Generates, ref, schemas

TEXT, NUMBER, STAMP = {"type": "string"}, {"type": "integer"}, {"type": "string", "format": "date-time"}
PASSWORD = {"type": "string", "format": "password"}
METHODS = ("to_dict", "to_json", "from_dict", "from_json")


def struct(required: list[str] | None = None, *, beside: Any = None, **properties: Any) -> dict[str, Any]:
    more = {} if beside is None else {"additionalProperties": beside}
    return {"type": "object", "properties": properties, "required": required or [], **more}


ALL = {
    "Mode": {"type": "string", "enum": ["ON", "OFF"]},
    "Pair": {"type": "array", "items": struct(["key", "value"], key=TEXT, value=NUMBER)},
    "Lamp": struct(
        ["node-name"],
        **{
            "node-name": TEXT,
            "at": STAMP,
            "mode": ref("Mode"),
            "nothing": {"type": "string", "nullable": True},
            "raw": {"type": "string", "format": "byte"},
            "shade": ref("Shade"),
            "any": {},
            "either": {"oneOf": [ref("Shade"), ref("Labels")]},
            "pairs": ref("Pair"),
        },
    ),
    "Shade": struct(["colour"], colour=TEXT, depth=NUMBER),
    "Labels": struct(["label"], beside=STAMP, label=TEXT),
    "Login": struct(
        ["user"],
        user=TEXT,
        word=PASSWORD,
        words={"type": "array", "items": PASSWORD},
        by_name={"type": "object", "additionalProperties": PASSWORD},
        inner=ref("Vault"),
    ),
    "Vault": struct(beside=PASSWORD, token=PASSWORD),
}

VALUES = [
    ("Lamp", {"node-name": "a"}),
    ("Lamp", {"node-name": "a", "nothing": None, "any": None, "mode": "BLINKING"}),
    ("Lamp", {"node-name": "a", "at": "2024-06-25T08:00:00Z", "raw": "AAE=", "any": {"x": [1, None]}}),
    ("Lamp", {"node-name": "a", "at": "2024-06-25T08:00:00", "shade": {"colour": "red", "depth": 2}}),
    ("Lamp", {"node-name": "a", "at": "2016-12-31T23:59:60Z"}),
    ("Lamp", {"node-name": "a", "either": {"label": "x", "new": "2024-06-25T08:00:00Z"}}),
    ("Lamp", {"node-name": "a", "either": {"colour": "x"}, "pairs": [{"key": "k", "value": 1}]}),
    ("Labels", {"label": "x", "of-tomorrow": "2024-06-25T08:00:00Z"}),
    ("Login", {"user": "u", "word": "hunter2", "words": ["hunter2"], "by_name": {"a": "hunter2"}}),
    ("Login", {"user": "u", "inner": {"token": "hunter2", "more": "hunter2"}}),
]


@pytest.mark.parametrize(("name", "value"), VALUES, ids=str)
def test_what_came_goes_and_comes_back(name: str, value: dict[str, Any], generate: Generates) -> None:
    model = getattr(generate(**schemas(**ALL)).models, name)
    read = model.from_json(json.dumps(value))
    assert read.to_dict(reveal=True) == value
    assert json.loads(read.to_json(reveal=True)) == value
    assert json.loads(read.to_json(reveal=True, indent=2)) == value
    assert read == model.from_dict(value) == model.from_dict(read.to_dict(reveal=True))
    assert read == model.from_json(b"\xef\xbb\xbf" + read.to_json(reveal=True).encode())
    shown = read.to_json() + str(read.to_dict()) + read.to_json(indent=1)
    assert "hunter2" not in shown
    assert ("***" in shown) is ("hunter2" in json.dumps(value))
    assert read.to_dict(reveal=True) == value, "what is shown has changed the value"


def test_what_is_given_as_python_is_written_as_json(generate: Generates) -> None:
    package = generate(**schemas(**ALL))
    models = package.models
    lamp = models.Lamp(node_name="a", mode=models.Mode.ON, raw=b"\x00\x01", shade=models.Shade(colour="red"))
    assert lamp.to_dict() == {"node-name": "a", "mode": "ON", "raw": "AAE=", "shade": {"colour": "red"}}
    login = models.Login(
        user="u", word="hunter2", words=["hunter2", package.Secret("hunter2")], by_name={"a": "hunter2"}
    )
    assert login.to_dict() == {"user": "u", "word": "***", "words": ["***", "***"], "by_name": {"a": "***"}}
    assert login.to_dict(reveal=True)["words"] == ["hunter2", "hunter2"]
    assert login.word == "hunter2"
    with pytest.raises(package.ArgumentError, match=r"Lamp\.any\.x: NaN"):
        models.Lamp(node_name="a", any={"x": float("nan")}).to_json()
    with pytest.raises(package.ArgumentError, match="Lamp: cannot be written"):
        models.Lamp(node_name="a", any=object()).to_dict()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("Lamp", "{", "Lamp: Input data was truncated"),
        ("Lamp", "[]", "Lamp: expected object, got array"),
        ("Lamp", "{}", "Lamp.node-name: required, but missing"),
        ("Lamp", '{"node-name":"a","shade":{"colour":"hunter2","depth":"hunter2"}}', "Lamp.shade.depth: expected int"),
        ("Lamp", '{"node-name":"a","at":"hunter2"}', "Lamp.at: invalid RFC3339"),
        ("Lamp", '{"node-name":"a","either":{"hunter2":1}}', "Lamp.either: expected one of"),
        ("Lamp", b'{"node-name":"hunter2\xff"}', "Lamp: "),
        ("Labels", '{"label":"x","new":"hunter2"}', r"Labels\[\.\.\.\]: invalid RFC3339"),
        ("Login", '{"user":"u","words":["hunter2",5]}', r"Login.words\[1\]: expected str"),
        ("Lamp", '{"node-name":' * 5000, "Lamp: "),
        ("Lamp", None, "Lamp: expected a JSON text"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(name: str, text: Any, said: str, generate: Generates) -> None:
    package = generate(**schemas(**ALL))
    model = getattr(package.models, name)
    with pytest.raises(package.ArgumentError, match=said) as refused:
        model.from_json(text)
    assert "hunter2" not in str(refused.value)
    try:
        value = json.loads(text)
    except (TypeError, ValueError, RecursionError):
        value = text
    with pytest.raises(package.ArgumentError, match=f"^{name}") as again:
        model.from_dict(value)
    for error in (refused.value, again.value):
        shown = traceback.TracebackException.from_exception(error, capture_locals=True)
        # The line of this test has the text, the lines of the package have not.
        frames = [line for frame in shown.stack[1:] for line in (frame.locals or {}).values()]
        assert not [line for line in frames if "hunter2" in line]
        assert error.__context__ is None


@pytest.mark.slow
@pytest.mark.parametrize("beside", [None, {"type": "integer"}], ids=["model", "open model"])
@pytest.mark.parametrize("released", [False, True])
def test_properties_called_like_the_methods(released: bool, beside: Any, tmp_path: Path) -> None:
    path = tmp_path / "thing.json"
    thing = struct(["to_dict"], beside=beside, **dict.fromkeys(METHODS, TEXT))
    below = {"allOf": [ref("Thing"), struct(more=TEXT)]}
    whole = {"openapi": "3.0.3", "info": {"title": "Thing", "version": "1"}, "paths": {}}
    path.write_text(json.dumps({**whole, **schemas(Thing=thing, Below=below)}))
    read = read_api(path)
    if released:
        text = render(record_of(read.api, read.document.original_ids))
        for name in METHODS:
            assert f"{name}_" in text
            text = text.replace(f"{name}_", name)
        read = read_api(path, record=parse(text))
    end = "" if released else "_"
    source = write_client(read.api, read.config, read.document, tmp_path / "out")
    value = {name: f"is {name}" for name in METHODS}
    with imported(source, "thing") as package:
        for model in (package.models.Thing, package.models.Below):
            given = model(**{name + end: text for name, text in value.items()})
            assert [getattr(given, name + end) for name in METHODS] == list(value.values())
            setattr(given, "to_dict" + end, "another")
            assert getattr(given, "to_dict" + end) == "another"
            form = package._runtime.Model.to_dict if beside is None else package._runtime.OpenModel.to_dict
            assert form(given) == {**value, "to_dict": "another"}
            if not released:
                assert model.from_dict(given.to_dict()) == given
    checked = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), "-p", "thing"]
    ran = subprocess.run(checked, cwd=source, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


@pytest.mark.slow
def test_type_checkers_know_what_comes(tmp_path: Path) -> None:
    path = tmp_path / "thing.json"
    whole = {"openapi": "3.0.3", "info": {"title": "Thing", "version": "1"}, "paths": {}, **schemas(**ALL)}
    path.write_text(json.dumps(whole))
    read = read_api(path)
    source = write_client(read.api, read.config, read.document, tmp_path / "out")
    program = """
from typing import Any, assert_type
from thing.models import Labels, Lamp

assert_type(Lamp.from_json(b""), Lamp)
assert_type(Labels.from_dict({}), Labels)
assert_type(Labels.from_json("").to_dict(reveal=True), dict[str, Any])
assert_type(Lamp.from_json("").to_json(indent=2), str)
Lamp.from_json(5)  # type: ignore[arg-type]
"""
    (source / "program.py").write_text(program)
    checked = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), "program.py"]
    ran = subprocess.run(checked, cwd=source, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
