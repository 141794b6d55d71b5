"""Data types: vcha cluster mode."""

from __future__ import annotations

from .._runtime import Model, OpenEnum


class VchaClusterModeClusterMode(OpenEnum):
    """Whether the cluster replicates, and whether it fails over by itself.

    Source: `#/components/schemas/Vcha_Cluster_Mode_ClusterMode`
    """

    ENABLED = "ENABLED"
    """State is replicated, and failover happens by itself or by hand."""

    DISABLED = "DISABLED"
    """State is not replicated, and there is no failover."""

    MAINTENANCE = "MAINTENANCE"
    """State is replicated, and failover happens by hand only."""


class VchaClusterModeSetTaskRequestBody(Model):
    """The mode to change to.

    Source: `#/components/schemas/Vcha_Cluster_Mode_SetTask_RequestBody`
    """

    mode: VchaClusterModeClusterMode


class VchaClusterModeInfo(Model):
    """The mode the cluster is in.

    Source: `#/components/schemas/Vcha_Cluster_Mode_Info`
    """

    mode: VchaClusterModeClusterMode
