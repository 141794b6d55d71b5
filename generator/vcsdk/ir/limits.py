"""What Python and msgspec cannot hold, which the models therefore leave to the server."""

from __future__ import annotations

import math
import re

from vcsdk.ir.ecma import python

# msgspec writes names of fields as they are and therefore refuses what JSON would have to escape.
_NEEDS_ESCAPE = re.compile('[\x00-\x1f"\\\\\ud800-\udfff]')
_EVERYTHING = re.compile(r"\^?(?:\(?\.\*\)?)?\$?")
_INT64 = range(-(2**63), 2**63)


def can_be_field(wire_name: str) -> bool:
    """True for a property name that a msgspec struct can have on the wire."""
    return _NEEDS_ESCAPE.search(wire_name) is None


def is_64_bit(bound: int) -> bool:
    """True for an integer bound that msgspec can check; a wider one never excludes a value that fits."""
    return bound in _INT64


def is_double(number: float) -> bool:
    """True for a number that JSON programs can tell from infinity (RFC 8259, 6)."""
    try:
        return math.isfinite(float(number))
    except OverflowError:
        return False


def compiles(pattern: str) -> bool:
    """True for a pattern that Python reads; JSON Schema patterns are ECMA-262, which has some that it does not."""
    try:
        re.compile(python(pattern))
    except (re.error, OverflowError, RecursionError):
        return False
    return True


def fits_everything(pattern: str) -> bool:
    """True for a pattern that says nothing: `.*` and what is written for it."""
    return pattern != "^$" and _EVERYTHING.fullmatch(pattern) is not None
