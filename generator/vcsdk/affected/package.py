"""A package as its surface tells it: what its names, attributes and annotations are."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator

from vcsdk.affected.values import (
    NOTHING,
    Box,
    ClassItself,
    Many,
    Method,
    Object,
    Opening,
    PackageModule,
    Several,
    Values,
)
from vcsdk.surface import Class, ClassKind, ParameterKind, Surface

_LISTS = ("list", "set", "frozenset", "Sequence", "Iterable", "Iterator", "AsyncIterator", "tuple")
_MAPS = ("dict", "Mapping")
_BY_PLACE = (ParameterKind.POSITIONAL_ONLY, ParameterKind.POSITIONAL)
_THEMSELVES = ("Optional", "Annotated", "Awaitable", "type", "Type")
GENERIC = frozenset((*_LISTS, *_MAPS, *_THEMSELVES, "Union", "Coroutine"))
"""The generic types of Python of which is known what they hold."""

SIMULATIONS = frozenset({"testing.simulated", "testing.simulated_client"})
"""What every package gives clients for tests with: a context manager, and a fixture of pytest."""


class Package:
    """The public names of a package."""

    def __init__(self, surface: Surface) -> None:
        self.name = surface.package
        self._modules = {module.name: module for module in surface.modules}
        self._folders = {name.rpartition(".")[0] for name in self._modules}
        self._classes = {f"{m.name}.{c.name}".strip("."): c for m in surface.modules for c in m.classes}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        # Of a model and a resource of one name the annotations mean the model.
        for symbol in sorted(self._classes, key=lambda symbol: not symbol.startswith("models")):
            self._by_name[self._classes[symbol].name].append(symbol)
        self._aliases = {a.name: a.type for m in surface.modules for a in m.aliases}
        self._known: dict[str, Values] = {}

    def class_of(self, symbol: str) -> Class | None:
        """The class of a symbol."""
        return self._classes.get(symbol)

    def has_module(self, name: str) -> bool:
        """Whether there is such a module or folder of modules."""
        return name in self._modules or name in self._folders or name in ("", "testing")

    def names(self, module: str) -> list[str]:
        """What a module offers to an import of everything."""
        found = self._modules.get(module)
        if found is None:
            return []
        return [
            *(each.name for each in found.exports),
            *(each.name for each in found.classes),
            *(each.name for each in found.aliases),
        ]

    def member(self, module: str, name: str) -> Values:
        """What a name of a module stands for."""
        found = self._modules.get(module)
        inner = f"{module}.{name}".strip(".")
        if inner in SIMULATIONS:
            clients = (symbol for symbol in self._classes if symbol.startswith("client."))
            return frozenset({Opening(frozenset(Object(symbol) for symbol in clients))})
        if found is not None:
            for export in found.exports:
                if export.name == name:
                    return self.member(export.home, name) if export.home != module else NOTHING
            if inner in self._classes:
                return frozenset({ClassItself(inner)})
            for alias in found.aliases:
                if alias.name == name:
                    return frozenset(
                        ClassItself(v.symbol) for v in self.annotation(alias.type) if isinstance(v, Object)
                    )
        return frozenset({PackageModule(inner)}) if self.has_module(inner) else NOTHING

    def line(self, symbol: str) -> Iterator[tuple[str, Class]]:
        """A class and those of the package that it derives from, nearest first."""
        met: set[str] = set()
        pending = [symbol]
        while pending:
            each = pending.pop(0)
            class_ = self._classes.get(each)
            if class_ is None or each in met:
                continue
            met.add(each)
            yield each, class_
            pending += [other for base in class_.bases for other in self._by_name.get(base, ())[:1]]

    def attribute(self, symbol: str, name: str, *, of_class: bool = False) -> tuple[str, Values] | None:
        """The class that has an attribute, and what the attribute is; None for one that is not the package's."""
        for owner, class_ in self.line(symbol):
            if any(method.name == name for method in class_.methods):
                return owner, frozenset({Method(f"{owner}.{name}")})
            if any(member.name == name for member in class_.members):
                return owner, frozenset({Object(owner)}) if class_.kind is ClassKind.ENUM else NOTHING
            if of_class:
                continue
            for field in class_.fields:
                if field.name == name:
                    return owner, self.annotation(field.type)
            for property_ in class_.properties:
                if property_.name == name:
                    return owner, self._child(owner, name, property_.type)
        return None

    def _child(self, owner: str, name: str, type_: str) -> Values:
        """What a property of a resource is: of several classes of one name that below the resource."""
        known = self._by_name.get(type_, [])
        if len(known) < 2:
            return self.annotation(type_)
        above = owner.rpartition(".")[0]
        module = f"{above}_{name}" if above.startswith("resources.") else f"resources.{name}"
        below = [symbol for symbol in known if symbol.rpartition(".")[0] == module]
        return frozenset(Object(symbol) for symbol in below or known if symbol.startswith("resources."))

    def placed(self, symbol: str) -> tuple[str, ...]:
        """The parameters of a method, or of a class that is called, that can be given by their places, in order."""
        owner, _, name = symbol.rpartition(".")
        class_, wanted = self._classes.get(symbol), "__init__"
        if class_ is None:
            class_, wanted = self._classes.get(owner), name
        found = next((m for m in class_.methods if m.name == wanted), None) if class_ is not None else None
        return tuple(each.name for each in found.parameters if each.kind in _BY_PLACE) if found is not None else ()

    def returns(self, symbol: str) -> Values:
        """What a method gives; an asynchronous one, once it is awaited."""
        owner, _, name = symbol.rpartition(".")
        class_ = self._classes.get(owner)
        found = next((m for m in class_.methods if m.name == name), None) if class_ is not None else None
        if found is not None and found.returns == "Self":
            return frozenset({Object(owner)})
        return self.annotation(found.returns) if found is not None else NOTHING

    def annotation(self, text: str) -> Values:
        """The objects of a type, as the surface spells it."""
        known = self._known.get(text)
        if known is None:
            self._known[text] = NOTHING
            try:
                known = self.of_type(ast.parse(text, mode="eval").body)
            except SyntaxError:
                known = NOTHING
            self._known[text] = known
        return known

    def of_type(self, node: ast.expr) -> Values:
        """The objects of a type expression whose names are the package's."""
        match node:
            case ast.BinOp(left, ast.BitOr(), right):
                return self.of_type(left) | self.of_type(right)
            case ast.Name(name):
                known = self._by_name.get(name, ())
                if known and (known[0].startswith("models") or name not in self._aliases):
                    return frozenset({Object(known[0])})
                return self.annotation(self._aliases[name]) if name in self._aliases else NOTHING
            case ast.Subscript(ast.Name(outer), inner):
                parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
                return generic(outer, [self.of_type(part) for part in parts])
        return NOTHING


def generic(outer: str, parts: list[Values]) -> Values:
    """The objects of a generic type."""
    if outer in _MAPS and len(parts) > 1:
        return frozenset({Many(parts[0], parts[1])})
    if outer == "tuple" and parts:
        return frozenset({Several(tuple(parts))})
    if outer in _LISTS and parts:
        return frozenset({Many(parts[0])})
    if outer in _THEMSELVES and parts:
        return parts[0]
    if outer == "Coroutine" and parts:
        return parts[-1]
    if outer == "Paged" and len(parts) > 1:
        # What the method would give without pages, with `pages()` over items, and `by_page()` over such as itself.
        by_page: Values = frozenset({Many(parts[0])})
        walk: Values = frozenset({Many(parts[1]), Box("Pages", by_page)})
        return parts[0] | {Box("Paged", walk)}
    if outer == "Union":
        return frozenset(each for part in parts for each in part)
    return frozenset({Box(outer, parts[0])}) if parts and parts[0] else NOTHING
