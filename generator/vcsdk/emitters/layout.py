"""Lays out a call as ruff does, for examples in pages that nothing formats later."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

_WIDTH = 88
"""Of a line, ruff's own default."""
_STEP = 4


def flat(call: str) -> str:
    """A call on one line, its texts in double quotes where that needs no more escapes."""
    if '"' not in call and "\\" not in call:
        return call.replace("'", '"')
    return _flat(ast.parse(call, mode="eval").body, call.encode())


def laid_out(before: str, call: str) -> str:
    """A call behind something, on several lines where one is too long: each argument has its own then."""
    line = flat(call)
    if len(before) + len(line) <= _WIDTH:
        return before + line
    node, source = ast.parse(call, mode="eval").body, call.encode()
    laid = _laid_out(node, source, len(before), 0)
    opening = laid.partition("\n")[0]
    if before and len(before) + len(opening) > _WIDTH:
        within = f"{' ' * _STEP}{_laid_out(node, source, _STEP, _STEP)}"
        if all(len(line) <= _WIDTH for line in within.splitlines()):
            return f"{before}(\n{within}\n)"
    return before + laid


def imported(module: str, names: Sequence[str]) -> str:
    """An import of names, on several lines where one is too long."""
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= _WIDTH:
        return line
    return "\n".join([f"from {module} import (", *(f"{' ' * _STEP}{name}," for name in names), ")"])


def _laid_out(node: ast.expr, source: bytes, used: int, indent: int) -> str:
    text = _flat(node, source)
    if used + len(text) <= _WIDTH:
        return text
    head, tail, parts = _parts(node, source)
    if not parts:
        return text
    inner, lines = indent + _STEP, []
    for label, part in parts:
        # The comma behind it counts.
        laid = _laid_out(part, source, inner + len(label) + 1, inner)
        lines.append(f"{' ' * inner}{label}{laid},")
    return "\n".join([head, *lines, f"{' ' * indent}{tail}"])


def _flat(node: ast.expr, source: bytes) -> str:
    head, tail, parts = _parts(node, source)
    return f"{head}{', '.join(f'{label}{_flat(part, source)}' for label, part in parts)}{tail}"


def _parts(node: ast.expr, source: bytes) -> tuple[str, str, list[tuple[str, ast.expr]]]:
    """What opens and closes an expression, and what is between, each with its name."""
    match node:
        case ast.Call(func, args, keywords):
            named = [(f"{keyword.arg}=", keyword.value) for keyword in keywords]
            return f"{_written(func, source)}(", ")", [*(("", each) for each in args), *named]
        case ast.List(elts):
            return "[", "]", [("", each) for each in elts]
        case ast.Dict():
            return "{", "}", [*_pairs(node, source)]
    return _written(node, source), "", []


def _pairs(node: ast.Dict, source: bytes) -> Iterator[tuple[str, ast.expr]]:
    for key, value in zip(node.keys, node.values, strict=True):
        yield (f"{_flat(key, source)}: " if key is not None else "**"), value


def _written(node: ast.expr, source: bytes) -> str:
    # `ast.get_source_segment` would look for lines in it each time.
    text = source[node.col_offset : node.end_col_offset].decode()
    if text.startswith("'") and '"' not in text:
        return '"' + text[1:-1].replace("\\'", "'") + '"'
    return text
