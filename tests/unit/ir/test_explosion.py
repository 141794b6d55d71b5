"""Patterns that can hold an interpreter for ever are told from those that cannot; Python itself is the judge."""

from __future__ import annotations

import multiprocessing
import random
import re
import time

import pytest
from vcsdk.ir.explosion import explodes
from vcsdk.ir.patterns import sample

EXPLOSIVE = {
    r"^(a+)+$": "a",
    r"^(a*)*$": "a",
    r"(a|a)*$": "a",
    r"^(a|aa)+$": "a",
    r"^(a|ab|b)*$": "ab",
    r"^(\w+\s?)*$": "a",
    r"^(([a-z])+.)+[A-Z]([a-z])+$": "a",
    r"(a*b*)*c": "a",
    r"^([a-zA-Z0-9]+)*@": "a",
    r"(x+x+)+y": "x",
    r"^(?=a)(a+)+$": "a",
    r"(?=(a+)+$)": "a",
    r"^(.*)*;$": "a",
    r"^(a+){30}$": "a",
    r"^(a{1,3}){20}$": "a",
    r"^(a?){60}$": "a",
    r"^((a*)?b)*$": "b",
    r"^(a*|b*)*$": "a",
    r"^(\s*\w*\s*)*$": "a",
    r"^([^,]*,?)*;$": "a",
    r"(?i)^(A|aA)+$": "a",
    r"^(a+?)+?$": "a",
    r"^(é|[à-ü]é?)+$": "é",
}
HARMLESS = (
    r"",
    r"^a+$",
    r"(a+)+",
    r"^(ab)+$",
    r"^(ab?)*$",
    r"^(a|b)*$",
    r"^a*a*$",
    r"^.{1,255}$",
    r"^[^/]+(/[^/]+)*$",
    r"^[a-z]{1,63}(\.[a-z]{1,63})*$",
    r"^[a-z0-9]+(-[a-z0-9]+)*$",
    r"^(\d{1,3}\.){3}\d{1,3}$",
    r"^(?:(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)\.){3}(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)$",
    r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
    r"^([0-9A-Fa-f]{2}[:-]){5}([0-9A-Fa-f]{2})$",
    r"^([0-9a-f]{32},?)*$",
    r"^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
    r"^(([a-zA-Z]|[a-zA-Z][a-zA-Z0-9\-]*[a-zA-Z0-9])\.)*([A-Za-z]|[A-Za-z][A-Za-z0-9\-]*[A-Za-z0-9])$",
    r"^(?!-)[a-z0-9-]{1,63}(?<!-)$",
    r"^\w+@\w+\.\w+$",
    r"^(a?){3}$",
    r"(",
    r"\p{Lu}",
)


def _search(pattern: str, text: str) -> None:
    re.search(pattern, text)


def _is_quick(pattern: str, text: str, seconds: float) -> bool:
    process = multiprocessing.get_context("fork").Process(target=_search, args=(pattern, text))
    process.start()
    process.join(seconds)
    is_quick = not process.is_alive()
    process.kill()
    process.join()
    return is_quick


@pytest.mark.slow
@pytest.mark.parametrize("pattern", EXPLOSIVE)
def test_what_explodes_is_named(pattern: str) -> None:
    assert explodes(pattern)
    assert not _is_quick(pattern, EXPLOSIVE[pattern] * 60 + "!", 0.3), "Python is quick at it"


@pytest.mark.parametrize("pattern", HARMLESS)
def test_what_does_not_is_checked(pattern: str) -> None:
    assert not explodes(pattern)


def test_telling_takes_a_bounded_time() -> None:
    began = time.monotonic()
    for pattern in (
        "(" * 90 + "a" + "+)" * 90,
        "(a|b|c){0,5}" * 300,
        "[a-z]*" * 300,
        "(.*,)*" * 200 + "$",
        "(((a{5}){5}){5}){5}",
    ):
        explodes(pattern)
    assert time.monotonic() - began < 10


def test_random_patterns_that_are_called_harmless_are_quick() -> None:
    chosen = random.Random(7)

    def part(depth: int) -> str:
        kind = chosen.randrange(6 if depth else 2)
        if kind < 2:
            return chosen.choice(("a", "b", "[ab]", "."))
        if kind == 2:
            return part(depth - 1) + part(depth - 1)
        if kind == 3:
            return f"(?:{part(depth - 1)}|{part(depth - 1)})"
        return f"(?:{part(depth - 1)}){chosen.choice(('*', '+', '?', '{2}'))}"

    tried = 0
    for _ in range(400):
        pattern = f"^{part(4)}$"
        if explodes(pattern):
            continue
        tried += 1
        for text in ("a" * 26 + "!", "ab" * 13 + "!", "aab" * 9 + "!"):
            began = time.process_time()
            re.search(pattern, text)
            assert time.process_time() - began < 1, pattern
    assert tried > 100


def test_a_text_is_found_for_a_pattern_that_explodes() -> None:
    assert re.search("^(a+)+$", sample("^(a+)+$") or "")
    began = time.monotonic()
    sample(r"^(a+)+(?!b)c(?<=d)$", shortest=30)
    assert time.monotonic() - began < 5
