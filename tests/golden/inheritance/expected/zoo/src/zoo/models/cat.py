"""Data types: cat."""

from __future__ import annotations

from .animal import Animal


class Cat(Animal):
    """A cat.

    Source: `#/components/schemas/Cat`
    """

    kind: str

    lives: int | None = None
    """The server takes 9 where this is absent."""
