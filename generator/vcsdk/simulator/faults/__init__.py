"""Planted faults: each breaks the contract in one way, so that the contract suite can be tried on it."""

from vcsdk.simulator.faults.registry import (
    REGISTRY,
    Fault,
    FaultInfo,
    Faults,
    UnknownFaultError,
    fault,
    known_faults,
)

__all__ = ["REGISTRY", "Fault", "FaultInfo", "Faults", "UnknownFaultError", "fault", "known_faults"]
