"""Data types: lamp."""

from __future__ import annotations

from .._runtime import Model


class Lamp(Model):
    """A lamp.

    Source: `#/components/schemas/Lamp`
    """

    on: bool
    """Whether it shines."""
