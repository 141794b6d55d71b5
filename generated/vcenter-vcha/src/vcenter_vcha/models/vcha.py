"""Data types: vcha."""

from __future__ import annotations

from .._runtime import Model, OpenEnum, Secret


class VchaConnectionSpec(Model):
    """How to reach a vCenter.

    Source: `#/components/schemas/Vcha_ConnectionSpec`
    """

    hostname: str
    """Host name or address."""

    port: int | None = None
    """The HTTPS port; 443 where it is left out."""

    ssl_thumbprint: str | None = None
    """The SHA-1 fingerprint that the server's certificate must have; servers from 9.0 on would rather have
    `ssl_certificate`. Left out, the certificate must be trusted otherwise.
    """

    ssl_certificate: str | None = None
    """The server's certificate in the form of PEM, in place of its fingerprint; the two exclude each other. Servers
    know it from 9.0.0.0 on.
    """

    username: str | None = None
    """Who to sign in as."""

    password: Secret | None = None
    """The password, a secret."""


class VchaCredentialsSpec(Model):
    """How to reach the vCenter that manages the active node.

    Source: `#/components/schemas/Vcha_CredentialsSpec`
    """

    active_location: VchaConnectionSpec


class VchaNetworkType(OpenEnum):
    """The kind of a network.

    Source: `#/components/schemas/Vcha_NetworkType`
    """

    STANDARD_PORTGROUP = "STANDARD_PORTGROUP"
    """A port group of one host's switch."""

    DISTRIBUTED_PORTGROUP = "DISTRIBUTED_PORTGROUP"
    """A port group of a distributed switch."""


class VchaDiskInfo(Model):
    """Where a virtual machine's disks are.

    Source: `#/components/schemas/Vcha_DiskInfo`
    """

    datastore: str
    """The datastore's identifier."""

    datastore_name: str
    """The datastore's name."""


class VchaPlacementInfo(Model):
    """Where a node's virtual machine is.

    Source: `#/components/schemas/Vcha_PlacementInfo`
    """

    management_vcenter_name: str
    """The name of the vCenter that manages the virtual machine."""

    management_vcenter_server_guid: str | None = None
    """The GUID of the vCenter that manages the virtual machine."""

    vm_name: str
    """The virtual machine's name."""

    datacenter: str
    """The datacenter's identifier."""

    datacenter_name: str
    """The datacenter's name."""

    host: str
    """The host's identifier."""

    host_name: str
    """The host's name."""

    cluster: str | None = None
    """The compute cluster's identifier, where the host is in one."""

    cluster_name: str | None = None
    """The compute cluster's name, where the host is in one."""

    ha_network: str | None = None
    """The identifier of the network the cluster replicates over."""

    ha_network_name: str | None = None
    """The name of the network the cluster replicates over."""

    ha_network_type: VchaNetworkType | None = None

    management_network: str
    """The management network's identifier."""

    management_network_name: str
    """The management network's name."""

    management_network_type: VchaNetworkType

    storage: VchaDiskInfo

    bios_uuid: str | None = None
    """The virtual machine's BIOS UUID."""
