"""What is asked of the expressions around by what is worked out of one of them."""

from __future__ import annotations

import ast
from typing import Protocol

from vcsdk.affected.package import Package
from vcsdk.affected.program import Function, Program, Scope
from vcsdk.affected.uses import Use
from vcsdk.affected.values import Value, Values


class Expressions(Protocol):
    """What is needed of the expressions around."""

    package: Package
    program: Program

    def note(self, scope: Scope, node: ast.AST, use: Use) -> None:
        """Keep a use."""

    def items(self, outer: Values) -> Values:
        """What a loop over a value gives."""

    def assign(self, target: ast.expr, found: Values, scope: Scope) -> None:
        """Give a target these values as well."""

    def attribute(self, base: Value, name: str, scope: Scope, node: ast.expr) -> Values:
        """An attribute of a value."""

    def of(self, node: ast.expr | None, scope: Scope) -> Values:
        """What an expression may come to."""

    def type_of(self, node: ast.expr | None, scope: Scope) -> Values:
        """The objects of an annotation."""

    def enter(self, function: Function, given: list[Values], named: dict[str | None, Values], *, bound: bool) -> Values:
        """What a function of the program gives for these."""

    def call(
        self, callee: Value, node: ast.Call, given: list[Values], named: dict[str | None, Values], scope: Scope
    ) -> Values:
        """What calling a value gives."""
