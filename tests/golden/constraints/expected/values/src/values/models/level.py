"""Data types: level."""

from __future__ import annotations

from .._runtime import OpenIntEnum


class Level(OpenIntEnum):
    """How much it matters.

    Source: `#/components/schemas/Level`
    """

    VALUE_1 = 1

    VALUE_2 = 2

    VALUE_3 = 3
