"""Imports are found wherever a statement can stand."""

from __future__ import annotations

import ast

from vcsdk.affected.places import _statements

PROGRAM = """
import a
def f():
    import b
    async def g():
        async with x: import c
        async for y in z: import d
        else: import e
class K:
    import f
    if x: import g
    elif y: import h
    else: import i
    while x: import j
    else: import k
try: import l
except A: import m
else: import n
finally: import o
try: import p
except* B: import q
match x:
    case 1 if y: import r
    case _: from .s import t
with x: import u
for v in w: import x
"""


def test_no_import_is_missed() -> None:
    tree = ast.parse(PROGRAM)
    every = {node.lineno for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))}
    found = {node.lineno for node in _statements(tree) if isinstance(node, (ast.Import, ast.ImportFrom))}
    assert found == every
    assert len(found) == PROGRAM.count("import ")
