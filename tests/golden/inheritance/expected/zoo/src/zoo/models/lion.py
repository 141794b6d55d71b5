"""Data types: lion."""

from __future__ import annotations

from .cat import Cat
from .mane import Mane


class Lion(Cat):
    """A cat with a mane.

    Source: `#/components/schemas/Lion`
    """

    mane: Mane | None = None
