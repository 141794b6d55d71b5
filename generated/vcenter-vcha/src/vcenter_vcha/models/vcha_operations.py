"""Data types: vcha operations."""

from __future__ import annotations

from .._runtime import Model


class VchaOperationsInfo(Model):
    """VCHA operations by name. Names are those of the vendor, such as vcenter.vcha.cluster.failover and
    vcenter.vcha.cluster.mode.set.

    Source: `#/components/schemas/Vcha_Operations_Info`
    """

    disabled: list[str]
    """The operations that are not allowed now."""

    active: list[str]
    """The operations that run now."""
