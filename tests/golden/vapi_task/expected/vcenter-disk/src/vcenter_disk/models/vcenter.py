"""Data types: vcenter."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from .._runtime import Model


class VcenterDiskShrinkSpec(Model):
    """How to shrink.

    Source: `#/components/schemas/Vcenter_Disk_ShrinkSpec`
    """

    copy: bool
    """Whether to work on a copy."""

    keep_percent: Annotated[int, Meta(ge=0, le=100)] | None = None
    """Share of the free blocks that stays.

    The server takes 10 where this is absent.
    """
