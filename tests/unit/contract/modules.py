"""What an emitted test module sends, read by running its decorators and nothing else of it."""

from __future__ import annotations

import ast
from typing import Any

from vcsdk.copied.suite.bodies import MISSING, with_bodies, with_malformed_bodies
from vcsdk.copied.suite.target import ABSENT

DECORATORS = {"with_bodies": with_bodies, "with_malformed_bodies": with_malformed_bodies}
ACCEPTED, REFUSED = "test_it_answers_as_documented", "test_a_malformed_body_is_refused"


def bodies(module: str, class_name: str, function: str) -> dict[str, Any]:
    """The bodies of one test by the ids of its cases."""
    tree = ast.parse(module)
    (found,) = (node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == class_name)
    scope: dict[str, Any] = {"ABSENT": ABSENT, "MISSING": MISSING, **DECORATORS}
    for node in found.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            scope[node.target.id] = ast.literal_eval(node.value)
        if isinstance(node, ast.FunctionDef) and node.name == function:
            return cases(next(mark for mark in (run(each, scope) for each in node.decorator_list) if mark))
    raise LookupError(function)


def run(decorator: ast.expr, scope: dict[str, Any]) -> Any:
    """The mark that one of our decorators makes; None for another decorator."""
    if not isinstance(decorator, ast.Call) or not isinstance(decorator.func, ast.Name):
        return None
    return eval(compile(ast.Expression(decorator), "decorator", "eval"), scope)


def cases(mark: Any) -> dict[str, Any]:
    """The values that a mark of one of the decorators gives to a test, by their ids."""
    name, parameters = mark.mark.args
    assert name == "body"
    found = {parameter.id: parameter.values[0] for parameter in parameters}
    assert len(found) == len(parameters)
    return found
