"""A number that keeps the bounds of a schema (JSON Schema 2020-12, and the booleans of OpenAPI 3.0)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any


def number(flat: Mapping[str, Any], kind: str) -> int | float | None:
    """A number within the bounds of a flat schema of that `kind`, `integer` or `number`; None where none was found."""
    try:
        return _within(flat, kind)
    except (OverflowError, ValueError):
        return None


def _within(flat: Mapping[str, Any], kind: str) -> int | float | None:
    step = flat.get("multipleOf")
    low, high = flat.get("minimum"), flat.get("maximum")
    low_open, high_open = flat.get("exclusiveMinimum"), flat.get("exclusiveMaximum")
    # 3.0 writes the exclusive bounds as booleans beside `minimum` and `maximum`.
    low_open, low = (low, None) if low_open is True else (None if low_open is False else low_open, low)
    high_open, high = (high, None) if high_open is True else (None if high_open is False else high_open, high)
    unit = step or (1 if kind == "integer" else 0.5)
    candidates: list[int | float] = [unit, 0, -unit]
    for bound in (low, low_open, high, high_open):
        if bound is not None:
            nearest = math.floor(bound / unit) * unit
            candidates += [bound, nearest, nearest + unit, nearest - unit]
    for bounds in ((low, high), (low_open, high_open)):
        if None not in bounds:
            candidates.append((bounds[0] + bounds[1]) / 2)  # type: ignore[operator]
    for value in candidates:
        found = int(value) if kind == "integer" and float(value).is_integer() else value
        if (
            (kind != "integer" or isinstance(found, int))
            and (not step or math.isclose(found / step, round(found / step), abs_tol=1e-9))
            and (low is None or found >= low)
            and (high is None or found <= high)
            and (low_open is None or found > low_open)
            and (high_open is None or found < high_open)
        ):
            return found
    return None
