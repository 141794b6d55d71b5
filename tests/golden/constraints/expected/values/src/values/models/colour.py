"""Data types: colour."""

from __future__ import annotations

from .._runtime import OpenEnum


class Colour(OpenEnum):
    """Words that need other names in Python.

    Source: `#/components/schemas/Colour`
    """

    RED_2 = "red"

    DARK_BLUE = "dark-blue"

    VALUE_007 = "007"

    RED = "RED"
