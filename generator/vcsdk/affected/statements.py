"""Walks through the statements of a program until nothing new is learnt, and then notes what it uses."""

from __future__ import annotations

import ast
from collections.abc import Collection

from vcsdk.affected.expressions import Expressions
from vcsdk.affected.package import SIMULATIONS, Package
from vcsdk.affected.program import Module, OwnClassDef, Program, Scope, values
from vcsdk.affected.uses import Accessed, Named, Spot
from vcsdk.affected.values import (
    NOTHING,
    ClassItself,
    Foreign,
    Many,
    Object,
    Opening,
    OwnClass,
    OwnFunction,
    OwnModule,
    OwnObject,
    PackageModule,
    Several,
    Values,
)

_ROUNDS = 12
"""More calls than this never lie between a client and its use."""


def uses(package: Package, program: Program, files: Collection[str]) -> list[Spot]:
    """Everything that these files of a program use of a package, by place."""
    walk = _Walk(package, program, files)
    before = None
    for _ in range(_ROUNDS):
        walk.all()
        now = walk.size()
        if now == before:
            break
        before = now
    walk.expressions.noting = True
    walk.all()
    return sorted(walk.expressions.spots, key=lambda each: (each.file, each.line, each.column))


class _Walk:
    def __init__(self, package: Package, program: Program, files: Collection[str]) -> None:
        self._modules = [module for module in program.modules if module.file in files]
        self._package = package
        self._program = program
        self.expressions = Expressions(package, program)

    def all(self) -> None:
        """Every module once, and every function that was met."""
        for module in self._modules:
            self._block(module.tree.body, module.scope)
        done = 0
        while done < len(self._program.functions):
            function = self._program.functions[done]
            done += 1
            self._parameters(function.node, function.scope, function.scope.method_of)
            if not isinstance(function.node, ast.Lambda):
                self._block(function.node.body, function.scope, returned=function.returned)
                function.returned |= self.expressions.type_of(function.node.returns, function.scope)

    def size(self) -> int:
        """How much is known."""
        program = self._program
        scopes = [module.scope for module in program.modules] + [each.scope for each in program.functions]
        count = sum(len(found) for scope in scopes for found in scope.names.values())
        count += sum(len(found) for each in program.classes for found in (each.bases, *each.attributes.values()))
        return count + sum(len(each.returned) for each in program.functions) + len(program.functions)

    def _parameters(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, scope: Scope, own: OwnClassDef | None
    ) -> None:
        arguments = node.args
        placed = [*arguments.posonlyargs, *arguments.args]
        every = [*placed, *arguments.kwonlyargs]
        for argument in every:
            scope.names[argument.arg] |= self.expressions.type_of(argument.annotation, scope)
        if arguments.vararg is not None and (all_of := self.expressions.type_of(arguments.vararg.annotation, scope)):
            scope.names[arguments.vararg.arg].add(Many(all_of))
        if arguments.kwarg is not None and (all_of := self.expressions.type_of(arguments.kwarg.annotation, scope)):
            scope.names[arguments.kwarg.arg].add(Many(NOTHING, all_of))
        last = placed[len(placed) - len(arguments.defaults) :]
        for argument, default in (
            *zip(last, arguments.defaults, strict=True),
            *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
        ):
            scope.names[argument.arg] |= self.expressions.of(default, scope.above or scope)
        if not isinstance(node, ast.Lambda) and (node.name.startswith("test") or _fixture(node) is not None):
            # What pytest gives by name.
            for argument in every:
                scope.names[argument.arg] |= self._program.fixtures.get(argument.arg, set())
        if own is not None and every and not isinstance(node, ast.Lambda):
            static = any(isinstance(each, ast.Name) and each.id == "staticmethod" for each in node.decorator_list)
            number = self._program.known[id(own.node)]
            of_class = any(isinstance(each, ast.Name) and each.id == "classmethod" for each in node.decorator_list)
            if not static:
                scope.names[every[0].arg].add(OwnClass(number) if of_class else OwnObject(number))

    def _block(self, body: list[ast.stmt], scope: Scope, returned: set[object] | None = None) -> None:
        for statement in body:
            self._statement(statement, scope, returned)

    def _statement(self, node: ast.stmt, scope: Scope, returned: set[object] | None) -> None:
        match node:
            case ast.Import(names):
                self._import(names, scope)
            case ast.ImportFrom():
                self._import_from(node, scope)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._function(node, scope)
            case ast.ClassDef():
                self._class(node, scope)
            case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
                self._assignment(node, scope)
            case ast.Global(names) | ast.Nonlocal(names):
                for name in names:
                    scope.names[name] = _declared(scope, name, everywhere=isinstance(node, ast.Global))
            case ast.Return(value):
                found = self.expressions.of(value, scope)
                if returned is not None:
                    returned |= found
            case _:
                self._compound(node, scope, returned)

    def _assignment(self, node: ast.Assign | ast.AnnAssign | ast.AugAssign, scope: Scope) -> None:
        found = self.expressions.of(node.value, scope)
        if isinstance(node, ast.AnnAssign):
            found |= self.expressions.type_of(node.annotation, scope)
        if isinstance(node, ast.AugAssign):
            before = self.expressions.of(node.target, scope)
            if isinstance(node.op, ast.BitOr) and not found and any(isinstance(value, Many) for value in before):
                # What a map gets of another one that is not known cannot be told.
                found = frozenset({Many(NOTHING, NOTHING)})
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            self.expressions.assign(target, found, scope)

    def _compound(self, node: ast.stmt, scope: Scope, returned: set[object] | None) -> None:
        of, assign = self.expressions.of, self.expressions.assign
        blocks: list[list[ast.stmt]] = [getattr(node, name, []) for name in ("body", "orelse", "finalbody")]
        match node:
            case ast.For() | ast.AsyncFor():
                assign(node.target, self.expressions.items(of(node.iter, scope)), scope)
            case ast.With() | ast.AsyncWith():
                for item in node.items:
                    given = of(item.context_expr, scope)
                    found = self.expressions.entered(given, asynchronous=isinstance(node, ast.AsyncWith))
                    if item.optional_vars is not None:
                        assign(item.optional_vars, found, scope)
            case ast.Match(subject, cases):
                found = of(subject, scope)
                for case in cases:
                    self._pattern(case.pattern, found, scope)
                    of(case.guard, scope)
                    blocks.append(case.body)
            case ast.Try() | ast.TryStar():
                for handler in node.handlers:
                    self._handler(handler, scope, returned)
            case _:
                for child in ast.iter_child_nodes(node):
                    if isinstance(child, ast.expr):
                        of(child, scope)
                        self._yielded(child, scope, returned)
        for block in blocks:
            self._block(block, scope, returned)

    def _yielded(self, node: ast.expr, scope: Scope, returned: set[object] | None) -> None:
        """A context manager gives what its function yields, and a loop over a generator the same."""
        if returned is not None and isinstance(node, ast.Yield) and node.value is not None:
            found = self.expressions.of(node.value, scope)
            returned |= {*found, Many(found)} if found else set()

    def _handler(self, handler: ast.ExceptHandler, scope: Scope, returned: set[object] | None) -> None:
        kinds = self.expressions.of(handler.type, scope)
        flat = [*kinds, *(v for kind in kinds if isinstance(kind, Several) for part in kind.parts for v in part)]
        if handler.name is not None:
            caught = {Object(kind.symbol) for kind in flat if isinstance(kind, ClassItself)}
            scope.names[handler.name] |= caught | {OwnObject(k.number) for k in flat if isinstance(k, OwnClass)}
        self._block(handler.body, scope, returned)

    def _pattern(self, pattern: ast.pattern, found: Values, scope: Scope) -> None:
        match pattern:
            case ast.MatchClass(cls, _, names, patterns):
                kinds = self.expressions.of(cls, scope)
                found = frozenset(Object(kind.symbol) for kind in kinds if isinstance(kind, ClassItself))
                for name, inner in zip(names, patterns, strict=True):
                    parts = (self.expressions.attribute(v, name, scope, cls) for v in found)
                    self._pattern(inner, frozenset(v for part in parts for v in part), scope)
            case ast.MatchAs(inner, name):
                if inner is not None:
                    self._pattern(inner, found, scope)
                    if isinstance(inner, ast.MatchClass):
                        kinds = self.expressions.of(inner.cls, scope)
                        found = frozenset(Object(kind.symbol) for kind in kinds if isinstance(kind, ClassItself))
                if name is not None:
                    scope.names[name] |= found
            case ast.MatchOr(patterns):
                for inner in patterns:
                    self._pattern(inner, found, scope)
            case ast.MatchValue(value):
                self.expressions.of(value, scope)
            case ast.MatchSequence(patterns):
                for inner in patterns:
                    self._pattern(inner, self.expressions.items(found), scope)

    def _import(self, names: list[ast.alias], scope: Scope) -> None:
        for alias in names:
            head, _, rest = alias.name.partition(".")
            if head == self._package.name:
                if rest and not self._package.has_module(rest):
                    continue
                self.expressions.note(scope, alias, Named(rest, "", rest))
                target = rest if alias.asname else ""
                scope.names[alias.asname or head].add(PackageModule(target))
                continue
            own = self._program.module(scope.module, alias.name, 0)
            if own is not None and (alias.asname or not rest):
                scope.names[alias.asname or head].add(OwnModule(own.number))

    def _import_from(self, node: ast.ImportFrom, scope: Scope) -> None:
        dotted = node.module or ""
        head, _, rest = dotted.partition(".")
        if not node.level and head == self._package.name:
            for alias in node.names:
                names = self._package.names(rest) if alias.name == "*" else [alias.name]
                for name in names:
                    found = self._package.member(rest, name)
                    scope.names[alias.asname or name] |= found
                    if f"{rest}.{name}" in SIMULATIONS:
                        made = {value for each in found if isinstance(each, Opening) for value in each.items}
                        self._program.fixtures.setdefault(alias.asname or name, set()).update(made)
                    elif alias.name != "*":
                        symbol = next((v.symbol for v in found if isinstance(v, ClassItself)), f"{rest}.{name}")
                        self.expressions.note(scope, alias, Named(rest, name, symbol.strip(".")))
            return
        own = self._program.module(scope.module, dotted, node.level)
        for alias in node.names:
            inner = self._program.module(scope.module, f"{dotted}.{alias.name}".strip("."), node.level)
            if own is not None and alias.name == "*":
                self._all_of(own, scope)
            elif own is not None and alias.name in own.scope.names:
                scope.names[alias.asname or alias.name] |= own.scope.names[alias.name]
            elif inner is not None:
                scope.names[alias.asname or alias.name].add(OwnModule(inner.number))
            elif own is None and not node.level:
                scope.names[alias.asname or alias.name].add(Foreign(alias.name))

    def _all_of(self, module: Module, scope: Scope) -> None:
        for name, found in list(module.scope.names.items()):
            if not name.startswith("_"):
                scope.names[name] |= found

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> None:
        for decorator in node.decorator_list:
            self.expressions.of(decorator, scope)
        made = self.expressions.function(node, scope)
        is_property = any(
            (isinstance(each, ast.Name) and each.id in ("property", "cached_property"))
            or (isinstance(each, ast.Attribute) and each.attr == "cached_property")
            for each in node.decorator_list
        )
        if (named := _fixture(node)) is not None:
            (function,) = (self._program.functions[v.number] for v in made if isinstance(v, OwnFunction))
            self._program.fixtures[named] = self._program.fixtures.get(named, set()) | function.returned
        if is_property:
            (function,) = (self._program.functions[v.number] for v in made if isinstance(v, OwnFunction))
            scope.names[node.name] |= function.returned
        else:
            scope.names[node.name] |= made

    def _class(self, node: ast.ClassDef, scope: Scope) -> None:
        known = self._program.known.get(id(node))
        if known is None:
            known = self._program.known[id(node)] = len(self._program.classes)
            inside = Scope(scope.module, scope)
            inside.own = OwnClassDef(node, inside)
            self._program.classes.append(inside.own)
        class_ = self._program.classes[known]
        for decorator in node.decorator_list:
            self.expressions.of(decorator, scope)
        for base in node.bases:
            class_.bases |= {
                value for value in self.expressions.of(base, scope) if isinstance(value, ClassItself | OwnClass)
            }
        class_.scope.names = class_.attributes
        self._block(node.body, class_.scope)
        self._overridden(class_, scope)
        scope.names[node.name].add(OwnClass(known))

    def _overridden(self, class_: OwnClassDef, scope: Scope) -> None:
        """A method of the package that a class of the program writes anew is used as well."""
        for base in values(class_.bases):
            if not isinstance(base, ClassItself):
                continue
            for statement in class_.node.body:
                if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
                    found = self._package.attribute(base.symbol, statement.name)
                    if found is not None:
                        self.expressions.note(scope, statement, Accessed(found[0], statement.name))


def _fixture(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str | None:
    """The name by which pytest gives what a function makes; None for any other function."""
    for each in node.decorator_list:
        made = each.func if isinstance(each, ast.Call) else each
        if (made.attr if isinstance(made, ast.Attribute) else getattr(made, "id", "")) == "fixture":
            given = each.keywords if isinstance(each, ast.Call) else []
            names = [k.value.value for k in given if k.arg == "name" and isinstance(k.value, ast.Constant)]
            return str(names[0]) if names else node.name
    return None


def _declared(scope: Scope, name: str, *, everywhere: bool) -> set[object]:
    """What a name stands for in the module, or in the nearest function around that has it."""
    at = scope.above
    while at is not None and not everywhere:
        if name in at.names and at.above is not None:
            return at.names[name]
        at = at.above
    return scope.module.scope.names[name]
