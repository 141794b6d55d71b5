"""Data types: problem."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from .._runtime import one_of
from .animal import Animal
from .mane import Mane

if TYPE_CHECKING:
    Problem: TypeAlias = Mane | Animal | str
else:
    Problem = one_of(
        "Problem",
        lambda: (
            Mane,
            Animal,
            str,
        ),
    )
"""Told apart by trying, in this order.

Source: `#/components/schemas/Problem`
"""
