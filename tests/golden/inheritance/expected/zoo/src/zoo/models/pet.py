"""Data types: pet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from .._runtime import one_of
from .cat import Cat
from .dog import Dog

if TYPE_CHECKING:
    Pet: TypeAlias = Cat | Dog | dict[str, Any]
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

An object whose `kind` is not among theirs stays a dict, as it came.
"""
