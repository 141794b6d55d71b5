"""A text that is put together of known pieces is the text that is read as a whole."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from vcsdk import cache
from vcsdk.diagnostics import Diagnostics
from vcsdk.load import yaml_bodies, yaml_events, yaml_pieces
from vcsdk.load.read import read
from vcsdk.load.yaml_positions import NodePositions

from .test_yaml_events import ODD, pointers

ROOT = Path(__file__).parents[3]
FRAGMENT = (ROOT / "spec/vcha.yaml").read_text(encoding="utf-8")
NAME = "api.yaml"


@pytest.fixture(autouse=True)
def _small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VCSDK_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(yaml_pieces, "_FROM", 0)
    monkeypatch.setattr(yaml_bodies, "_LONG", 1)
    monkeypatch.setattr(yaml_bodies, "_EVERY", 2)


def remembered(text: str) -> None:
    whole = yaml_events.parse(text)
    assert whole is not None
    yaml_pieces.remember(text, NAME, whole)


def same(text: str) -> yaml_pieces.Pieces | None:
    """What is put together, if anything is, held to what is read."""
    whole = yaml_events.parse(text)
    found = yaml_pieces.recall(text, NAME)
    if found is None:
        return None
    assert whole is not None
    assert repr(found.data) == repr(whole.data)
    slow = NodePositions(whole.nodes)
    for pointer in pointers(whole.data):
        assert found.positions.find(pointer) == slow.find(pointer), pointer
    return found


def test_the_same_text_is_not_read_again() -> None:
    assert yaml_pieces.recall(FRAGMENT, NAME) is None
    remembered(FRAGMENT)
    found = same(FRAGMENT)
    assert found is not None
    assert not found.fresh


def test_only_the_piece_with_a_change_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    remembered(FRAGMENT)
    start, text, _ = [*yaml_pieces._pieces(FRAGMENT, yaml_bodies.bodies(FRAGMENT)[-1])][-2]
    place = start + text.index("description:")
    asked = []
    read = yaml_pieces._read
    monkeypatch.setattr(yaml_pieces, "_read", lambda text, indent: asked.append(text) or read(text, indent))
    column = place - FRAGMENT.rindex("\n", 0, place) - 1
    changed = "".join((FRAGMENT[:place], "deprecated: true\n", " " * column, FRAGMENT[place:]))
    found = same(changed)
    assert found is not None
    assert found.fresh
    assert len(asked) == 1
    assert len(asked[0]) < len(FRAGMENT) / 4
    again = same(changed)
    assert again is not None
    assert not again.fresh


def edits(chosen: random.Random) -> Iterator[str]:
    lines = FRAGMENT.splitlines(keepends=True)
    pieces = [
        "'",
        '"',
        "- x\n",
        "? a\n: b\n",
        "  ? a\n",
        "  : b\n",
        "    : b\n",
        "|\n",
        "# c\n",
        "...\n",
        "---\n",
        "{\n",
    ]
    pieces += [
        "\t",
        "  &a b: c\n",
        "  x: *a\n",
        "  a: !t b\n",
        "paths:\n",
        "  schemas:\n",
        "    A: [\n",
        "  /x: 'a\n",
        "b'\n",
    ]
    pieces += ["  a: |+\n\n\n", "\r", "\u2028", "  200: x\n", "    a: >-\n", "  <<: {}\n", "\n", "    ", "  "]
    for _ in range(400):
        made = [*lines]
        for _ in range(chosen.randint(1, 3)):
            place = chosen.randrange(len(made))
            kind = chosen.randrange(4)
            if kind == 0:
                del made[place : place + chosen.randint(1, 3)]
            elif kind == 1:
                made.insert(place, chosen.choice(pieces))
            elif kind == 2:
                column = chosen.randrange(len(made[place]))
                made[place] = made[place][:column] + chosen.choice(pieces) + made[place][column:]
            else:
                made.insert(place, chosen.choice(lines))
        yield "".join(made)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_edited_nothing_else_is_understood(seed: int) -> None:
    """What is refused as a whole is refused, and what is read is what stands there."""
    remembered(FRAGMENT)
    together = 0
    for text in edits(random.Random(seed)):
        known = cache.read(yaml_pieces._name(NAME))
        assert known is not None
        together += same(text) is not None
        cache.write(yaml_pieces._name(NAME), known)
    assert together > 40


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_what_is_odd_is_not_put_together(text: str) -> None:
    remembered(FRAGMENT)
    assert yaml_pieces.recall(text, NAME) is None
    assert yaml_pieces.recall(FRAGMENT + text, NAME) is None or yaml_events.parse(FRAGMENT + text) is not None


def test_a_status_that_was_no_text_is_still_told() -> None:
    text = FRAGMENT.replace("'200':", "200:").replace('"200":', "200:")
    remembered(text)
    same(text)


def test_another_toolkit_reads_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    remembered(FRAGMENT)
    monkeypatch.setattr(cache, "toolkit", lambda: "edited")
    assert yaml_pieces.recall(FRAGMENT, NAME) is None


@pytest.mark.parametrize("content", [b"", b"\x93\x01\x02", b"\x92\xa1a\x80"])
def test_what_is_kept_and_is_none_of_ours_is_not_taken(content: bytes) -> None:
    cache.write(yaml_pieces._name(NAME), content)
    assert yaml_pieces.recall(FRAGMENT, NAME) is None


def test_a_key_in_two_pieces_is_refused_as_ever(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_text(FRAGMENT, encoding="utf-8")
    assert read(path, NAME, Diagnostics()) is not None
    assert list((tmp_path / "cache").glob("*.pieces"))
    body = yaml_bodies.bodies(FRAGMENT)[-1]
    (_, first, _), *_ = yaml_pieces._pieces(FRAGMENT, body)
    path.write_text(FRAGMENT[: body.end] + first + FRAGMENT[body.end :], encoding="utf-8")
    diagnostics = Diagnostics()
    assert read(path, NAME, diagnostics) is None
    assert {found.rule for found in diagnostics} == {"duplicate-key"}
