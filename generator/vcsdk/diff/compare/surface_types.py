"""The types of a surface: what names stand for, and what classes inherit."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from vcsdk.diff.changes import Spelled
from vcsdk.diff.compare.annotations import contents
from vcsdk.surface import Alias, Class, Field, Surface
from vcsdk.unrolled import Calls, unrolled

_MODELS = frozenset({"Model", "OpenModel"})
"""The runtime's bases of data classes, which programs have no use for."""
# A function that takes floats takes integers as well (PEP 484, "The numeric tower").
_WIDER = {"int": frozenset({"float"})}
_VALUES = {"OpenEnum": ("str",), "OpenIntEnum": ("int", "float")}
"""What the members of enumerations are."""
_LONGEST = 10_000
"""Characters that an alias may come to: what is longer, as where each holds two of the next, goes by its name."""
_MOST_NAMED = 2_000
"""Aliases that are looked through for one annotation, where they lead back to themselves."""

S = TypeVar("S", bound=Spelled)


class Types:
    """What the names in one surface mean; `later` is the surface that classes may have another name in."""

    def __init__(self, surface: Surface, later: Types | None = None) -> None:
        self._later = later
        # Of a model and a resource of one name the annotations of models and arguments mean the model.
        modules = sorted(surface.modules, key=lambda module: not module.name.startswith("models"))
        self._aliases: dict[str, Alias] = {}
        self._classes: dict[str, Class] = {}
        for module in modules:
            for class_ in module.classes:
                if class_.name not in self._aliases:
                    self._classes.setdefault(class_.name, class_)
            for alias in module.aliases:
                self._aliases.setdefault(alias.name, alias)
        self._members: dict[str, frozenset[str]] = {}
        self._open: list[str] = []
        self._named_by: dict[str, frozenset[str]] = {}
        self._looked = self._cut = 0

    def class_of(self, name: str) -> Class | None:
        """The class that a name stands for, aliases followed; None for any other type."""
        seen: set[str] = set()
        while name not in self._classes and name in self._aliases and name not in seen:
            seen.add(name)
            name = self._aliases[name].type
        return self._classes.get(name)

    def ancestors(self, class_: Class) -> tuple[Class, ...]:
        """The classes of the package that it derives from, nearest first."""
        return tuple(found for name in self._line(class_) if (found := self._classes.get(name)) is not None)

    def bases(self, class_: Class) -> tuple[str, ...]:
        """The names of all that it derives from, nearest first, but for what every data class derives from."""
        return tuple(name for name in self._line(class_) if name not in _MODELS)

    def _line(self, class_: Class) -> Iterator[str]:
        met = {class_.name}
        rest = list(class_.bases)
        while rest:
            name = rest.pop(0)
            real = self.class_of(name)
            name = real.name if real is not None else name
            if name in met:
                continue
            met.add(name)
            yield name
            rest += real.bases if real is not None else ()

    def fields(self, class_: Class) -> Mapping[str, tuple[Field, Class]]:
        """Every attribute with the class that defines it, inherited ones included."""
        found: dict[str, tuple[Field, Class]] = {}
        for each in (class_, *self.ancestors(class_)):
            for field in each.fields:
                found.setdefault(field.name, (field, each))
        return found

    def members(self, annotation: str) -> frozenset[str]:
        """The members of an annotation as one union, each in one spelling, aliases looked through."""
        known = self._members.get(annotation)
        if known is None:
            outermost = not self._open
            self._looked = 0 if outermost else self._looked
            known = frozenset(_plain(unrolled(self._union(_parsed(annotation)))))
            # What was found inside of an alias that leads back to itself holds there alone.
            if outermost:
                self._members[annotation] = known
        return known

    def spelled(self, annotation: str, kind: type[S]) -> S:
        """An annotation with what it comes to."""
        members = self.members(annotation)
        known: dict[str, frozenset[str]] = {}
        rest = list(members)
        while rest:
            each = rest.pop()
            if each not in known:
                known[each] = self._above(each)
                inner = contents(each)
                rest += [member for part in inner[1] for member in part] if inner is not None else []
        return kind(annotation, members, {each: found for each, found in known.items() if found})

    def _above(self, member: str) -> frozenset[str]:
        """The types that take every value of one: what a listed value is, what a class derives from, a wider number."""
        if member.startswith("Literal["):
            return frozenset((type(ast.literal_eval(member.removeprefix("Literal[").removesuffix("]"))).__name__,))
        if member in _WIDER:
            return _WIDER[member]
        if member.startswith("Paged["):
            # A page is what the method would give without pages, and can be walked on from besides.
            node = _parsed(member)
            parts = node.slice.elts if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple) else ()
            bare = [one for part in parts[:1] for one in self.members(ast.unparse(part))]
            return frozenset(each for one in bare for each in (one, *self._above(one)))
        class_ = self._classes.get(member)
        if class_ is None:
            return frozenset()
        return frozenset(name for base in self._line(class_) for name in (base, *_VALUES.get(base, ())))

    def _union(self, node: ast.expr) -> Calls[set[str]]:
        found: set[str] = set()
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            # What is joined stands on the left, however much it is.
            while isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
                found |= yield self._union(node.right)
                node = node.left
            found |= yield self._union(node)
            return found
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            # An alias that leads back to itself is quoted.
            found = yield self._union(_parsed(node.value))
            return found
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "Literal":
            values = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            return {f"Literal[{ast.unparse(value)}]" for value in values}
        if isinstance(node, ast.Name):
            found = yield self._named(node.id)
            return found
        return {(yield self._spelled(node))}

    def _named(self, name: str) -> Calls[set[str]]:
        alias = self._aliases.get(name)
        if name in self._classes or alias is None:
            renamed = self._later.class_of(name) if self._later is not None and name in self._classes else None
            return {renamed.name if renamed is not None else name}
        if name in self._named_by:
            return set(self._named_by[name])
        self._looked += 1
        if name in self._open or self._looked > _MOST_NAMED:
            self._cut += 1
            return {name}
        cut = self._cut
        self._open.append(name)
        found: set[str] = yield self._union(_parsed(alias.type))
        self._open.pop()
        found = {name} if sum(map(len, found)) > _LONGEST else found
        if cut == self._cut:
            self._named_by[name] = frozenset(found)
        return found

    def _spelled(self, node: ast.expr) -> Calls[str]:
        if isinstance(node, ast.Subscript):
            parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            return f"{ast.unparse(node.value)}[{', '.join((yield self._each(parts)))}]"
        if isinstance(node, ast.List):
            return f"[{', '.join((yield self._each(node.elts)))}]"
        return ast.unparse(node)

    def _each(self, parts: Sequence[ast.expr]) -> Calls[list[str]]:
        found = []
        for part in parts:
            found.append(" | ".join(sorted(_plain((yield self._union(part))))))
        return found


def _plain(members: set[str]) -> set[str]:
    """The members without those that another one takes all values of."""
    return {member for member in members if members.isdisjoint(_WIDER.get(member, ()))}


@functools.lru_cache(maxsize=8192)
def _parsed(annotation: str) -> ast.expr:
    try:
        return ast.parse(annotation, mode="eval").body
    except SyntaxError:
        return ast.Name(annotation)
