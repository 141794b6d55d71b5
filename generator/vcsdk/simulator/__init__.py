"""A vCenter that serves any description: real HTTP, valid answers, and state for sessions, tasks and VCHA.

    with Simulator(described, SimulatorOptions(outage=1)).running() as url:
        ...

See `docs/simulator.md` for what it decides where a description is silent.
"""

from vcsdk.simulator.faults import FaultInfo, UnknownFaultError, known_faults
from vcsdk.simulator.options import SimulatorOptions
from vcsdk.simulator.server import Simulator

__all__ = ["FaultInfo", "Simulator", "SimulatorOptions", "UnknownFaultError", "known_faults"]
