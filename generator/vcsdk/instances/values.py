"""Values for schemas: the description's examples where they are valid, generated ones elsewhere."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import Any

from vcsdk.instances.alike import Alike
from vcsdk.instances.alternatives import options
from vcsdk.instances.conditions import CONTAINED, apart, cases
from vcsdk.instances.dialect import tags_of
from vcsdk.instances.families import as_member, heir
from vcsdk.instances.joining import Mark, is_nothing, merge
from vcsdk.instances.members import Members
from vcsdk.instances.numbers import number
from vcsdk.instances.schemas import Schemas
from vcsdk.instances.texts import text
from vcsdk.ir.vapi import is_list_of_pairs

# Beyond this depth only what is required is generated, beyond twice of it nothing.
_FULL_DEPTH = 6
_MOST_STEPS = 20_000
"""Most schemas that are looked at for one value; a small description can ask for any number."""
_MOST_IN_VAIN = 500_000
"""Schemas that are looked at in vain for all values together, after which each has a twentieth of the steps."""
_JUDGEMENT = 20
"""How many schemas one could look at while a value is judged by one."""
_MOST_CASES = 64
"""Most ways of keeping the conditions of one schema that are tried."""
_LONGEST = 10_000
"""Most characters, items or properties that a value is given because it needs so many."""
_KEPT_FLAT = 4096

_TAG = Mark("tag")
"""In a flat schema: the property that tells which member of a family it is, and its value."""
_SIMPLE: tuple[Any, ...] = ({}, [], "", 0, True, None)


class UnboundedError(Exception):
    """The schema requires a value without end (or none exists) at this place."""


class Values:
    """Generates JSON values, of answers or of requests.  The same schemas and seed give the same values."""

    def __init__(self, schemas: Schemas, seed: int = 0, *, request: bool = False) -> None:
        self._schemas = schemas
        self._accepts = partial(schemas.accepts, request=request)
        self._validator = partial(schemas.validator, request=request)
        self._hidden = "readOnly" if request else "writeOnly"
        self._seed = seed
        self._steps = self._in_vain = 0
        self._alike = Alike()
        self._flat: dict[int, tuple[Any, dict[str, Any]]] = {}
        self._composed: dict[tuple[int, int, int, tuple[str, str] | None], tuple[Any, Any]] = {}
        # Whether each member is judged by itself, which is slow, and shows which of those that are optional to leave.
        self._judging = False

    def example(self, schema: Any, example: Any = None) -> Any:
        """A value that is valid against the schema: `example` if that is valid, else the best that can be generated.

        Raises:
            UnboundedError: No valid value was found.
        """
        if example is not None and self._accepts(schema, example):
            return example
        return self._first(schema, ((_FULL_DEPTH, False), (_FULL_DEPTH, True), (3, True), (1, True), (0, True)))

    def smallest(self, schema: Any) -> Any:
        """The same with what is required alone, or as little beside it as there must be.

        Raises:
            UnboundedError: No valid value was found.
        """
        return self._first(schema, ((0, False), (0, True), (1, True), (3, True), (_FULL_DEPTH, True)))

    def _first(self, schema: Any, ways: Iterable[tuple[int, bool]]) -> Any:
        for full_depth, self._judging in ways:
            self._steps = 0
            self._composed.clear()
            with suppress(UnboundedError):
                value = self._generate(schema, 0, full_depth)
                if self._accepts(schema, value):
                    return value
            self._in_vain += self._steps
        # What is generated has no end where schemas only lead to each other, and any value fits such a schema.
        return self._simple(schema)

    def _simple(self, schema: Any) -> Any:
        # Of a schema that nobody can judge by, none of them is known to fit.
        for value in _SIMPLE if self._validator(schema) is not None else ():
            if self._accepts(schema, value):
                return value
        raise UnboundedError

    def _generate(self, schema: Any, depth: int, full: int, tag: tuple[str, str] | None = None) -> Any:
        if schema is True or schema == {}:
            return {}
        self._step()
        if schema is False or not isinstance(schema, dict) or depth > _FULL_DEPTH * 2 + 4:
            raise UnboundedError
        own = _own_example(schema)
        if own is not None and self._accepts(schema, own):
            return own
        flat = self.flatten(schema)
        tag = tag or flat.get(_TAG)
        if flat.get("allOf") or flat.get("oneOf") or flat.get("anyOf"):
            return self._composition(schema, flat, depth, full, tag)
        if _TAG not in flat and (told := heir(flat.get("discriminator"), schema, self._schemas.at)) is not None:
            return self._generate(told[1], depth + 1, full, told[0])
        value = self._plain(flat, depth, full)
        if tag is None or not isinstance(value, dict):
            return self._told(schema, value)
        return {**value, tag[0]: tag[1]}

    def _composition(
        self, schema: Any, flat: dict[str, Any], depth: int, full: int, tag: tuple[str, str] | None
    ) -> Any:
        """The value of a composition, looked for once at each depth: unions lead to the same ones by many ways."""
        key = (id(schema), depth, full, tag)
        if (known := self._composed.get(key)) is not None:
            if known[1] is UnboundedError:
                raise UnboundedError
            return self._again(known[1])
        # The schema is kept beside its value so that its id stays its own.
        self._composed[key] = (schema, UnboundedError)
        if flat.get("allOf"):
            value = self._conditional(schema, flat, depth, full, tag)
        else:
            value = self._choose(schema, flat, "oneOf" if flat.get("oneOf") else "anyOf", depth, full)
        self._composed[key] = (schema, value)
        return value

    def _again(self, value: Any) -> Any:
        """A copy; what is in it counts, since what is looked for once can stand in a value any number of times."""
        self._step()
        if isinstance(value, dict):
            return {name: self._again(member) for name, member in value.items()}
        return [self._again(item) for item in value] if isinstance(value, list) else value

    def _told(self, schema: Any, value: Any) -> Any:
        known = as_member(value, schema, self._schemas.kinds)
        return known if known is value or self._accepts(schema, known) else value

    def _conditional(
        self, schema: Any, flat: dict[str, Any], depth: int, full: int, tag: tuple[str, str] | None
    ) -> Any:
        """The value of the first case that keeps the conditions."""
        for case in islice(cases(flat, self._joined), _MOST_CASES):
            with suppress(UnboundedError):
                value = self._generate(self._alike.first(case), depth, full, tag)
                if self._accepts(schema, value):
                    return value
        return self._simple(schema)

    def _joined(self, *schemas: Any) -> dict[str, Any]:
        flat: dict[str, Any] = {}
        self._step(_JUDGEMENT)
        for schema in schemas:
            merge(flat, self.flatten(schema))
        return flat

    def _step(self, worth: int = 1) -> None:
        self._steps += worth
        if self._steps > (_MOST_STEPS if self._in_vain < _MOST_IN_VAIN else _MOST_STEPS // 20):
            raise UnboundedError

    def _plain(self, flat: Mapping[str, Any], depth: int, full: int) -> Any:
        if "const" in flat:
            return flat["const"]
        if flat.get("enum"):
            return next((value for value in flat["enum"] if value is not None), None)
        own = _own_example(flat)
        kind = _kind(flat)
        if kind == "object":
            return self._object(flat, depth, full)
        if kind == "array":
            return self._array(flat, depth, full)
        if own is not None and type(own) in _PYTHON.get(kind, ()) and self._accepts(dict(flat), own):
            return own
        if kind == "boolean":
            return True
        if kind in ("integer", "number"):
            if (amount := number(flat, kind)) is None:
                raise UnboundedError
            return amount
        if kind == "null":
            return None
        _refuse_longer(flat.get("minLength", 0))
        if (found := text(flat, self._seed)) is None:
            raise UnboundedError
        return found

    def flatten(self, schema: Any) -> dict[str, Any]:
        """The schema with references followed and `allOf` merged into one flat object.

        What is asked for under a condition stays in its `allOf`, each by itself.
        """
        if not isinstance(schema, dict):
            return {}
        if (known := self._flat.get(id(schema))) is not None:
            return known[1]
        flat = self._flatten(schema, 0, set())
        if len(self._flat) >= _KEPT_FLAT:
            self._flat.clear()
        # The schema is kept beside it so that its id stays its own.
        self._flat[id(schema)] = (schema, flat)
        return flat

    def _flatten(self, schema: Any, depth: int, met: set[str]) -> dict[str, Any]:
        resolved = self._schemas.resolve(schema)
        if not isinstance(resolved, dict) or depth > _FULL_DEPTH * 2:
            return {}
        if not self._schemas.openapi_30 and isinstance(schema, dict) and "$ref" in schema and len(schema) > 1:
            beside = {key: value for key, value in schema.items() if key != "$ref"}
            resolved = {**beside, "allOf": [*beside.get("allOf", ()), {"$ref": schema["$ref"]}]}
        plain, conditions = apart(resolved)
        flat = {key: value for key, value in plain.items() if key != "allOf"}
        merge(flat, {"allOf": [conditions]} if conditions else {})
        for member in resolved.get("allOf", ()):
            # What is held to twice says nothing more, and may lead to more each time.
            ref = str(member["$ref"]) if isinstance(member, dict) and set(member) == {"$ref"} else None
            if ref is None or ref not in met:
                met |= {ref} if ref is not None else set()
                merge(flat, self._flatten(member, depth + 1, met))
                self._inherit_tag(flat, schema, member)
        return flat

    def _inherit_tag(self, flat: dict[str, Any], schema: Any, member: Any) -> None:
        base = self._schemas.resolve(member)
        ref = schema.get("$ref") if isinstance(schema, dict) else None
        if isinstance(base, dict) and isinstance(rule := base.get("discriminator"), dict) and ref:
            flat.pop("discriminator", None)
            flat[_TAG] = (rule["propertyName"], tags_of(rule, ref)[0])

    def _choose(self, schema: Any, flat: dict[str, Any], key: str, depth: int, full: int) -> Any:
        rule = flat.get("discriminator")
        base = {name: value for name, value in flat.items() if name not in (key, "discriminator")}
        fallback: Any = UnboundedError
        for member in options(flat[key], self.flatten):
            merged = dict(base)
            merge(merged, self.flatten(member))
            # What says the same as the member is judged by what was compiled for that.
            merged = self._alike.first(member if merged == member else merged)
            ref = member.get("$ref") if isinstance(member, dict) else None
            tag = (rule["propertyName"], tags_of(rule, ref)[0]) if isinstance(rule, dict) and ref else None
            try:
                value = self._generate(merged, depth + 1, full, tag)
            except UnboundedError:
                continue
            # Unions in unions are met in ever new company, and each is compiled for it.
            self._step(_JUDGEMENT)
            if self._accepts(schema, value):
                return value
            fallback = value if fallback is UnboundedError else fallback
        if fallback is UnboundedError:
            raise UnboundedError
        return fallback

    def _object(self, flat: Mapping[str, Any], depth: int, full: int) -> dict[str, Any]:
        required = set(flat.get("required", ())) if isinstance(flat.get("required"), list) else set()
        members = Members(flat, self._accepts)
        value: dict[str, Any] = {}
        properties = flat.get("properties", {})
        for name, member in properties.items():
            if name not in required and depth >= full:
                continue
            if self.is_hidden(member):
                continue
            try:
                value[name] = self._member(members.schema(name), depth + 1, full)
            except UnboundedError:
                if name in required:
                    raise
        for name in sorted(required - set(properties)):
            value[name] = self._generate(members.schema(name), depth + 1, full)
        self._keep_to_most(value, flat, required)
        least = flat.get("minProperties", 0)
        _refuse_longer(least)
        wanted = max(least, 1 if not properties and members.are_described else 0)
        if wanted > len(value) and (depth < full or least > len(value)):
            for name in islice(members.names(), wanted - len(value)):
                try:
                    value[name] = self._generate(members.schema(name), depth + 1, full)
                except UnboundedError:
                    if least > len(value):
                        raise
        return value

    def _member(self, schema: Any, depth: int, full: int) -> Any:
        value = self._generate(schema, depth, full)
        self._step(_JUDGEMENT if self._judging else 0)
        if self._judging and not self._accepts(schema, value):
            raise UnboundedError
        return value

    def _keep_to_most(self, value: dict[str, Any], flat: Mapping[str, Any], required: set[str]) -> None:
        most = flat.get("maxProperties")
        for name in [name for name in reversed(value) if name not in required]:
            if isinstance(most, int) and len(value) > most:
                del value[name]

    def is_hidden(self, member: Any) -> bool:
        """True for the schema of a property that is not in what is made up (OpenAPI 3.0.3, "Schema Object")."""
        resolved = self._schemas.resolve(member)
        return isinstance(resolved, dict) and bool(resolved.get(self._hidden))

    def _array(self, flat: Mapping[str, Any], depth: int, full: int) -> list[Any]:
        least, prefix = flat.get("minItems", 0), flat.get("prefixItems", ())
        if prefix or CONTAINED in flat:
            return self._places(flat, list(prefix), depth, full)
        length = max(least, 1 if depth < full and flat.get("maxItems", 1) > 0 else 0)
        if not length:
            return []
        _refuse_longer(least)
        entry = flat.get("items", {})
        if is_list_of_pairs(flat):
            entry = {**entry, "required": ["key", "value"]}  # as every map has them, required or not
        try:
            items = list(self._items(entry, length, depth, full))
        except UnboundedError:
            if least:
                raise
            return []
        if flat.get("uniqueItems") and length > 1:
            items = _distinct(items, self.flatten(flat.get("items", {})))
        return items

    def _places(self, flat: Mapping[str, Any], places: list[Any], depth: int, full: int) -> list[Any]:
        """An array of which each place has a schema of its own."""
        least, most, rest = flat.get("minItems", 0), flat.get("maxItems", _LONGEST), flat.get("items", {})
        if depth >= full:
            places = places[:least]
        places = places[:most]
        for contained, few, many in flat.get(CONTAINED, ()):
            _refuse_longer(few)
            others = rest if many is None else {"allOf": [rest, {"not": contained}]}
            if is_nothing(rest) or len(places) + few > most:
                places = [{"allOf": [place, contained]} if at < few else place for at, place in enumerate(places)]
            else:
                places += [{"allOf": [rest, contained]}] * math.ceil(few)
            rest = others
        _refuse_longer(least)
        places += [rest] * (math.ceil(least) - len(places))
        items = [self._generate(place, depth + 1, full) for place in places]
        if flat.get("uniqueItems"):
            for at, item in enumerate(items):
                others = items[:at]
                if item in others:
                    items[at] = self._generate({"allOf": [places[at], {"not": {"enum": others}}]}, depth + 1, full)
        return items

    def _items(self, schema: Any, length: int, depth: int, full: int) -> Iterator[Any]:
        first = self._generate(schema, depth + 1, full)
        for _ in range(length):
            yield first


def _refuse_longer(least: float) -> None:
    if least > _LONGEST:
        raise UnboundedError


_PYTHON: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
}


_OF_OBJECTS = ("properties", "additionalProperties", "required", "patternProperties", "propertyNames",
               "minProperties", "maxProperties")  # fmt: skip
_OF_ARRAYS = ("items", "prefixItems", "minItems", "maxItems", "uniqueItems", CONTAINED)
_OF_NUMBERS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")


def _own_example(schema: Mapping[str, Any]) -> Any:
    if "example" in schema:
        return schema["example"]
    examples = schema.get("examples")
    return examples[0] if isinstance(examples, list) and examples else None


def _kind(flat: Mapping[str, Any]) -> str:
    named = flat.get("type")
    if isinstance(named, list):
        named = next((kind for kind in named if kind != "null"), "null")
    if isinstance(named, str):
        return named
    if any(key in flat for key in _OF_OBJECTS):
        return "object"
    if any(key in flat for key in _OF_ARRAYS):
        return "array"
    if any(key in flat for key in ("pattern", "minLength", "maxLength", "format")):
        return "string"
    return "number" if any(key in flat for key in _OF_NUMBERS) else "object"


def _distinct(items: list[Any], flat: Mapping[str, Any]) -> list[Any]:
    if isinstance(values := flat.get("enum"), list):
        return [values[index % len(values)] for index in range(len(items))]
    first = items[0]
    if isinstance(first, bool):
        return [bool(index % 2) for index in range(len(items))]
    if isinstance(first, int | float):
        return [first + index for index in range(len(items))]
    if isinstance(first, str):
        return [f"{first}{index}" if index else first for index in range(len(items))]
    if isinstance(first, dict):
        name = next((key for key, value in first.items() if isinstance(value, str)), None)
        if name is not None:
            return [{**first, name: f"{first[name]}{index}"} if index else first for index in range(len(items))]
    raise UnboundedError
