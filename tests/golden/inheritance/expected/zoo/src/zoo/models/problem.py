"""Data types: problem."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from .animal import Animal
from .mane import Mane


if TYPE_CHECKING:
    Problem: TypeAlias = Mane | Animal | str
else:
    Problem = Any
"""Told apart by trying, in this order.

Source: `#/components/schemas/Problem`
"""
