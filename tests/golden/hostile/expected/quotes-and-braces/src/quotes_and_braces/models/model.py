"""Data types: model."""

from __future__ import annotations

from .._runtime import OpenEnum


class ModelModel(OpenEnum):
    """Named as the base of all models.

    Source: `#/components/schemas/Model`
    """

    EMPTY = ""

    A_2 = "a"

    A = "A"

    MRO = "mro"

    NAME = "name"

    VALUE_1 = "1"

    MINUS_1 = "-1"

    EMPTY_3 = "'''"

    EMPTY_2 = '"""'

    LINE_BREAK = "line\nbreak"

    X = "{{ x }}"

    Ä = "ä"

    CLASS = "__class__"
