"""Assertions of a schema that the generated models do not check, so that nobody relies on them.

Keywords that no type expresses at all are the check `unsupported-part`'s.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from vcsdk.ir.explosion import explodes
from vcsdk.ir.limits import compiles, is_64_bit, is_double

_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_SIZES = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
_ASSERTING = frozenset(("uniqueItems", "pattern", *_BOUNDS, *_SIZES))


def unchecked(schema: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Rule, keyword and message of each assertion of this schema that is left to the server."""
    if _ASSERTING.isdisjoint(schema):
        return
    if schema.get("uniqueItems") is True:
        yield "unchecked-keyword", "uniqueItems", "`uniqueItems` is not checked by the generated models"
    pattern = schema.get("pattern")
    if isinstance(pattern, str) and not compiles(pattern):
        yield "unchecked-pattern", "pattern", "Python cannot read this pattern, so the models do not check it"
    elif isinstance(pattern, str) and explodes(pattern):
        message = "this pattern can take time exponential in the text, so the models do not check it"
        yield "unchecked-pattern", "pattern", message
    for keyword in (*_BOUNDS, *_SIZES):
        bound = schema.get(keyword)
        if not isinstance(bound, int | float) or isinstance(bound, bool):
            continue
        if not is_double(bound):
            yield "unchecked-bound", keyword, f"`{keyword}` is no number that JSON can hold for sure: it is not checked"
        elif keyword in _SIZES and bound < 0:
            yield "unchecked-bound", keyword, f"`{keyword}` is less than nothing: it is not checked"
        elif (keyword in _SIZES or schema.get("type") == "integer") and not is_64_bit(math.floor(bound)):
            yield "unchecked-bound", keyword, f"`{keyword}` is beyond 64 bits, so the models do not check it"
