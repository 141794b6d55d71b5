"""IR types as Python annotations that msgspec decodes and mypy checks."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

import msgspec
from msgspec.structs import replace

from vcsdk.emitters.filters import identifier, python_literal
from vcsdk.emitters.imports import Imports, NoImports
from vcsdk.ir import Array, Constant, Constraints, Kind, Map, Nullable, Ref, Scalar, Schema, Type, Union
from vcsdk.ir.ecma import python
from vcsdk.ir.explosion import explodes
from vcsdk.ir.limits import compiles, is_64_bit
from vcsdk.ir.unions import flatten

_BUILTIN = {Kind.BOOLEAN: "bool", Kind.INTEGER: "int", Kind.NUMBER: "float", Kind.STRING: "str"}
_BYTES = {Kind.BYTE, Kind.BINARY}
_DATETIME = {Kind.DATE_TIME: "datetime", Kind.DATE: "date", Kind.TIME: "time"}
_NULL = Scalar(Kind.NULL)
_LITERAL = (str, int, type(None))


class Annotator(msgspec.Struct, frozen=True):
    """Spells types in one module.

    `shadowed` are the names that a class body gives another meaning; `lazy` imports models for type checkers only;
    `checked` writes `Annotated[int, Meta(ge=1)]` where the description constrains a value; a map that travels as a
    list of pairs is that list where nothing is `decoded`.
    """

    schemas: Mapping[str, Schema]
    imports: Imports
    shadowed: Collection[str] = ()
    lazy: bool = False
    checked: bool = True
    decoded: bool = True

    @classmethod
    def plain(cls, schemas: Mapping[str, Schema]) -> Annotator:
        """Spells types as people say them, without module names, aliases and constraints: `list[int]`."""
        return cls(schemas, NoImports(), checked=False)

    def within(self, shadowed: Collection[str]) -> Annotator:
        """The same for a class that defines these names."""
        return replace(self, shadowed=frozenset(shadowed))

    def unchecked(self, shadowed: Collection[str]) -> Annotator:
        """The same for the signatures of a class that defines these names: without constraints."""
        return replace(self, shadowed=frozenset(shadowed), checked=False)

    def spell(self, type_: Type) -> str:
        """The annotation of a type: `list[str] | None`."""
        return " | ".join(self._members(type_))

    def optional(self, type_: Type) -> str:
        """The annotation of a type where None stands for "absent"."""
        members = self._members(type_)
        if self.accepts_none(type_):
            return " | ".join(members)
        return " | ".join([*members, "None"])

    def absent(self, type_: Type) -> tuple[str, str]:
        """Annotation and default of a value that may be absent: None says so, or UNSET where null is a value too."""
        if not self.accepts_none(type_):
            return f"{self.spell(type_)} | None", "None"
        unset = self.use("msgspec", "UnsetType")
        return f"{self.spell(type_)} | {unset}", self.use("msgspec", "UNSET")

    def accepts_none(self, type_: Type) -> bool:
        """True for a type that has null among its values."""
        flat = flatten(type_, self.schemas)
        return any((isinstance(m, Scalar) and m.kind in (Kind.ANY, Kind.NULL)) or m == Constant(None) for m in flat)

    def is_null(self, type_: Type) -> bool:
        """True for a type that has no value but null."""
        found = flatten(type_, self.schemas)  # nothing where a name stands for itself
        return bool(found) and all(member in (_NULL, Constant(None)) for member in found)

    def is_any(self, type_: Type) -> bool:
        """True for a type that is not constrained at all."""
        return any(isinstance(m, Scalar) and m.kind is Kind.ANY for m in flatten(type_, self.schemas))

    def _members(self, type_: Type) -> list[str]:
        match type_:
            case Nullable(inner):
                members = self._members(inner)
                none = "None" in members or self.is_any(inner)
                return members if none else [*members, "None"]
            case Union(parts):
                if any(isinstance(p, Scalar) and p.kind is Kind.ANY for p in parts):
                    return [self.use("typing", "Any")]
                spelled = list(dict.fromkeys(m for part in parts for m in self._members(part)))
                # Null last, as people write it.
                return [m for m in spelled if m != "None"] + (["None"] if "None" in spelled else [])
            case Ref() if self.is_null(type_):
                # A name for None cannot stand in a union at run time, nor where msgspec looks for a class.
                return ["None"]
            case _:
                return [self._single(type_)]

    def _single(self, type_: Type) -> str:
        match type_:
            case Scalar(kind, _, constraints):
                meta = self._scalar_meta(kind, constraints) if self.checked else {}
                if self.checked and type_.is_stepped:
                    return self._stepped(constraints, {key: meta[key] for key in meta if key != "multiple_of"})
                return self._annotated(self._scalar(kind), meta)
            case Constant(value):
                return self._constant(value)
            case Array(items, constraints):
                sizes = {"min_length": constraints.min_items, "max_length": constraints.max_items}
                return self._annotated(f"{self.builtin('list')}[{self.spell(items)}]", sizes)
            case Map(values, _, keys) if keys is not None:
                if not self.decoded:
                    pair = f"{self.builtin('dict')}[{self.builtin('str')}, {self.spell(Union((keys, values)))}]"
                    return f"{self.builtin('list')}[{pair}]"
                # What stands in signatures and texts is what callers meet.
                name = self.runtime("Pairs") if self.checked else self.builtin("dict")
                return f"{name}[{self.spell(keys)}, {self.spell(values)}]"
            case Map(values, constraints):
                sizes = {"min_length": constraints.min_properties, "max_length": constraints.max_properties}
                key = self.builtin("str")
                return self._annotated(f"{self.builtin('dict')}[{key}, {self.spell(values)}]", sizes)
            case Ref(key):
                return self.schema(key)
        raise TypeError(type_)

    def schema(self, key: str) -> str:
        """The spelling of a declared schema's class or alias."""
        schema = self.schemas[key]
        return self.imports.own(schema.module, identifier(schema.name), self.shadowed, lazy=self.lazy)

    def builtin(self, name: str) -> str:
        """The spelling of a builtin where the types stand."""
        return self.imports.builtin(name, self.shadowed)

    def runtime(self, name: str) -> str:
        """The spelling of a symbol of the package's `_runtime` where the types stand."""
        return self.imports.runtime(name, self.shadowed)

    def use(self, module: str, name: str) -> str:
        """The spelling of a symbol of a library module where the types stand."""
        return self.imports.use(module, name, self.shadowed)

    def _scalar(self, kind: Kind) -> str:
        if kind in _BUILTIN:
            return self.builtin(_BUILTIN[kind])
        if kind is Kind.BYTE and self.checked:
            return self.runtime("Base64")
        if kind in _BYTES:
            return self.builtin("bytes")
        if kind is Kind.DURATION:
            if self.checked:
                return self.runtime("Duration")
            return f"{self.use('datetime', 'timedelta')} | {self.builtin('str')}"
        if kind in _DATETIME:
            return self.use("datetime", _DATETIME[kind])
        if kind is Kind.UUID:
            return self.use("uuid", "UUID")
        if kind is Kind.PASSWORD:
            return self.runtime("Secret")
        if kind is Kind.NULL:
            return "None"
        return self.use("typing", "Any")

    def _constant(self, value: object) -> str:
        if isinstance(value, bool):
            return self.builtin("bool")
        if isinstance(value, float):
            return self.builtin("float")
        if value is None:
            return "None"
        return f"{self.use('typing', 'Literal')}[{python_literal(value)}]" if isinstance(value, _LITERAL) else "Any"

    def _scalar_meta(self, kind: Kind, c: Constraints) -> Mapping[str, object]:
        if kind is Kind.STRING:
            pattern = c.pattern
            if pattern is not None:
                pattern = python(pattern) if compiles(pattern) and not explodes(pattern) else None
            return {"min_length": c.min_length, "max_length": c.max_length, "pattern": pattern}
        if kind is Kind.INTEGER:
            return _integer_bounds(c)
        return _number_bounds(c) if kind is Kind.NUMBER else {}

    def _stepped(self, constraints: Constraints, meta: Mapping[str, object]) -> str:
        given = [f"{name}={python_literal(value)}" for name, value in meta.items() if value is not None]
        entries = [self.builtin("float"), python_literal(constraints.multiple_of)]
        entries += [f"{self.use('msgspec', 'Meta')}({', '.join(given)})"] if given else []
        return f"{self.runtime('Stepped')}[{', '.join(entries)}]"

    def _annotated(self, base: str, meta: Mapping[str, object]) -> str:
        given = [f"{name}={python_literal(value)}" for name, value in meta.items() if value is not None]
        if not given or not self.checked:
            return base
        return f"{self.use('typing', 'Annotated')}[{base}, {self.use('msgspec', 'Meta')}({', '.join(given)})]"


