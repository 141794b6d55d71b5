"""Streams taken apart: a value is given as soon as it is whole, not when the next one begins."""

from __future__ import annotations

import pytest
from vcsdk.copied.runtime.records import EventParser, SequenceParser


@pytest.mark.parametrize(
    ("pieces", "given"),
    [
        ([b'\x1e{"a":1}\n'], [[b'{"a":1}']]),
        ([b'\x1e{"a":', b"1}\n"], [[], [b'{"a":1}']]),
        ([b"\x1e[\n", b"1\n", b"]\n", b"\x1e2\n"], [[], [], [b"[\n1\n]"], [b"2"]]),
        ([b"\x1e12", b"3\x1e4"], [[], [b"123"]]),
        ([b'\x1e"a\n', b'b"\n\x1e5\n'], [[], [b'"a\nb"', b"5"]]),
    ],
)
def test_a_text_of_a_sequence_ends_with_its_line(pieces: list[bytes], given: list[list[bytes]]) -> None:
    parser = SequenceParser()
    assert [list(parser.feed(piece)) for piece in pieces] == given


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        *(("1500", 1.5), ("0", 0.0), ("000", 0.0), ("0000000000001500", 1.5), ("60000", 60.0), ("60001", 60.0)),
        *(("9" * 5000, 60.0), ("-5", None), ("1.5", None), ("\u0663", None), ("", None), ("1e3", None)),
    ],
)
def test_a_server_asks_for_no_more_than_a_minute_before_it_is_asked_again(said: str, seconds: float | None) -> None:
    parser = EventParser()
    assert list(parser.feed(f"retry: {said}\ndata: 1\n\n".encode())) != []
    assert parser.pause == seconds
