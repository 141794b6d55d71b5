"""Runs functions that call themselves without the interpreter's stack: descriptions are as deep as they like."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeAlias, TypeVar

T = TypeVar("T")

Calls: TypeAlias = Generator["Calls[Any]", Any, T]
"""A function that yields each call of itself, or of one of its kind, and gets the result: `found = yield f(x)`."""


def unrolled(call: Calls[T]) -> T:
    """What a call comes to; an exception ends all of them."""
    waiting: list[Calls[Any]] = [call]
    result: Any = None
    while waiting:
        try:
            waiting.append(waiting[-1].send(result))
            result = None
        except StopIteration as ended:
            waiting.pop()
            result = ended.value
    found: T = result
    return found
