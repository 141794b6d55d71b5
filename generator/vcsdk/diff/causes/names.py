"""Python things that got another name, and those whose name another one took, although the API kept both."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from vcsdk.diagnostics import Origin
from vcsdk.diff.causes.reach import named
from vcsdk.diff.changes import AliasType, Name, Pair, Spelled
from vcsdk.diff.comparison import Comparison
from vcsdk.diff.finding import Finding
from vcsdk.ir import Operation
from vcsdk.surface import Alias, Class, Export, Module, Property


@dataclass(frozen=True, slots=True)
class Renamed:
    """A thing that the API kept, under both its Python names; `what` it is: "class" or "method"."""

    what: str
    old: str
    new: str


@dataclass(slots=True)
class Names:
    """What the classes and methods of two packages stand for."""

    comparison: Comparison
    _old_keys: dict[str, str] = field(default_factory=dict)
    _new_keys: dict[str, str] = field(default_factory=dict)
    _after: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _before: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _methods: dict[tuple[int, Origin], Renamed] = field(default_factory=dict)
    _by_name: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Look up by symbol what stands side by side."""
        old, new = self.comparison.old, self.comparison.new
        self._old_keys, self._new_keys = named(old.schemas), named(new.schemas)
        symbols = [{key: symbol for symbol, key in keys.items()} for keys in (self._old_keys, self._new_keys)]
        kin = self.comparison.kin
        known = {key for pair in kin for key in pair}
        # A component that no operation uses is the one of the same name.
        alone = {(key, key) for key in old.schemas.keys() & new.schemas.keys() if key not in known}
        for before, after in sorted(kin | alone):
            if before in symbols[0] and after in symbols[1]:
                self._after[symbols[0][before]].append(symbols[1][after])
                self._before[symbols[1][after]].append(symbols[0][before])
        for symbol in self._old_keys:
            self._by_name[symbol.rpartition(".")[2]].append(symbol)
        for one, other in self.comparison.operations:
            if one.python_path != other.python_path:
                renamed = Renamed("method", one.python_path, other.python_path)
                self._methods[0, one.origin] = self._methods[1, other.origin] = renamed

    def of(self, finding: Finding, operations: tuple[Operation | None, Operation | None]) -> Renamed | None:
        """What got another name, if the finding says nothing but that; `operations` are those its site is about."""
        old, new = operations
        if old is not None or new is not None:
            return self._of_method(finding, old, new)
        subject = finding.change.sides[-1]
        symbol = finding.site.symbol
        if isinstance(subject, Class | Alias | Module | Export) and not isinstance(finding.change, Pair):
            return next(filter(None, map(self._of_class, symbols_of(subject, symbol))), None)
        if isinstance(subject, Name) and isinstance(finding.change, Pair):
            before = f"{symbol.rpartition('.')[0]}.{finding.change.old.text}"
            return Renamed("class", before, symbol) if symbol in self._after.get(before, ()) else None
        owner = symbol if isinstance(subject, Class | Alias | AliasType) else symbol.rpartition(".")[0]
        taken = self._taken(owner)
        return taken or self._of_types(finding)

    def _of_class(self, symbol: str) -> Renamed | None:
        after, before = self._after.get(symbol, []), self._before.get(symbol, [])
        if after and symbol not in after:
            return Renamed("class", symbol, after[0])
        gone = [other for other in before if other not in self._after[other]]
        return Renamed("class", gone[0], symbol) if gone and symbol not in before else None

    def _taken(self, symbol: str) -> Renamed | None:
        """Where the class of this name is another schema's now: what became of the one that had it."""
        after = self._after.get(symbol, [])
        if symbol not in self._new_keys or not after or symbol in after:
            return None
        return Renamed("class", symbol, after[0])

    def _of_types(self, finding: Finding) -> Renamed | None:
        """A type that differs only in the names of classes that are the same."""
        change = finding.change
        if not isinstance(change, Pair) or not isinstance(change.new, Spelled):
            return None
        return self.between(change.old.text, change.new.text)

    def between(self, old: str, new: str) -> Renamed | None:
        """The first class that is called otherwise in the new type, if nothing else tells the two apart."""
        gone, come = names_in(old), names_in(new)
        if len(gone) != len(come):
            return None
        found = None
        for one, other in zip(gone, come, strict=True):
            if one == other:
                continue
            pair = self._same(one, other)
            if pair is None:
                return None
            found = found or pair
        return found

    def _same(self, old: str, new: str) -> Renamed | None:
        for symbol in self._by_name.get(old, ()):
            for after in self._after.get(symbol, ()):
                if after.rpartition(".")[2] == new:
                    return Renamed("class", symbol, after)
        return None

    def of_operation(self, place: Origin, side: int) -> Renamed | None:
        """The names of the method of the operation that one side has at a place, if they differ."""
        return self._methods.get((side, place))

    def _of_method(self, finding: Finding, old: Operation | None, new: Operation | None) -> Renamed | None:
        for side, operation in enumerate((old, new)):
            renamed = self.of_operation(operation.origin, side) if operation is not None else None
            if renamed is not None:
                return renamed
        return self._of_types(finding)


def symbols_of(side: Class | Alias | Module | Property | Export, symbol: str) -> list[str]:
    """The classes that a name comes or goes with."""
    match side:
        case Module():
            return [
                f"{side.name}.{name}" for name in (*(c.name for c in side.classes), *(a.name for a in side.aliases))
            ]
        case Property():
            return [side.type.removeprefix("Async")]
        case Export():
            return [f"{side.home}.{side.name}"]
        case Class() | Alias():
            return [symbol]


def names_in(annotation: str) -> list[str]:
    """Every name in a type, in order."""
    try:
        tree = ast.parse(annotation, mode="eval")
    except SyntaxError:
        return [annotation]
    return [node.id for node in _in_order(tree) if isinstance(node, ast.Name)]


def _in_order(node: ast.AST) -> Iterable[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _in_order(child)
