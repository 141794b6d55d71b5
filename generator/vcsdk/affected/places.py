"""The places of a program that findings touch, and those of which nothing can be told."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vcsdk.affected.package import Package
from vcsdk.affected.program import Program
from vcsdk.affected.statements import uses
from vcsdk.affected.targets import AttributeTarget, CallTarget, NameTarget, Target, Targets
from vcsdk.affected.uses import Accessed, Called, Given, Named, Spot, Unknown
from vcsdk.diff.causes import Cause
from vcsdk.diff.comparison import Comparison
from vcsdk.diff.finding import Finding
from vcsdk.diff.scale import Area, Severity
from vcsdk.surface import Surface


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a change touches; `line` and `column` count from 1."""

    file: str
    line: int
    column: int
    finding: Finding
    cause: Cause


@dataclass(frozen=True, slots=True)
class Unfollowed:
    """A place where a program may use what a change touches, and why that cannot be told."""

    file: str
    line: int
    column: int
    name: str
    why: str


def places_of(
    program: Program, surface: Surface, causes: Iterable[Cause], comparison: Comparison | None, show: Severity
) -> tuple[list[Place], list[Unfollowed]]:
    """Every place that a change touches, once for each cause, with the finding that says most about it.

    Args:
        program: The program.
        surface: The names of the package that it was written for.
        causes: What changed since.
        comparison: What belongs together in both APIs; None where only names are known.
        show: Leave out findings that are less than this.
    """
    every = list(causes)
    targets = Targets(surface, comparison)
    targets.learn(finding for cause in every for finding in cause.findings)
    sought: dict[Target, list[tuple[Finding, Cause]]] = defaultdict(list)
    for cause in every:
        for finding in cause.findings:
            if finding.level.reaches(show):
                for target in targets.of(finding):
                    sought[target].append((finding, cause))
    package = Package(surface)
    index = _Index(package, sought)
    found: dict[tuple[str, int, int, int], Place] = {}
    unfollowed = []
    files = _users(program, package)
    for spot in uses(package, program, files):
        for finding, cause in index.of(spot):
            place = Place(spot.file, spot.line, spot.column, finding, cause)
            key = (spot.file, spot.line, spot.column, id(cause))
            if key not in found or _weight(place) < _weight(found[key]):
                found[key] = place
        why = index.why_not(spot)
        if why is not None:
            unfollowed.append(Unfollowed(spot.file, spot.line, spot.column, *why))
    return _once_a_line(found.values()), list(dict.fromkeys(unfollowed))


def _weight(place: Place) -> tuple[int, bool, tuple[object, ...]]:
    """The worst first; of two, what is said in Python's names."""
    return (place.finding.level.rank, place.finding.rule.area is not Area.SURFACE, place.finding.order)


def _once_a_line(places: Iterable[Place]) -> list[Place]:
    """Of two places of one cause on a line, the first."""
    first: dict[tuple[str, int, int], Place] = {}
    for place in sorted(places, key=lambda each: (each.file, each.line, each.column)):
        first.setdefault((place.file, place.line, id(place.cause)), place)
    return sorted(first.values(), key=lambda each: (each.file, each.line, each.column, _weight(each)))


def _users(program: Program, package: Package) -> set[str]:
    """The files that import the package, and those that import these or are imported by them, however far."""
    near: dict[int, set[int]] = defaultdict(set)
    pending: list[int] = []
    for module in program.modules:
        if any("import_module" in line and package.name in line for line in module.source):
            pending.append(module.number)
        for node in _statements(module.tree):
            for dotted, level in _imported(node):
                if not level and dotted.partition(".")[0] == package.name:
                    pending.append(module.number)
                own = program.module(module, dotted, level)
                if own is not None:
                    near[module.number].add(own.number)
                    near[own.number].add(module.number)
    met: set[int] = set()
    while pending:
        number = pending.pop()
        if number not in met:
            met.add(number)
            pending += near[number]
    return {program.modules[number].file for number in met}


def _statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """Every statement however deep, without the expressions, which are most of a tree and import nothing."""
    rest: list[ast.AST] = [tree]
    while rest:
        node = rest.pop()
        if isinstance(node, ast.stmt):
            yield node
        for part in ("body", "orelse", "finalbody", "handlers", "cases"):
            below = getattr(node, part, ())
            rest += below if isinstance(below, list) else ()


def _imported(node: ast.AST) -> list[tuple[str, int]]:
    if isinstance(node, ast.Import):
        return [(alias.name, 0) for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        dotted = node.module or ""
        return [(dotted, node.level), *((f"{dotted}.{alias.name}".strip("."), node.level) for alias in node.names)]
    return []


class _Index:
    """What is sought, by what uses say."""

    def __init__(self, package: Package, sought: dict[Target, list[tuple[Finding, Cause]]]) -> None:
        self._package = package
        self._names: dict[str, list[NameTarget]] = defaultdict(list)
        self._attributes: dict[tuple[str, str], AttributeTarget] = {}
        self._calls: dict[str, list[CallTarget]] = defaultdict(list)
        self._sought = sought
        self._touched: set[str] = set()
        for target in sought:
            match target:
                case NameTarget(symbol):
                    self._names[symbol].append(target)
                case AttributeTarget(owner, name):
                    self._attributes[owner, name] = target
                    self._touched.add(name)
                case CallTarget(symbol):
                    self._calls[symbol].append(target)
                    if not symbol.startswith("models"):
                        self._touched.add(symbol.rpartition(".")[2])

    def of(self, spot: Spot) -> list[tuple[Finding, Cause]]:
        """What touches a use."""
        use = spot.use
        targets: Sequence[Target] = ()
        match use:
            case Named(module, name, symbol):
                asked = {symbol, f"{module}.{name}".strip(".")}
                targets = [t for each in asked for t in self._names[each] if t.module in (None, module)]
            case Accessed(owner, name):
                known = self._attributes.get((owner, name))
                targets = [known] if known is not None else []
            case Called() | Given():
                targets = [t for symbol in self._line(use.symbol) for t in self._calls[symbol] if _fits(t, use)]
        return [entry for target in targets for entry in self._sought[target]]

    def _line(self, symbol: str) -> list[str]:
        """A class takes the keywords of those that it derives from."""
        if self._package.class_of(symbol) is None:
            return [symbol]
        return [each for each, _ in self._package.line(symbol)]

    def why_not(self, spot: Spot) -> tuple[str, str] | None:
        """Why it cannot be told whether a use is touched; None where it can."""
        use = spot.use
        if isinstance(use, Unknown) and (use.name in self._touched or (not use.name and self._touched)):
            return use.name, use.why
        if isinstance(use, Called) and use.open:
            targets = [t for symbol in self._line(use.symbol) for t in self._calls[symbol]]
            asked = next((t.given or t.missing for t in targets if t.given or t.missing), None)
            if asked is not None:
                return asked, "whether it is given by `*` or `**` cannot be told"
        return None


def _fits(target: CallTarget, use: Called | Given) -> bool:
    """Whether a call, or a keyword of one, is what a target speaks of."""
    if isinstance(use, Given):
        if target.placed is not None and target.placed is not use.placed:
            return False
        return target.given == use.keyword and (target.value is None or use.text == target.value)
    if target.given is not None:
        return False
    if target.missing is not None:
        return target.missing not in use.keywords and not use.open and not use.later
    return True
