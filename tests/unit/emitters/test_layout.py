"""Examples stand in pages as ruff would lay them out."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import ruff
from vcsdk.emitters.layout import flat, imported, laid_out

LONG = "a-rather-long-text-that-fills-a-line"
CALLS = [
    "client.a()",
    "client.a(b='x', c=1, d=[1, 2], e={})",
    f"client.a(b='{LONG}', c='{LONG}', d='{LONG}')",
    f"client.a(b=M(c='{LONG}', d=[N(e='{LONG}', f='{LONG}'), N(e='x')]), g={{'k': '{LONG}', 'l': M()}})",
    f"client.a(b=['{LONG}', '{LONG}', '{LONG}', '{LONG}'], c=datetime.now(UTC), d=time(8, 0, tzinfo=UTC))",
    f"client.a(b={{'key': {{'inner': ['{LONG}', '{LONG}', '{LONG}']}}}}, c=b\"...\", d=...)",
    "client.a(b='it\\'s', c='say \"x\"', d='\\n\\\\', e=E.MEMBER, f=None, g=-1.5, h='ü\\u2028')",
    f"client.{'far.' * 25}call(b='{'x' * 100}')",
    f"client.a(bcdefghijklmnop=Abcdefghijklmnop(qrstuvw='{'x' * 43}'))",
    *(f"client.{'far.' * 16}{'x' * length}(b=1, c={'y' * 70!r})" for length in range(1, 12)),
    *(f"client.{'far.' * 18}{'x' * 4}(b=1, c={'y' * length!r})" for length in range(60, 80)),
    *(f"client.a(b='{'x' * length}')" for length in range(60, 75)),
    *(f"client.a(c=M(b='{'x' * length}'), d=1)" for length in range(50, 75)),
]


def formatted(source: str, folder: Path) -> str:
    place = folder / "example.py"
    place.write_text(source, encoding="utf-8")
    command = [ruff.find_ruff_bin(), "format", "--isolated", "--no-cache", place]
    subprocess.run(command, check=True, capture_output=True)
    return place.read_text(encoding="utf-8")


@pytest.mark.parametrize("before", ["", "task = ", "answer = "])
def test_ruff_finds_nothing_to_change(before: str, tmp_path: Path) -> None:
    laid = "\n".join(laid_out(before, call) for call in CALLS) + "\n"
    assert laid == formatted(laid, tmp_path)


def test_on_one_line_texts_are_quoted_as_ruff_does() -> None:
    assert flat("a(b='x', c='it\\'s', d='say \"x\"')") == """a(b="x", c="it's", d='say "x"')"""


@pytest.mark.parametrize("count", range(1, 8))
def test_imports_too(count: int, tmp_path: Path) -> None:
    line = imported("package.models", [f"AClassWithAName{n}" for n in range(count)]) + "\n"
    assert line == formatted(line, tmp_path)
