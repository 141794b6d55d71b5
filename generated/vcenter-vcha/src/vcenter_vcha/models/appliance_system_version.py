"""Data types: appliance system version."""

from __future__ import annotations

from .._runtime import Model


class ApplianceSystemVersionVersionStruct(Model):
    """What an appliance is, and when it became so.

    Source: `#/components/schemas/Appliance_System_Version_VersionStruct`
    """

    version: str
    """The appliance's version, such as 8.0.3.00000."""

    product: str
    """The appliance's name."""

    build: str
    """The number of the build."""

    type: str
    """How the product is deployed."""

    summary: str
    """What the last patch is about; empty for an appliance that was not patched."""

    releasedate: str
    """When that patch was released; empty for an appliance that was not patched."""

    install_time: str
    """When the appliance was first installed; updates do not change it."""

    name: str | None = None
    """The name of the appliance's release."""
