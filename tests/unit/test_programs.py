"""The list of programs is whole, and each of them runs where the list says, in each form that it says."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.e2e.programs import PROGRAMS, Program

TESTS = Path(__file__).parents[1]
BOTH = {"kind", "ask", "asynchronous"}
"""Arguments of tests that run once for each of the two clients."""


def function(place: str) -> tuple[ast.FunctionDef, ast.Module]:
    file, _, name = place.partition("::")
    module = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    return next(n for n in module.body if isinstance(n, ast.FunctionDef) and n.name == name), module


def names(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def is_asynchronous(place: str) -> bool:
    """Whether it uses the asynchronous client: by itself, in a function of its module, or by the fixture it takes."""
    found, module = function(place)
    helpers = {n.name: n for n in module.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)}
    reached, rest = set(), [found]
    while rest:
        node = rest.pop()
        if any(isinstance(n, ast.AsyncFunctionDef | ast.AsyncWith | ast.Await) for n in ast.walk(node)):
            return True
        new = (names(node) & helpers.keys()) - reached
        reached |= new
        rest += [helpers[name] for name in new]
    taken = {argument.arg for argument in found.args.args}
    return bool(BOTH & taken) or "both" in names(found) or "async with" in ast.unparse(module)


def test_none_is_missing() -> None:
    assert [program.number for program in PROGRAMS] == list(range(1, 16))
    assert len({program.what for program in PROGRAMS}) == 15


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.what)
def test_each_runs_where_the_list_says(program: Program) -> None:
    assert program.tests
    for place in program.tests:
        found, _ = function(place)
        assert found.name.startswith("test_")
        assert not any("skip" in ast.unparse(decorator) for decorator in found.decorator_list)
    if "async" in program.forms:
        assert any(map(is_asynchronous, program.tests))
