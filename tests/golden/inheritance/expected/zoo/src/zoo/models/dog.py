"""Data types: dog."""

from __future__ import annotations

from .animal import Animal


class Dog(Animal, tag_field="kind", tag="dog"):
    """A dog.

    On the wire `kind` is `dog`.

    Source: `#/components/schemas/Dog`
    """

    barks: bool | None = None
