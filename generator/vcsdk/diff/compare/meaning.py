"""The words of a schema in one form each: what can be said in several ways is the same however it is said.

`const` is an `enum` of one, `nullable` a type, an alternative alone is the schema itself, and a bound that another one
makes idle says nothing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from vcsdk.diff.compare.resolve import json_kind

Words = dict[str, list[Any]]
"""What is said by each word, every time it is said of the same value."""

DOCUMENTATION = frozenset({"title", "description", "$comment", "example", "examples", "externalDocs"})
_OF_KIND = {
    "object": ("properties", "additionalProperties", "required", "maxProperties", "minProperties"),
    "array": ("items", "prefixItems", "maxItems", "minItems"),
}
"""Words that are only said of one kind of value, so that they name it."""
_SIZES: Mapping[str, Callable[[Iterable[Any]], Any]] = {
    **dict.fromkeys(("minLength", "minItems", "minProperties", "uniqueItems"), max),
    **dict.fromkeys(("maxLength", "maxItems", "maxProperties"), min),
}
_VALUES = frozenset({"type", "enum", "const"})


def is_null(schema: Any) -> bool:
    """Whether a schema allows null and nothing else."""
    if not isinstance(schema, dict):
        return False
    alone = schema.get("type") in ("null", ["null"]) or schema.get("enum") == [None]
    return alone or ("const" in schema and schema["const"] is None)


def settled(said: Words, words_below: Iterable[str] = (), *, null: bool = False) -> Words:
    """The same words in one form.

    Args:
        said: The words of a schema that stand for themselves.
        words_below: The words besides, such as `properties`.
        null: Whether an alternative allowed null.
    """
    words = {word: list(values) for word, values in said.items()}
    types = _types(words.pop("type", [])) or _implied((*words, *words_below)) or None
    listed = [value for value in words.pop("enum", []) if isinstance(value, list)]
    listed += [[value] for value in words.pop("const", [])]
    nullable = any(value is True for value in words.pop("nullable", []))
    null = null or nullable or (types is not None and "null" in types)
    if listed:
        values = _in_all(listed)
        null = null or any(value is None for value in values)
        kept = [value for value in values if value is not None and _is_of(value, types)]
        if sorted(map(_text, kept)) == ["false", "true"]:
            types, listed = {"boolean"}, []
        else:
            types = None
            words["enum"] = [sorted(kept, key=_text)]
    if types is not None:
        types -= {"null"}
        _settle_numbers(words, integer=types == {"integer"})
        if types:
            words["type"] = [sorted(types)]
    else:
        _settle_numbers(words, integer=False)
    # What has no kind may be null as well.
    if null and (listed or types is not None or not set(words_below).isdisjoint(("oneOf", "anyOf"))):
        words["nullable"] = [True]
    _settle_encoding(words)
    _settle_sizes(words)
    return words


def of_alternatives(options: Sequence[Any], *, exclusive: bool) -> Words | None:
    """What alternatives say together where each is a kind or listed values and no more; None for any others.

    `exclusive` alternatives must not share a value, as those of `oneOf`.
    """
    if len(options) < 2 or not all(isinstance(option, dict) for option in options):
        return None
    if any(not option.keys() & _VALUES or option.keys() - _VALUES - DOCUMENTATION for option in options):
        return None
    plain = [settled({word: [value] for word, value in option.items() if word in _VALUES}) for option in options]
    words: Words = {}
    if all(each.keys() == {"type"} for each in plain):
        kinds = [kind for each in plain for kind in each["type"][0]]
        if exclusive and (len(set(kinds)) < len(kinds) or {"integer", "number"} <= set(kinds)):
            return None
        words["type"] = [kinds]
    elif all(each.keys() == {"enum"} for each in plain):
        values = [value for each in plain for value in each["enum"][0]]
        if exclusive and len(set(map(_text, values))) < len(values):
            return None
        words["enum"] = [values]
    else:
        return None
    for option in options:
        for word in option.keys() & DOCUMENTATION:
            words.setdefault(word, []).append(option[word])
    return words


def are_apart(options: Sequence[Any]) -> bool:
    """Whether no value can be two of these schemas, as far as their kinds and listed values tell."""
    met: list[tuple[set[str], set[str]]] = []
    for option in options:
        one = _extent(option)
        if one is None or any(_overlap(one, other) for other in met):
            return False
        met.append(one)
    return True


def _extent(option: Any) -> tuple[set[str], set[str]] | None:
    """The kinds of values that a schema allows, and the values where they are listed; None where it does not tell."""
    if not isinstance(option, dict):
        return None
    words = settled({word: [value] for word, value in option.items() if word in _VALUES}, option)
    if "enum" in words:
        return {json_kind(value) for value in words["enum"][0]}, set(map(_text, words["enum"][0]))
    kinds = set(words["type"][0] if "type" in words else _implied(option))
    return (kinds | ({"integer"} if "number" in kinds else set()), set()) if kinds else None


def _overlap(one: tuple[set[str], set[str]], other: tuple[set[str], set[str]]) -> bool:
    if one[1] and other[1]:
        return not one[1].isdisjoint(other[1])
    return not one[0].isdisjoint(other[0])


def _implied(words: Iterable[str]) -> set[str]:
    """The kinds of values that the words of a schema are said of."""
    known = set(words)
    return {kind for kind, named in _OF_KIND.items() if not known.isdisjoint(named)}


def _types(said: Iterable[Any]) -> set[str] | None:
    """The kinds that every `type` allows; None where there is none."""
    found: set[str] | None = None
    for each in said:
        named = {kind for kind in (each if isinstance(each, list) else [each]) if isinstance(kind, str)}
        if "number" in named:
            named.discard("integer")
        found = named if found is None else _common(found, named)
    return found


def _common(some: set[str], others: set[str]) -> set[str]:
    both = some & others
    return both | ({"integer"} if {"integer", "number"} <= some ^ others else set())


def _in_all(listed: Sequence[list[Any]]) -> list[Any]:
    texts = [{_text(value) for value in values} for values in listed]
    kept = {text: value for value in listed[0] if (text := _text(value)) and all(text in each for each in texts)}
    return list(kept.values())


def _is_of(value: Any, types: set[str] | None) -> bool:
    if types is None or isinstance(value, dict | list):
        return True
    kind = json_kind(value)
    return kind in types or (kind == "integer" and "number" in types) or (kind == "number" and "integer" in types)


def _settle_numbers(words: Words, *, integer: bool) -> None:
    """One word for each bound, the inclusive one where values are whole."""
    _settle_bound(words, "minimum", "exclusiveMinimum", 1, integer=integer)
    _settle_bound(words, "maximum", "exclusiveMaximum", -1, integer=integer)
    if integer and "multipleOf" in words:
        steps = [step for step in words["multipleOf"] if not divides_one(step)]
        words["multipleOf"] = steps
        if not steps:
            del words["multipleOf"]


def _settle_bound(words: Words, inclusive: str, exclusive: str, sign: int, *, integer: bool) -> None:
    said, beside = words.pop(inclusive, []), words.pop(exclusive, [])
    open_ = any(value is True for value in beside)
    bounds = [(value, open_) for value in said] + [(value, True) for value in beside if not isinstance(value, bool)]
    if not all(isinstance(value, int | float) for value, _ in bounds):
        words |= {word: values for word, values in ((inclusive, said), (exclusive, beside)) if values}
        return
    if not bounds:
        return
    value, excluded = max(bounds, key=lambda bound: (sign * bound[0], bound[1]))
    if integer:
        value, excluded = whole(value, sign, excluded=excluded), False
    words[exclusive if excluded else inclusive] = [value]


def whole(value: float, sign: int, *, excluded: bool) -> float:
    """The whole number that a bound of whole numbers comes to; `sign` is 1 for a lower bound, -1 for an upper one."""
    if isinstance(value, float) and not math.isfinite(value):
        return value
    exact = Fraction(value) * sign
    nearest = -((-exact.numerator) // exact.denominator)
    return sign * (nearest + (1 if excluded and nearest == exact else 0))


def divides_one(step: Any) -> bool:
    """Whether every whole number is a multiple of this."""
    is_number = isinstance(step, int) or (isinstance(step, float) and math.isfinite(step))
    return is_number and step > 0 and Fraction(str(step)).numerator == 1


def _settle_encoding(words: Words) -> None:
    """3.1 writes `contentEncoding: base64` for the format `byte` of 3.0 (OpenAPI 3.1.1, "Working with Binary Data")."""
    if words.get("contentEncoding") == ["base64"] and words.get("format", ["byte"]) == ["byte"]:
        del words["contentEncoding"]
        words["format"] = ["byte"]


def _settle_sizes(words: Words) -> None:
    """What is said several times of one value, as the narrowest of all."""
    for word, narrowest in _SIZES.items():
        values = words.get(word, [])
        if len(values) > 1 and all(isinstance(value, int | float) for value in values):
            words[word] = [narrowest(values)]
    named = words.get("required", [])
    if len(named) > 1 and all(isinstance(names, list) for names in named):
        words["required"] = [sorted({str(name) for names in named for name in names})]


def _text(value: Any) -> str:
    # A number is the same however it is written.
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value, sort_keys=True, default=str)
