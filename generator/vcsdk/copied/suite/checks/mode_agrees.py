"""The mode that was set is the mode that is read, by itself and in the cluster's state."""

from __future__ import annotations

from ..check import Check, Finding

CHECK = Check("mode-agrees", __doc__, ("mode-change-ignored", "cluster-info-stale"), severity="content")


def hold(wanted: str, read: str, in_cluster: str | None) -> None:
    """All three are the same."""
    if read != wanted:
        raise Finding(CHECK, f"the mode was set to {wanted} and is {read}", path="$.mode", observed="not set")
    if in_cluster is not None and in_cluster != wanted:
        told = f"the mode is {wanted}, and the cluster's state says {in_cluster}"
        raise Finding(CHECK, told, path="$.mode", observed="stale in the cluster's state")
