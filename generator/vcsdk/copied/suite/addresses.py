"""Where vCenter HA is, below the root of the API; queries as the vendor writes them."""

from __future__ import annotations

from .operations import Catalogue, Operation

CLUSTER = "/vcenter/vcha/cluster?action=get"
FAILOVER = "/vcenter/vcha/cluster?action=failover&vmw-task=true"
MODE = "/vcenter/vcha/cluster/mode"
SET_MODE = "/vcenter/vcha/cluster/mode?vmw-task=true"
OPERATIONS = "/vcenter/vcha/operations"

_ROOTS = ("", "/api", "/rest")


def operation(catalogue: Catalogue, method: str, address: str) -> Operation | None:
    """What is at one of these addresses; None where the API does not have it."""
    path, _, query = below_prefix(catalogue, address).partition("?")
    return catalogue.match(method, catalogue.prefix + path, query)


def below_prefix(catalogue: Catalogue, address: str) -> str:
    """One of these addresses as it stands below the catalogue's prefix: some descriptions write the root in paths."""
    place = CLUSTER.partition("?")[0]
    return next((r for r in _ROOTS if catalogue.standing_at(catalogue.prefix + r + place)), "") + address
