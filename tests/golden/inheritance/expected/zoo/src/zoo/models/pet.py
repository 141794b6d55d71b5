"""Data types: pet."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from .._runtime import one_of
from .cat import Cat
from .dog import Dog

if TYPE_CHECKING:
    Pet: TypeAlias = Cat | Dog
else:
    Pet = one_of(
        "Pet",
        lambda: (
            Cat,
            Dog,
        ),
        "kind",
        lambda: {"cat": Cat, "dog": Dog},
    )
"""One of several.

Source: `#/components/schemas/Pet`
"""
