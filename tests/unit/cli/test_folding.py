"""Lines on a narrow terminal: no word is broken, none lost, and what is piped stays as it is."""

from __future__ import annotations

import io
import os
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vcsdk.cli.folding import fold, say

from tests.docs.screens import fill, screen

_CODES = re.compile(r"\x1b\[[0-9;]*m")


@given(st.text(st.sampled_from("ab é\x1b[1m\n"), max_size=300), st.integers(20, 90))
def test_only_spaces_between_words_become_line_ends(text: str, columns: int) -> None:
    folded = fold(text, columns)
    assert folded.split() == text.split()
    for line in folded.splitlines():
        words = _CODES.sub("", line).split()
        assert len(_CODES.sub("", line)) <= columns or (len(words) == 1 and len(words[0]) > columns)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("short\n", "short\n"),
        ("a line that is too long for it\n", "a line that is too\n    long for it\n"),
        ("  indented line that is long\n", "  indented line that\n      is long\n"),
        ("name      value      reason that is long\n", "name      value\n    reason that is\n    long\n"),
        ("name   value  reason it is\n", "name   value\n    reason it is\n"),
        ("\x1b[36m       \x1b[0m               29 written\n", "\x1b[36m\x1b[0m          29 written\n"),
        ("name   two words  more\n", "name   two words\n    more\n"),
        ("a b " + "x" * 18 + "\n", "a b\n  " + "x" * 18 + "\n"),
        ("x" * 30 + " y\n", "x" * 30 + "\n    y\n"),
        (" 1268 |           uniqueItems: true   # here\n", " 1268 |           uniqueItems: true   # here\n"),
        ("\x1b[2mset in the configuration\x1b[0m\n", "\x1b[2mset in the\n    configuration\x1b[0m\n"),
        ("no end of a line that is long", "no end of a line\n    that is long"),
    ],
)
def test_a_line_goes_on_below_itself(text: str, expected: str) -> None:
    assert fold(text, 20) == expected


def test_what_is_no_terminal_gets_whole_lines() -> None:
    stream = io.StringIO()
    say("word " * 100 + "\n", stream)
    assert stream.getvalue().count("\n") == 1


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there is no pty")
@pytest.mark.parametrize("columns", [40, 60, 120])
@pytest.mark.parametrize("command", ["lint vcha.yaml", "generate vcha.yaml -o out", "diff vcha.yaml newer.yaml"])
def test_no_command_breaks_a_word(command: str, columns: int, tmp_path: Path) -> None:
    fill(tmp_path)
    shown = screen(f"vcsdk {command}", tmp_path, columns).splitlines()[1:]
    assert shown
    for line in (_CODES.sub("", text) for text in shown):
        longest = max(map(len, line.split()), default=0)
        assert len(line) <= columns or longest > columns or re.match(r" *[0-9]* \| ", line), line


@pytest.mark.slow
def test_the_screen_is_the_same_but_for_its_lines(tmp_path: Path) -> None:
    fill(tmp_path)
    narrow, wide = (screen("vcsdk lint vcha.yaml", tmp_path, columns) for columns in (60, 500))
    assert narrow.split() == wide.split()
    assert sys.executable not in wide
