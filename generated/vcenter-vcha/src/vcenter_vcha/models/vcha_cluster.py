"""Data types: vcha cluster."""

from __future__ import annotations

from .._runtime import Model, OpenEnum
from .std import StdLocalizableMessage
from .vcha import VchaCredentialsSpec, VchaPlacementInfo
from .vcha_cluster_mode import VchaClusterModeClusterMode


class VchaClusterGetRequestBody(Model):
    """How much of the cluster to read.

    Source: `#/components/schemas/Vcha_Cluster_Get_RequestBody`
    """

    vc_spec: VchaCredentialsSpec | None = None
    """How to reach the vCenter that manages the active node. Needed only where that is another vCenter than the active
    node itself.
    """

    partial: bool | None = None
    """True leaves out what must be asked of the managing vCenter, and then needs no credentials. Left out, everything
    is read.
    """


class VchaClusterFailoverTaskRequestBody(Model):
    """Whether to save the active node's state before the switch.

    Source: `#/components/schemas/Vcha_Cluster_FailoverTask_RequestBody`
    """

    planned: bool
    """True flushes the active node's state to the passive node first and loses nothing; false fails over at once and
    may lose what was not replicated.
    """


class VchaClusterConfigState(OpenEnum):
    """How far the cluster is set up.

    Source: `#/components/schemas/Vcha_Cluster_ConfigState`
    """

    CONFIGURED = "CONFIGURED"
    """The cluster is set up."""

    NOTCONFIGURED = "NOTCONFIGURED"
    """There is no cluster."""

    INVALID = "INVALID"
    """The setup is damaged and must be done again."""

    PREPARED = "PREPARED"
    """The nodes are ready to be made a cluster."""


class VchaClusterClusterState(OpenEnum):
    """How well the cluster is.

    Source: `#/components/schemas/Vcha_Cluster_ClusterState`
    """

    HEALTHY = "HEALTHY"
    """All nodes are up and state is replicated."""

    DEGRADED = "DEGRADED"
    """The cluster serves, but could not survive another failure."""

    ISOLATED = "ISOLATED"
    """The nodes do not reach one another."""


class VchaClusterIpFamily(OpenEnum):
    """The version of the internet protocol.

    Source: `#/components/schemas/Vcha_Cluster_IpFamily`
    """

    IPV4 = "IPV4"

    IPV6 = "IPV6"


class VchaClusterIpv4Info(Model):
    """An IPv4 address with its network.

    Source: `#/components/schemas/Vcha_Cluster_Ipv4Info`
    """

    address: str
    """The address, such as 192.0.2.10."""

    subnet_mask: str
    """The mask, such as 255.255.255.0."""

    prefix: int | None = None
    """The length of the network's prefix in bits."""


class VchaClusterIpv6Info(Model):
    """An IPv6 address with its network.

    Source: `#/components/schemas/Vcha_Cluster_Ipv6Info`
    """

    address: str
    """The address, such as 2001:db8::10."""

    prefix: int
    """The length of the network's prefix in bits."""


class VchaClusterIpInfo(Model):
    """The address of a network adapter.

    Source: `#/components/schemas/Vcha_Cluster_IpInfo`
    """

    ip_family: VchaClusterIpFamily

    ipv4: VchaClusterIpv4Info | None = None
    """The address where the family is IPV4."""

    ipv6: VchaClusterIpv6Info | None = None
    """The address where the family is IPV6."""

    gateway_ip: str | None = None
    """The gateway's address."""


class VchaClusterNodeState(OpenEnum):
    """Whether a node runs.

    Source: `#/components/schemas/Vcha_Cluster_NodeState`
    """

    UP = "UP"
    """The node runs."""

    DOWN = "DOWN"
    """The node does not run, or the others do not reach it."""


class VchaClusterNodeRole(OpenEnum):
    """The part a node plays.

    Source: `#/components/schemas/Vcha_Cluster_NodeRole`
    """

    ACTIVE = "ACTIVE"
    """It serves."""

    PASSIVE = "PASSIVE"
    """It receives the active node's state and can take over."""

    WITNESS = "WITNESS"
    """It settles which of the others is active, and never serves."""


class VchaClusterNodeRuntimeInfo(Model):
    """What a node is and does now.

    Source: `#/components/schemas/Vcha_Cluster_NodeRuntimeInfo`
    """

    state: VchaClusterNodeState | None = None

    role: VchaClusterNodeRole | None = None

    placement: VchaPlacementInfo | None = None
    """Where the node's virtual machine is."""


class VchaClusterNodeInfo(Model):
    """A node that can be active.

    Source: `#/components/schemas/Vcha_Cluster_NodeInfo`
    """

    failover_ip: VchaClusterIpInfo | None = None
    """The management address that the node takes when it becomes active."""

    ha_ip: VchaClusterIpInfo
    """The node's address on the network the cluster replicates over."""

    runtime: VchaClusterNodeRuntimeInfo | None = None
    """What the node is and does now."""


class VchaClusterWitnessInfo(Model):
    """The witness node.

    Source: `#/components/schemas/Vcha_Cluster_WitnessInfo`
    """

    ha_ip: VchaClusterIpInfo
    """The node's address on the network the cluster replicates over."""

    runtime: VchaClusterNodeRuntimeInfo | None = None
    """What the node is and does now."""


class VchaClusterErrorCondition(Model):
    """Something that impairs the cluster.

    Source: `#/components/schemas/Vcha_Cluster_ErrorCondition`
    """

    error: StdLocalizableMessage
    """What is wrong."""

    recommendation: StdLocalizableMessage | None = None
    """What to do about it."""


class VchaClusterInfo(Model):
    """The cluster as it stands; what could not be found out is absent.

    Source: `#/components/schemas/Vcha_Cluster_Info`
    """

    config_state: VchaClusterConfigState | None = None

    mode: VchaClusterModeClusterMode | None = None

    health_state: VchaClusterClusterState | None = None

    node1: VchaClusterNodeInfo | None = None
    """One of the two nodes that can be active."""

    node2: VchaClusterNodeInfo | None = None
    """The other node that can be active."""

    witness: VchaClusterWitnessInfo | None = None
    """The node that settles which of the others is active."""

    health_exception: list[StdLocalizableMessage] | None = None
    """Why the health could not be found out."""

    health_warnings: list[VchaClusterErrorCondition] | None = None
    """What impairs the cluster, and what to do about it."""

    manual_failover_allowed: bool | None = None
    """Whether a failover by hand is possible now."""

    auto_failover_allowed: bool | None = None
    """Whether the cluster would fail over by itself now."""
