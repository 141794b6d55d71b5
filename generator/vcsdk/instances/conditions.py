"""What a flat schema asks for under a condition, taken apart: each case is a flat schema without conditions.

A value of a case need not be one of the schema (how could `not` tell what to write?): it is tried, and judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from vcsdk.instances.joining import Mark, is_nothing

Flat = dict[str, Any]
Joined = Callable[..., Flat]
"""Makes one flat schema of several, each of which is to hold."""

CONTAINED = Mark("contained")
"""In a case: what the items have to be among, each with how many of them at least and at most."""

_CONDITIONS = ("if", "then", "else", "not", "dependentRequired", "dependentSchemas", "contains", "minContains",
               "maxContains")  # fmt: skip
_KINDS = ("object", "string", "integer", "array", "boolean", "null")
_TEXTS = ("example", "x", "", "0", "A", "-", "Example 2", "example-example-example")
_MOST_DEPTH = 12


def apart(schema: Mapping[str, Any]) -> tuple[Flat, Flat]:
    """The schema without its conditions, and these alone."""
    held = {key: value for key, value in schema.items() if key in _CONDITIONS}
    return {key: value for key, value in schema.items() if key not in _CONDITIONS}, held


def cases(flat: Flat, joined: Joined, depth: int = 0) -> Iterator[Flat]:
    """The cases of a flat schema whose conditions stand in its `allOf` (as `apart` gave them), the fullest first."""
    conditions = flat.get("allOf", [])
    if not conditions:
        yield flat
        return
    if depth > _MOST_DEPTH:
        return
    first, rest = conditions[0], conditions[1:]
    bare = {key: value for key, value in flat.items() if key != "allOf"}
    if rest:
        bare["allOf"] = rest
    for one in _decided(bare, first, joined):
        yield from cases(one, joined, depth + 1)


def _decided(flat: Flat, condition: Mapping[str, Any], joined: Joined) -> Iterator[Flat]:
    """What the schema becomes by each way of keeping the keywords of one condition."""
    found: Iterator[Flat] = iter((flat,))
    if "if" in condition:
        found = _each(found, lambda one: _branches(one, condition, joined))
    if isinstance(listed := condition.get("dependentRequired"), dict):
        needs = {name: {"required": names} for name, names in listed.items()}
        found = _each(found, lambda one: _dependent(one, needs, joined))
    if isinstance(schemas := condition.get("dependentSchemas"), dict):
        found = _each(found, lambda one: _dependent(one, schemas, joined))
    for key in ("oneOf", "anyOf"):
        if key in condition:
            found = _each(found, partial(_chosen, condition[key], joined))
    if "contains" in condition:
        found = _each(found, lambda one: iter((_containing(one, condition),)))
    if "not" in condition:
        found = _each(found, lambda one: _without(one, condition["not"], joined))
    return found


def _each(found: Iterator[Flat], decide: Callable[[Flat], Iterator[Flat]]) -> Iterator[Flat]:
    for one in found:
        yield from decide(one)


def _chosen(members: Any, joined: Joined, flat: Flat) -> Iterator[Flat]:
    for member in members:
        yield joined(flat, member)


def _branches(flat: Flat, condition: Mapping[str, Any], joined: Joined) -> Iterator[Flat]:
    met = condition["if"]
    if not is_nothing(met):
        yield joined(flat, met, condition.get("then", True))
    if met is not True:
        for one in _without(flat, met, joined):
            yield joined(one, condition.get("else", True))


def _dependent(flat: Flat, needs: Mapping[str, Any], joined: Joined) -> Iterator[Flat]:
    """With all that the properties ask for, then without those that ask and are optional."""
    whole, met = flat, set[str]()
    while asking := _mentioned(whole) & set(needs) - met:
        met |= asking
        whole = joined(whole, *(needs[name] for name in sorted(asking)))
    yield whole
    if met:
        kept = flat
        for name in sorted(met - set(flat.get("required", ()))):
            kept = _dropped(kept, name)
        still = sorted(set(needs) & set(kept.get("required", ())))
        yield joined(kept, *(needs[name] for name in still))


def _mentioned(flat: Flat) -> set[str]:
    return {*flat.get("properties", {}), *flat.get("required", ())}


def _dropped(flat: Flat, name: str) -> Flat:
    kept = {key: value for key, value in flat.get("properties", {}).items() if key != name}
    return {**flat, "properties": kept}


def _containing(flat: Flat, condition: Mapping[str, Any]) -> Flat:
    wanted = [condition["contains"], condition.get("minContains", 1), condition.get("maxContains")]
    return {**flat, CONTAINED: [*flat.get(CONTAINED, ()), wanted]}


def _without(flat: Flat, refused: Any, joined: Joined) -> Iterator[Flat]:
    """Ways in which a value of the schema may be none of another: each breaks one of its keywords."""
    if refused is True or refused == {}:
        return
    yield flat
    if not isinstance(refused, dict):
        return
    other = joined({}, refused)
    for key in ("anyOf", "oneOf"):
        if isinstance(other.get(key), list):
            # Whoever is none of them breaks each.
            yield joined(flat, *({"not": member} for member in other[key]))
    for condition in other.get("allOf", ()):
        if "not" in condition:
            yield joined(flat, condition["not"])
    for name in other.get("required", ()):
        if name not in flat.get("required", ()):
            yield _dropped(flat, name)
    for name, member in other.get("properties", {}).items():
        yield joined(flat, {"properties": {name: {"not": member}}, "required": [name]})
    yield from _other_values(flat, other)
    for bounds in _broken_bounds(other):
        yield joined(flat, bounds)
    if "type" not in flat and "enum" not in flat and "const" not in flat:
        yield from ({**flat, "type": kind} for kind in _KINDS)
    if flat.get("type") == "string" and "enum" not in flat:
        yield from ({**flat, "const": text} for text in _TEXTS)


def _other_values(flat: Flat, other: Flat) -> Iterator[Flat]:
    refused = [other["const"]] if "const" in other else other.get("enum")
    if isinstance(flat.get("type"), list):
        yield from ({**flat, "type": kind} for kind in flat["type"])
    if isinstance(refused, list):
        if isinstance(flat.get("enum"), list):
            yield {**flat, "enum": [value for value in flat["enum"] if value not in refused]}
        numbers = [value for value in refused if isinstance(value, int | float)]
        if numbers:
            yield {**flat, "minimum": max(numbers) + 1}
            yield {**flat, "maximum": min(numbers) - 1}
        if flat.get("type") == "boolean":
            yield from ({**flat, "enum": [value]} for value in (True, False) if value not in refused)
    if "items" in other:
        yield {**flat, CONTAINED: [*flat.get(CONTAINED, ()), [{"not": other["items"]}, 1, None]]}


def _broken_bounds(other: Flat) -> Iterator[Flat]:
    for least, most in (("Length", "Length"), ("Items", "Items"), ("Properties", "Properties")):
        if isinstance(low := other.get(f"min{least}"), int) and low > 0:
            yield {f"max{most}": low - 1}
        if isinstance(high := other.get(f"max{most}"), int):
            yield {f"min{least}": high + 1}
    if "minimum" in other:
        yield {"exclusiveMaximum": other["minimum"]}
    if "maximum" in other:
        yield {"exclusiveMinimum": other["maximum"]}
    if "exclusiveMinimum" in other:
        yield {"maximum": other["exclusiveMinimum"]}
    if "exclusiveMaximum" in other:
        yield {"minimum": other["exclusiveMaximum"]}
    if isinstance(step := other.get("multipleOf"), int | float):
        yield {"minimum": step / 2, "maximum": step / 2}
        yield {"minimum": step + 1, "maximum": step + 1}
