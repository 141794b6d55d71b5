"""Data types: value."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from .._runtime import Base64, Duration, Model, OpenEnum, Secret
from .colour import Colour
from .level import Level


class ValueShade(OpenEnum):
    """Source: `#/components/schemas/Value/properties/shade`"""

    LIGHT = "light"

    DARK = "dark"


class Value(Model):
    """One field of each kind.

    Source: `#/components/schemas/Value`
    """

    count: Annotated[int, Meta(ge=1, le=10)]

    ratio: Annotated[float, Meta(gt=0.0, multiple_of=0.5)] | None = None

    colour: Colour

    shade: ValueShade | None = None
    """The server takes 'light' where this is absent."""

    level: Level | None = None

    at: datetime | None = None

    day: date | None = None

    lasts: Duration | None = None

    id: UUID | None = None

    blob: Base64 | None = None

    secret: Secret | None = None
    """Only in requests."""

    made_by: str | None = None
    """Only in answers."""

    note: Annotated[str, Meta(min_length=2)] | None | UnsetType = UNSET

    extra: dict[str, int] | None = None

    anything: Any | UnsetType = UNSET

    old: bool | None = None
    """Deprecated."""
