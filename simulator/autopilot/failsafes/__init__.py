"""What the aircraft does by itself: ground station silent, battery low, position lost, fence broken."""

from simulator.autopilot.copter import Copter
from simulator.autopilot.failsafes.base import Failsafes
from simulator.autopilot.failsafes.copter import CopterFailsafes
from simulator.autopilot.failsafes.quadplane import QuadplaneFailsafes
from simulator.autopilot.quadplane import Quadplane

__all__ = ["Failsafes", "failsafes_for"]


def failsafes_for(autopilot: Copter | Quadplane) -> Failsafes:
    """Return the failsafes of a copter or a quadplane."""
    return CopterFailsafes(autopilot) if isinstance(autopilot, Copter) else QuadplaneFailsafes(autopilot)
