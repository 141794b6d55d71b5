"""What findings are about, in the names that programs use: those of the package as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from vcsdk.diagnostics import Origin
from vcsdk.diff.changes import Added, EnumValue, FieldType, Home, Name, Pair, ParameterType, Removed
from vcsdk.diff.comparison import Comparison
from vcsdk.diff.finding import Finding
from vcsdk.diff.scale import Area, Direction
from vcsdk.diff.site import Part
from vcsdk.ir import Api, Operation
from vcsdk.surface import (
    Alias,
    Class,
    Export,
    Field,
    Member,
    Method,
    Module,
    Parameter,
    ParameterKind,
    Property,
    Surface,
)


@dataclass(frozen=True, slots=True)
class NameTarget:
    """A class, an alias or a module, by its symbol; with `module`, only where it is taken from there."""

    symbol: str
    module: str | None = None


@dataclass(frozen=True, slots=True)
class AttributeTarget:
    """An attribute of a class."""

    owner: str
    name: str


@dataclass(frozen=True, slots=True)
class CallTarget:
    """Calls of a method, or of a class.

    `given`: those that give this argument; `missing`: those that do not.  `value`: only where that text is given;
    `placed`: only where it is given by its place (true), or by its name (false).
    """

    symbol: str
    given: str | None = None
    missing: str | None = None
    value: str | None = None
    placed: bool | None = None


Target = NameTarget | AttributeTarget | CallTarget


class Targets:
    """Looks up what each finding is about."""

    def __init__(self, old: Surface, comparison: Comparison | None) -> None:
        self._renamed: dict[str, str] = {}
        self._fields: dict[Origin, list[tuple[str, str]]] = {}
        self._of_type: dict[Origin, list[tuple[str, str]]] = {}
        self._classes = {f"{m.name}.{c.name}": c for m in old.modules for c in m.classes}
        fields = [(symbol, field) for symbol, class_ in self._classes.items() for field in class_.fields]
        for symbol, field in fields:
            if field.origin is not None:
                self._fields.setdefault(field.origin, []).append((symbol, field.name))
        enums = {c.name: c.origin for c in self._classes.values() if c.members and c.origin is not None}
        for symbol, field in fields:
            for name in set(re.findall(r"\w+", field.type)) & enums.keys():
                self._of_type.setdefault(enums[name], []).append((symbol, field.name))
        self._operations: dict[str, Operation] = {}
        self._methods: dict[str, list[str]] = {}
        if comparison is not None:
            self._methods = _methods(comparison.old)
            self._operations = {operation.request_line: operation for operation in comparison.old.operations}
            self._operations |= {new.request_line: old for old, new in comparison.operations}

    def learn(self, findings: Iterable[Finding]) -> None:
        """Know which names are new ones of what a program knows by another."""
        for finding in findings:
            change, symbol = finding.change, finding.site.symbol
            if isinstance(change, Pair) and finding.site.position.part is Part.WHOLE:
                if isinstance(change.new, Name):
                    self._renamed[symbol] = f"{symbol.rpartition('.')[0]}.{change.old.text}"
                elif isinstance(change.new, Home):
                    self._renamed[symbol] = f"{change.old.module}.{symbol.rpartition('.')[2]}"

    def of(self, finding: Finding) -> list[Target]:
        """What a program uses where the finding touches it; nothing where it touches no use."""
        if finding.rule.wording:
            return []
        found = self._of_python(finding) if finding.rule.area is Area.SURFACE else self._of_api(finding)
        return list(dict.fromkeys(each for target in found for each in self._with_twin(target)))

    def _with_twin(self, target: Target) -> Iterator[Target]:
        """What is found of a resource is found of its asynchronous twin, which is not told again."""
        yield target
        if isinstance(target, AttributeTarget) and (twin := self._twin(target.owner)) is not None:
            yield replace(target, owner=twin)
        elif isinstance(target, CallTarget | NameTarget):
            owner, _, name = target.symbol.rpartition(".")
            if (twin := self._twin(target.symbol)) is not None:
                yield replace(target, symbol=twin)
            elif (twin := self._twin(owner)) is not None:
                yield replace(target, symbol=f"{twin}.{name}")

    def _twin(self, symbol: str) -> str | None:
        module, _, name = symbol.rpartition(".")
        twin = f"{module}.Async{name}"
        return twin if symbol in self._classes and twin in self._classes else None

    def _old(self, symbol: str) -> str:
        head, _, tail = symbol.rpartition(".")
        if symbol in self._renamed:
            return self._renamed[symbol]
        return f"{self._old(head)}.{tail}" if head else symbol

    def _of_python(self, finding: Finding) -> Iterator[Target]:
        change, side = finding.change, finding.change.sides[-1]
        symbol = self._old(finding.site.symbol)
        owner, _, name = symbol.rpartition(".")
        if finding.site.position.part is Part.PARAMETER:
            yield from _of_parameter(finding, symbol)
            return
        if isinstance(side, Field | FieldType):
            yield from _of_field(finding, owner, name)
        elif isinstance(side, Home):
            yield NameTarget(symbol, change.old.module if isinstance(change, Pair) else None)
        elif isinstance(side, Export) and not isinstance(change, Added):
            yield NameTarget(symbol, owner)
        elif isinstance(side, Module | Class | Alias | Member | Property | Export | Method) and isinstance(
            change, Added
        ):
            return
        elif isinstance(side, Member | Property):
            yield AttributeTarget(owner, name)
        elif owner in self._classes:
            yield CallTarget(symbol)
            yield AttributeTarget(owner, name)
        else:
            yield NameTarget(symbol)

    def _of_api(self, finding: Finding) -> Iterator[Target]:
        site, change = finding.site, finding.change
        operation = self._operations.get(site.operation)
        found = [*self._fields.get(site.old, ())] if site.old is not None else []
        if isinstance(change.sides[-1], EnumValue) and site.old is not None:
            found += self._of_type.get(site.old, ())
        value = str(change.sides[-1].value) if isinstance(change.sides[-1], EnumValue) else None
        incoming = bool(site.direction & (Direction.REQUEST | Direction.PARAMETER))
        inner = site.path.count("/") > (1 if site.position.part is Part.BODY else 0)
        if not isinstance(change, Added) or value is not None:
            for owner, name in found:
                yield CallTarget(owner, given=name, value=value) if incoming else AttributeTarget(owner, name)
        if operation is None or (inner and (found or incoming)) or (isinstance(change, Added) and incoming):
            return
        keyword = _argument(finding, operation)
        for symbol in self._methods.get(operation.key, ()):
            if site.position.part in (Part.PARAMETER, Part.BODY):
                if keyword is not None:
                    yield CallTarget(symbol, given=keyword, value=value)
                elif site.position.part is Part.BODY and not site.path:
                    yield CallTarget(symbol)
            elif site.position.part is not Part.HEADER and not (found or site.path):
                yield CallTarget(symbol)


def _of_field(finding: Finding, owner: str, name: str) -> Iterator[Target]:
    """Programs read an attribute and give it where they make the object."""
    change = finding.change
    if isinstance(change, Added) and isinstance(change.new, Field):
        if change.new.default is None:
            yield CallTarget(owner, missing=name)
    elif isinstance(change, Pair) and isinstance(change.new, Field):
        yield CallTarget(owner, missing=name)
    else:
        yield AttributeTarget(owner, name)
        yield CallTarget(owner, given=name)


def _of_parameter(finding: Finding, symbol: str) -> Iterator[Target]:
    change, name = finding.change, finding.site.position.name
    if isinstance(change, Pair) and isinstance(change.new, Name):
        yield CallTarget(symbol, given=change.old.text, placed=False)
    elif isinstance(change, Removed) or isinstance(change.sides[-1], ParameterType):
        yield CallTarget(symbol, given=name)
    elif isinstance(change, Added) and isinstance(change.new, Parameter):
        if change.new.default is None:
            yield CallTarget(symbol, missing=name)
    elif isinstance(change, Pair) and isinstance(change.new, Parameter):
        if change.new.default != change.old.default:
            yield CallTarget(symbol, missing=name)
        if change.new.kind is not change.old.kind:
            yield CallTarget(symbol, given=name, placed=change.new.kind is ParameterKind.KEYWORD)


def _argument(finding: Finding, operation: Operation) -> str | None:
    """The keyword of the old method that the finding is about."""
    position = finding.site.position
    for argument in operation.arguments:
        if position.part is Part.PARAMETER:
            if (argument.source, argument.wire_name) == (position.location, position.name):
                return argument.name
        elif argument.source == "field":
            wire = argument.wire_name.replace("~", "~0").replace("/", "~1")
            if finding.site.path == f"/{wire}":
                return argument.name
        elif argument.source == "body" and finding.site.path:
            return argument.name
    return None


def _methods(api: Api) -> dict[str, list[str]]:
    """The symbols of the methods of each operation, by its key."""
    found: dict[str, list[str]] = {}
    for resource in api.resources.values():
        for operation in resource.operations:
            names = (resource.class_name, f"Async{resource.class_name}")
            found[operation.key] = [f"{resource.module}.{name}.{operation.name}" for name in names]
    return found
