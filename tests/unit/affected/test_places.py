"""Arguments that a program gives by their places are the ones that a change touches, as those by keyword are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from vcsdk.cli.main import main

TEXT = {"type": "string"}
PATH = "/shelves/{shelf}/books/{book}"
HEAD = "from library import Library\nlib = Library('h')\nbooks = lib.shelves.books\n"


def description(colours: list[str], book: dict[str, Any] = TEXT, shelf: str = "shelf") -> str:
    parameters = [
        {"name": shelf, "in": "path", "required": True, "schema": {"type": "string", "enum": colours}},
        {"name": "book", "in": "path", "required": True, "schema": book},
    ]
    node = {"operationId": "read", "parameters": parameters, "responses": {"204": {"description": "Done."}}}
    path = PATH.replace("{shelf}", f"{{{shelf}}}")
    info = {"title": "Library", "version": "1"}
    return json.dumps({"openapi": "3.0.3", "info": info, "paths": {path: {"get": node}}})


OLD = description(["red", "blue"])
NO_BLUE = description(["red"])
NUMBERS = description(["red", "blue"], {"type": "integer"})

PROGRAMS = {
    "a value that is gone": (NO_BLUE, "books.read('blue', 'b')  # !\nbooks.read('red', 'blue')\n"),
    "the same by keyword": (NO_BLUE, "books.read(book='b', shelf='blue')  # !\nbooks.read('red', book='blue')\n"),
    "another type of the second": (NUMBERS, "books.read('red', 'b')  # !\nbooks.read('red', book='b')  # !\n"),
    "in a thread": (
        NO_BLUE,
        "import asyncio\nasyncio.to_thread(books.read, 'blue', 'b')  # !\nasyncio.to_thread(books.read, 'red', 'b')\n",
    ),
    "behind a star nothing has a place": (NO_BLUE, "one = ('red',)\nbooks.read(*one, 'blue')\n"),
    "on several lines": (NO_BLUE, "books.read(\n    'blue',  # !\n    'b',\n)\n"),
    "the target of the client": (NO_BLUE, "Library('blue').shelves.books.read('red', 'b')\n"),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_lines_are_those_that_break(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new, text = PROGRAMS[name]
    (tmp_path / "old").mkdir()
    (tmp_path / "old/library.json").write_text(OLD)
    (tmp_path / "library.json").write_text(new)
    program = tmp_path / "program.py"
    program.write_text(HEAD + text)
    status = main(
        [
            "affected",
            str(tmp_path / "library.json"),
            str(program),
            "--old",
            str(tmp_path / "old/library.json"),
            "--json",
        ]
    )
    found = json.loads(capsys.readouterr().out)
    expected = [n for n, line in enumerate((HEAD + text).splitlines(), 1) if line.endswith("# !")]
    assert [place["line"] for place in found["places"] if place["level"] == "breaking"] == expected
    assert status == (1 if expected else 0)


def test_another_name_in_the_path_breaks_no_call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old/library.json").write_text(OLD)
    (tmp_path / "library.json").write_text(description(["red", "blue"], shelf="rack"))
    program = tmp_path / "program.py"
    program.write_text(f"{HEAD}books.read('red', 'b')\nbooks.read(shelf='red', book='b')\n")
    old = ["--old", str(tmp_path / "old/library.json"), "--json"]
    assert main(["affected", str(tmp_path / "library.json"), str(program), *old]) == 0
    assert json.loads(capsys.readouterr().out)["places"] == []
