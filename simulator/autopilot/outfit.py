"""The parts of an autopilot that begin anew with every boot."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from simulator.autopilot.commands import Commands
from simulator.autopilot.copter import Copter
from simulator.autopilot.craft import Craft
from simulator.autopilot.failsafes import Failsafes, failsafes_for
from simulator.autopilot.lists.transfer import MissionServer
from simulator.autopilot.parameter_server import ParameterServer
from simulator.autopilot.quadplane import Quadplane
from simulator.autopilot.streams import Streams
from simulator.autopilot.telemetry.state import State
from simulator.values import VehicleClass


@dataclass(frozen=True)
class Outfit:
    """One set of parts around one aircraft."""

    craft: Craft
    autopilot: Copter | Quadplane
    failsafes: Failsafes
    streams: Streams
    state: State
    commands: Commands
    lists: MissionServer
    parameters: ParameterServer

    @classmethod
    def fresh(cls, craft: Craft, boot_at: float, reboot: Callable[[], None]) -> Self:
        """Return the parts as they are right after power-on, at ``boot_at`` (Unix seconds)."""
        copter = craft.config.vehicle_class is VehicleClass.COPTER
        autopilot = Copter(craft) if copter else Quadplane(craft)
        failsafes = failsafes_for(autopilot)
        streams = Streams(craft.params)
        state = State(autopilot, failsafes, boot_at)
        memory = craft.memory
        return cls(
            craft,
            autopilot,
            failsafes,
            streams,
            state,
            Commands(autopilot, streams, state, reboot),
            MissionServer(craft.radio, [memory.mission, memory.fence, memory.rally]),
            ParameterServer(craft),
        )
