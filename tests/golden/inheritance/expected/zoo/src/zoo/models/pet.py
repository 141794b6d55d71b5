"""Data types: pet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from .cat import Cat
from .dog import Dog


if TYPE_CHECKING:
    Pet: TypeAlias = Cat | Dog
else:
    Pet = Any
"""One of several.

Source: `#/components/schemas/Pet`
"""
