"""What became of the values that an annotation allows."""

from __future__ import annotations

import ast

# A function that takes floats takes integers as well (PEP 484, "The numeric tower").
_WIDER = {("int", "float")}


def annotation_relation(old: str, new: str) -> str:
    """One of "same", "wider" (all of the old and more), "narrower" (only some of them) or "other"."""
    before, after = _members(old), _members(new)
    if before == after:
        return "same"
    if "Any" in after or _within(before, after):
        return "narrower" if "Any" in before else "wider"
    return "narrower" if "Any" in before or _within(after, before) else "other"


def _within(some: set[str], others: set[str]) -> bool:
    return all(each in others or any((each, wide) in _WIDER for wide in others) for each in some)


def _members(annotation: str) -> set[str]:
    """The parts of a union, the values of a `Literal` each on its own."""
    try:
        node: ast.expr = ast.parse(annotation, mode="eval").body
    except SyntaxError:
        return {annotation}
    found: set[str] = set()
    pending = [node]
    while pending:
        each = pending.pop()
        if isinstance(each, ast.BinOp) and isinstance(each.op, ast.BitOr):
            pending += [each.left, each.right]
        elif isinstance(each, ast.Subscript) and isinstance(each.value, ast.Name) and each.value.id == "Literal":
            values = each.slice.elts if isinstance(each.slice, ast.Tuple) else [each.slice]
            found |= {f"Literal[{ast.unparse(value)}]" for value in values}
        else:
            found.add(ast.unparse(each))
    return found
