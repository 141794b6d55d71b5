"""Planted faults: each breaks the contract in one way, so that the contract suite can be tried on it."""

from vcsdk.simulator.faults.catalogue import Faults, UnknownFaultError, known_faults
from vcsdk.simulator.faults.registry import Fault, FaultInfo, fault

__all__ = ["Fault", "FaultInfo", "Faults", "UnknownFaultError", "fault", "known_faults"]
