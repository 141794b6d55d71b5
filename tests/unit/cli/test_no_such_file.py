"""A file that is not there, or is none, has no first line: it is told by its name alone, whatever command meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Run

MISSING, FOLDER, CIRCLE = "there is no such file", "cannot be read: Is a directory", "cannot be read: Too many levels"
LINES: list[tuple[list[str], str]] = [
    (["generate", "{}", "-o", "out"], "{}"),
    (["lint", "{}"], "{}"),
    (["bundle", "{}", "-o", "out.yaml"], "{}"),
    (["serve", "{}"], "{}"),
    (["init", "{}"], "{}"),
    (["names", "{}"], "{}"),
    (["diff", "{}", "pets.yaml"], "{}"),
    (["diff", "pets.yaml", "{}"], "{}"),
    (["affected", "{}", "program.py"], "{}"),
    (["generate", "pets.yaml", "-o", "out", "--overlay", "{}"], "{}"),
    (["generate", "pets.yaml", "-o", "out", "-c", "{}"], "{}"),
    (["lint", "pets.yaml", "-c", "{}"], "{}"),
    (["diff", "pets.yaml", "pets.yaml", "--ignore", "{}"], "{}"),
]


@pytest.fixture
def place(folder: Path) -> Path:
    (folder / "program.py").write_text("")
    (folder / "place").mkdir()
    (folder / "circle.yaml").symlink_to("circle.yaml")
    return folder


@pytest.mark.parametrize(("name", "said"), [("no.yaml", MISSING), ("place", FOLDER), ("circle.yaml", CIRCLE)])
@pytest.mark.parametrize(("line", "told"), LINES, ids=" ".join)
def test_it_has_no_line(line: list[str], told: str, name: str, said: str, run: Run, place: Path) -> None:
    if name == "place" and line[0] in ("lint", "generate") and "{}" in line[:2]:
        said = ""  # of a folder these read all that is in it
    result = run(*(word.format(name) for word in line))
    assert result.status == 2
    first = next(each for each in result.err.splitlines() if " error: " in each)
    # `diff --ignore` says the system's words for what is not there.
    assert first.startswith((f"{told.format(name)}: error: {said}", f"{name}: error: cannot be read: No such file"))
    assert ":1:1:" not in first
    assert result.out == ""


def test_json_has_no_line_either(run: Run, folder: Path) -> None:
    result = run("lint", "no.yaml", "--json")
    (found,) = json.loads(result.out)["diagnostics"]
    assert (found["file"], found["line"], found["column"]) == ("no.yaml", None, None)


def test_of_two_that_are_not_there_both_are_told(run: Run, folder: Path) -> None:
    result = run("diff", "no.yaml", "none.yaml")
    assert result.status == 2
    assert result.err == (
        f"no.yaml: error: {MISSING} [unreadable-file]\nnone.yaml: error: {MISSING} [unreadable-file]\n\n2 errors.\n"
    )


def test_what_is_wrong_with_either_of_two_is_told(run: Run, folder: Path) -> None:
    result = run("diff", "broken.yaml", "no.yaml")
    assert result.status == 2
    assert "broken.yaml:11:76: warning: `#/components/schemas/Pat` does not exist" in result.err
    assert f"no.yaml: error: {MISSING}" in result.err


def test_an_output_that_cannot_be_is_told_by_its_name(run: Run, place: Path) -> None:
    Path("file").write_text("")
    for words in (["generate", "pets.yaml", "-o", "file"], ["bundle", "pets.yaml", "-o", "file/x.yaml"]):
        result = run(*words)
        assert result.status == 2
        assert ":1:1:" not in result.err
        assert "Traceback" not in result.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["generate", "pets.yaml", "-o", "circle.yaml"], "circle.yaml/pet-store: error: cannot write"),
        (["lint", "pets.yaml", "circle.yaml"], "circle.yaml: error: cannot be read: Too many levels"),
        (["lint", "refers.yaml"], "refers.yaml:5:11: error: there is no file"),
        (["generate", "set.toml", "-o", "out"], "circle.yaml: error: cannot be read: Too many levels"),
        (["check", "circle.yaml"], ""),
    ],
)
def test_links_that_lead_in_a_circle(words: list[str], said: str, run: Run, place: Path) -> None:
    head = 'openapi: 3.0.3\ninfo: {title: x, version: "1"}\npaths:\n'
    Path("refers.yaml").write_text(head + '  /a:\n    $ref: "circle.yaml#/a"\n')
    Path("set.toml").write_text('[api]\ndescriptions = ["pets.yaml", "circle.yaml"]\n')
    result = run(*words)
    assert result.status in (1, 2)
    assert said in result.err
    assert "internal error" not in result.err
