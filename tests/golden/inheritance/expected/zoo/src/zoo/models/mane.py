"""Data types: mane."""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from .._runtime import Model


class Mane(Model):
    """Hair.

    Source: `#/components/schemas/Mane`
    """

    colour: str | None | UnsetType = UNSET
