"""Scalar types: what `type` and `format` come to, and the assertions beside them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from msgspec.structs import replace

from vcsdk.ir import UNCONSTRAINED, Constraints, Kind, Scalar
from vcsdk.ir.limits import is_64_bit, is_double
from vcsdk.ir.media import parameter_text

_BY_TYPE = {
    "string": Kind.STRING,
    "integer": Kind.INTEGER,
    "number": Kind.NUMBER,
    "boolean": Kind.BOOLEAN,
    "null": Kind.NULL,
    "file": Kind.BINARY,
}
_BY_FORMAT = {
    "date-time": Kind.DATE_TIME,
    "date": Kind.DATE,
    "time": Kind.TIME,
    "duration": Kind.DURATION,
    "uuid": Kind.UUID,
    "byte": Kind.BYTE,
    "binary": Kind.BINARY,
    "password": Kind.PASSWORD,
}
_OF_NUMBERS = ("minimum", "maximum", "multiple_of")
_WORDS = {
    "minimum": "minimum",
    "maximum": "maximum",
    "multipleOf": "multiple_of",
    "minLength": "min_length",
    "maxLength": "max_length",
    "pattern": "pattern",
    "minItems": "min_items",
    "maxItems": "max_items",
    "minProperties": "min_properties",
    "maxProperties": "max_properties",
}


def scalar(json_type: str, schema: Mapping[str, Any], *, binary: bool = False) -> Scalar:
    """The scalar for a JSON type (`any` where none is declared) and the schema's format and assertions.

    A string with `contentEncoding: base64` is what `format: byte` was; `binary`: it stands where it is a file.
    """
    declared = schema.get("format")
    kind = _BY_TYPE.get(json_type, Kind.ANY)
    if binary:
        kind = Kind.BINARY
    elif kind is Kind.STRING:
        kind = _BY_FORMAT.get(str(declared), kind)
        if schema.get("contentEncoding") == "base64":
            kind = Kind.BYTE
    limits = constraints(schema)
    if kind is Kind.INTEGER and isinstance(limits.multiple_of, float):
        limits = replace(limits, multiple_of=_whole_step(limits.multiple_of))
    return Scalar(kind, None if declared is None else str(declared), limits)


def _whole_step(step: float) -> int | None:
    """The step from one integer that is a multiple to the next: those of 2.5 are those of 5; None where all are."""
    whole = Fraction(repr(step)).numerator if step > 0 else 1
    return whole if whole > 1 and is_64_bit(whole) else None


def constraints(schema: Mapping[str, Any]) -> Constraints:
    """The assertions of a schema, OpenAPI 3.0's boolean `exclusiveMinimum` and 3.1's number read alike."""
    found: dict[str, Any] = {ours: schema[word] for word, ours in _WORDS.items() if word in schema}
    found = {ours: value for ours, value in found.items() if _can_be_checked(ours, value)}
    if schema.get("uniqueItems") is True:
        found["unique_items"] = True
    for word, bound, ours in (
        ("exclusiveMinimum", "minimum", "exclusive_minimum"),
        ("exclusiveMaximum", "maximum", "exclusive_maximum"),
    ):
        value = schema.get(word)
        if value is True and bound in found:
            found[ours] = found.pop(bound)
        elif value is not None and not isinstance(value, bool) and is_double(value):
            found[ours] = value
    return Constraints(**found) if found else UNCONSTRAINED


def _can_be_checked(word: str, value: Any) -> bool:
    """False for a number that nothing can be held to; `unchecked` tells of it."""
    if not isinstance(value, int | float):
        return True
    return is_double(value) and (word in _OF_NUMBERS or (value >= 0 and is_64_bit(int(value))))


def enumeration_kind(values: list[Any], types: list[str]) -> Kind | None:
    """STRING, INTEGER or NUMBER if all values are of one kind, None if an enumeration cannot hold them."""
    if all(isinstance(value, str) for value in values):
        return Kind.STRING
    if all(isinstance(value, int) and not isinstance(value, bool) and is_64_bit(value) for value in values):
        return Kind.NUMBER if types == ["number"] else Kind.INTEGER
    return None


def only_value(schema: Any, content_type: str | None = None) -> str | None:
    """The only value that a schema allows, as it stands on the wire; None if there is a choice.

    Args:
        schema: A schema object, or nothing.
        content_type: What a parameter's `content` names; None where the parameter has a `schema`.
    """
    if not isinstance(schema, dict):
        return None
    values = schema["enum"] if "enum" in schema else [schema["const"]] if "const" in schema else []
    if schema.get("type") == "integer":
        values = [int(value) if isinstance(value, float) and value.is_integer() else value for value in values]
    return parameter_text(values[0], content_type) if len(values) == 1 else None
