"""What schemas that hold together say of a value, keyword by keyword."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Any

import msgspec

from vcsdk.build.compose import Part, says_a_type, says_something
from vcsdk.build.narrowing import Narrowest, implied_type, narrower
from vcsdk.build.scalars import constraints
from vcsdk.ir import UNCONSTRAINED, Constraints
from vcsdk.ir.limits import compiles, fits_everything
from vcsdk.load.pointer import join

_LARGER = ("minimum", "exclusive_minimum", "min_length", "min_items", "min_properties")
_SMALLER = ("maximum", "exclusive_maximum", "max_length", "max_items", "max_properties")
_CONDITIONS = ("if", "then", "else", "dependentSchemas")


class Conjunction(msgspec.Struct):
    """The keywords of several schemas as one.

    `types` are those that all allow, None where none is said; `implied` what the keywords are about then.  Properties,
    `items` and `further` properties are lists of schemas that hold together; `by_position`: items have some of their
    own.  `is_open`: further properties are spoken of.  `choices` are schemas with alternatives, and the keyword.
    `encoding` is `contentEncoding`, `places` where the schemas stand.  `dropped` are places of assertions that nothing
    expresses.  `contradiction` is the place of a schema that the ones before it exclude.
    """

    types: list[str] | None = None
    implied: str = "any"
    nullable: bool = False
    format: str | None = None
    encoding: str | None = None
    places: list[str] = msgspec.field(default_factory=list)
    constraints: Constraints = UNCONSTRAINED
    values: list[Any] | None = None
    const: list[Any] = msgspec.field(default_factory=list)
    properties: dict[str, list[Part]] = msgspec.field(default_factory=dict)
    required: set[str] = msgspec.field(default_factory=set)
    items: list[Part] = msgspec.field(default_factory=list)
    by_position: bool = False
    further: list[Part] = msgspec.field(default_factory=list)
    patterns: list[Part] = msgspec.field(default_factory=list)
    is_open: bool = False
    is_closed: bool = False
    choices: list[tuple[dict[str, Any], str, str]] = msgspec.field(default_factory=list)
    descriptions: dict[str, Any] = msgspec.field(default_factory=dict)
    dropped: list[tuple[str, str]] = msgspec.field(default_factory=list)
    contradiction: str | None = None

    @property
    def undeclared(self) -> set[str]:
        """Properties that are asked for and not described, also by alternatives that only require or forbid some.

        A class has fields for them, where nothing is said of further ones.
        """
        if self.is_open or self.patterns or self.is_closed:
            return set()
        options = (option for schema, _, keyword in self.choices for option in schema[keyword])
        some = [name for option in options if not says_a_type(option) for name in option.get("required", ())]
        return {*self.required, *(name for name in some if isinstance(name, str))} - set(self.properties)


def conjunction(parts: Sequence[Part]) -> Conjunction:
    """Join the keywords of schemas without `allOf` and `$ref` (those are passed over)."""
    whole = Conjunction()
    properties: dict[str, Narrowest] = {}
    null = []
    for schema, at in parts:
        types, nullable = types_of(schema)
        if types or nullable:
            null.append(nullable)
            narrowed = types if whole.types is None else _both_types(whole.types, types)
            if not narrowed and whole.contradiction is None:
                whole.contradiction = at
            whole.types = narrowed
        if whole.implied != "object":
            whole.implied = implied_type(schema) if implied_type(schema) != "any" else whole.implied
        _add_scalar(whole, schema, at)
        _add_object(whole, properties, schema, at)
        if "items" in schema:
            whole.items.append((schema["items"], join(at, "items")))
        whole.by_position = whole.by_position or bool(schema.get("prefixItems"))
        whole.choices += [(schema, at, keyword) for keyword in ("oneOf", "anyOf") if keyword in schema]
    whole.properties = {wire: list(held) for wire, held in properties.items()}
    whole.nullable = bool(null) and all(null)
    return whole


def types_of(schema: Mapping[str, Any]) -> tuple[list[str], bool]:
    """The types that a schema names, and whether null is one beside them."""
    declared = schema.get("type")
    types = [declared] if isinstance(declared, str) else list(declared or ())
    nullable = schema.get("nullable") is True or "null" in types
    return [t for t in types if t != "null"] or (["null"] if types == ["null"] else []), nullable and types != ["null"]


def same_values(one: Sequence[Any], other: Sequence[Any]) -> list[Any]:
    """The values of `one` that are also in `other`; `true` is not 1."""
    known = {json.dumps(value, sort_keys=True) for value in other}
    return [value for value in one if json.dumps(value, sort_keys=True) in known]


def _both_types(one: list[str], other: list[str]) -> list[str]:
    if not other:
        return one
    found = [t for t in one if t in other or (t == "integer" and "number" in other)]
    return found + [t for t in other if t == "integer" and "number" in one and t not in found]


def _add_scalar(whole: Conjunction, schema: Mapping[str, Any], at: str) -> None:
    if "format" in schema and whole.format is None:
        whole.format = str(schema["format"])
    elif "format" in schema and whole.format != schema["format"]:
        whole.dropped.append((at, "format"))
    if "contentEncoding" in schema:
        whole.encoding = str(schema["contentEncoding"])
    whole.places.append(at)
    found = constraints(schema)
    if found != UNCONSTRAINED:
        whole.constraints = _both(whole.constraints, found, at, whole.dropped)
    if "enum" in schema:
        values = list(schema["enum"])
        whole.values = values if whole.values is None else same_values(whole.values, values)
        described = schema.get("x-enum-descriptions", schema.get("x-enumDescriptions"))
        whole.descriptions |= described if isinstance(described, dict) else {}
        if not whole.values and whole.contradiction is None:
            whole.contradiction = at
    if "const" in schema:
        whole.const.append(schema["const"])


def _add_object(whole: Conjunction, properties: dict[str, Narrowest], schema: Mapping[str, Any], at: str) -> None:
    for wire, value in schema.get("properties", {}).items():
        properties.setdefault(wire, Narrowest()).add((value, join(at, "properties", wire)))
    whole.required.update(name for name in schema.get("required", ()) if isinstance(name, str))
    patterns = schema.get("patternProperties") or {}
    every = [(patterns[key], join(at, "patternProperties", key)) for key in patterns if fits_everything(key)]
    if every:
        # Nothing is left for the keywords that speak of what no pattern fits.
        whole.is_open = True
        whole.further += [part for part in every if says_something(part[0])]
    for keyword in ("additionalProperties", "unevaluatedProperties") if not every else ():
        further = schema.get(keyword)
        if further is False:
            whole.is_closed = True
        elif further is not None:
            whole.is_open = True
            if says_something(further) and further != {"not": {}}:
                whole.further.append((further, join(at, keyword)))
    if not every:
        whole.patterns += [(value, join(at, "patternProperties", key)) for key, value in patterns.items()]
    # A condition may speak of properties that nothing else names; what they hold depends on it.
    for name in _conditional(schema):
        if name not in properties:
            properties.setdefault(name, Narrowest()).add(({}, at))


def _conditional(schema: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    for keyword in _CONDITIONS:
        node = schema.get(keyword)
        if not isinstance(node, dict):
            continue
        for each in node.values() if keyword == "dependentSchemas" else (node,):
            if isinstance(each, dict) and keyword != "if" and isinstance(each.get("properties"), dict):
                found += each["properties"]
    return found


def _both(one: Constraints, other: Constraints, at: str, dropped: list[tuple[str, str]]) -> Constraints:
    found: dict[str, Any] = {}
    for name in Constraints.__struct_fields__:
        values = [value for value in (getattr(one, name), getattr(other, name)) if value not in (None, False)]
        if not values:
            continue
        if name in _LARGER:
            found[name] = max(values)
        elif name in _SMALLER:
            found[name] = min(values)
        elif len(values) == 1 or values[0] == values[1]:
            found[name] = values[0]
        elif name == "multiple_of":
            found[name] = _common_multiple(*values)
        else:
            # A search that has to succeed twice, from the start each time.
            joined = "".join(rf"(?=[\s\S]*?(?:{pattern}))" for pattern in values)
            usable = all(compiles(pattern) for pattern in values) and compiles(f"^{joined}")
            found[name] = f"^{joined}" if usable else values[0]
            if not usable:
                dropped.append((at, "pattern"))
    return Constraints(**found)


def _common_multiple(one: float, other: float) -> float | int:
    first, second = Fraction(str(one)), Fraction(str(other))
    if first <= 0 or second <= 0:
        return max(one, other)
    denominator = lcm(first.denominator, second.denominator)
    found = Fraction(lcm(int(first * denominator), int(second * denominator)), denominator)
    return int(found) if found.denominator == 1 else float(found)


def adds_nothing(outer: Conjunction, inner: Conjunction) -> bool:
    """Whether what is said of a value is said by another conjunction as well."""
    if outer.choices or outer.items or outer.is_open or outer.patterns or outer.values is not None or outer.const:
        return False
    if outer.types is not None and outer.types != (inner.types or [inner.implied]):
        return False
    if outer.required - inner.required or outer.format != inner.format:
        return False
    if outer.constraints != UNCONSTRAINED:
        return False
    return all(
        wire in inner.properties
        and len(parts) == len(inner.properties[wire]) == 1
        and narrower(parts[0], inner.properties[wire][0]) is inner.properties[wire][0]
        for wire, parts in outer.properties.items()
    )
