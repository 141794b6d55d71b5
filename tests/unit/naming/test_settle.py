from __future__ import annotations

import random

from vcsdk.naming.settle import Wish, settle

TWINS = [
    Wish("a", "VapiStdErrorsError", "vapi.std.errors.error"),
    Wish("b", "VapiStdErrorsError", "VapiStdErrorsError"),
    Wish("c", "Other", "Other"),
]


def test_who_is_spelled_like_the_name_keeps_it() -> None:
    settled = settle(TWINS)
    assert settled.names == {"a": "VapiStdErrorsError2", "b": "VapiStdErrorsError", "c": "Other"}
    assert settled.renamed == [("a", "b", "VapiStdErrorsError2")]


def test_the_order_of_wishes_does_not_matter() -> None:
    wishes = [Wish(str(i), name, f"w{i}") for i, name in enumerate(["A", "A", "B", "B", "B", "A2", "A3"])]
    expected = settle(wishes).names
    for seed in range(20):
        random.Random(seed).shuffle(wishes)
        assert settle(wishes).names == expected


def test_a_number_never_takes_another_symbols_name() -> None:
    names = settle([Wish("a", "Ab", "x"), Wish("b", "Ab", "y"), Wish("c", "Ab2", "Ab2")]).names
    assert names == {"a": "Ab", "b": "Ab3", "c": "Ab2"}


def test_nobody_gets_a_reserved_name() -> None:
    assert settle([Wish("a", "Task", "Task")], {"Task": "TaskModel"}).names == {"a": "TaskModel"}
    assert settle([Wish("a", "timeout", "timeout")], ("timeout",)).names == {"a": "timeout_"}
