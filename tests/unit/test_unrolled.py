"""Functions that call themselves as deep as they like."""

from __future__ import annotations

import sys

import pytest
from vcsdk.unrolled import Calls, unrolled


def depth(node: object) -> Calls[int]:
    if not isinstance(node, list):
        return 0
    found = 0
    for each in node:
        below = yield depth(each)
        found = max(found, below + 1)
    return found


def test_the_interpreters_limit_is_none() -> None:
    node: object = "leaf"
    levels = 20 * sys.getrecursionlimit()
    for _ in range(levels):
        node = [node, "leaf"]

    assert unrolled(depth(node)) == levels
    assert unrolled(depth("leaf")) == 0
    while isinstance(node, list):
        # What is taken apart at once is taken apart on the stack of the interpreter.
        node = node.pop(0)


def test_an_exception_reaches_the_caller() -> None:
    def failing(count: int) -> Calls[int]:
        if not count:
            raise KeyError("bottom")
        return (yield failing(count - 1))

    with pytest.raises(KeyError, match="bottom"):
        unrolled(failing(5))
