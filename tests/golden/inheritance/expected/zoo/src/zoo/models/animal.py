"""Data types: animal."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from .._runtime import Model


class Animal(Model):
    """What all animals have.

    Source: `#/components/schemas/Animal`
    """

    name: str

    parents: Annotated[list[Animal], Meta(max_length=2)] | None = None
    """Mother and father."""
