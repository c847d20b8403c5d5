"""Faults: what goes wrong with a vehicle, when, and for how long.

Each kind is a small frozen class with a :class:`Window`; ``parse_fault`` reads the form of the command line.
The same seed gives the same faults at the same times.
"""

from simulator.faults.base import ALWAYS, Fault, Victim, Window
from simulator.faults.kinds import KINDS
from simulator.faults.schedule import FaultSchedule
from simulator.faults.text import parse_fault

__all__ = ["ALWAYS", "KINDS", "Fault", "FaultSchedule", "Victim", "Window", "parse_fault"]