def _integer_bounds(c: Constraints) -> Mapping[str, object]:
    low = [math.ceil(c.minimum)] if c.minimum is not None else []
    low += [math.floor(c.exclusive_minimum) + 1] if c.exclusive_minimum is not None else []
    high = [math.floor(c.maximum)] if c.maximum is not None else []
    high += [math.ceil(c.exclusive_maximum) - 1] if c.exclusive_maximum is not None else []
    bounds: dict[str, object] = {"ge": max(low, default=None), "le": min(high, default=None)}
    step = c.multiple_of
    bounds["multiple_of"] = int(step) if step is not None and step > 0 and step == int(step) else None
    return {name: value for name, value in bounds.items() if isinstance(value, int) and is_64_bit(value)}


def _number_bounds(c: Constraints) -> Mapping[str, object]:
    bounds: dict[str, object] = {}
    if c.exclusive_minimum is not None and (c.minimum is None or c.exclusive_minimum >= c.minimum):
        bounds["gt"] = float(c.exclusive_minimum)
    elif c.minimum is not None:
        bounds["ge"] = float(c.minimum)
    if c.exclusive_maximum is not None and (c.maximum is None or c.exclusive_maximum <= c.maximum):
        bounds["lt"] = float(c.exclusive_maximum)
    elif c.maximum is not None:
        bounds["le"] = float(c.maximum)
    if c.multiple_of is not None and c.multiple_of > 0:
        bounds["multiple_of"] = float(c.multiple_of)
    return bounds
