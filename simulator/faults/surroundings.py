"""Faults of the world around an aircraft: its air, its pad, a stranger on its frequency."""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.comms.radio import LinkedPeer
from simulator.comms.wire import frame
from simulator.errors import ConfigurationError
from simulator.faults.base import Fault, Victim
from simulator.hazards import Hazards
from simulator.physics import STEP_S

_ROGUE = LinkedPeer("rogue station", 1)
"""It comes by radio: on link 0, the cable, even unsigned frames are obeyed
(:mod:`simulator.comms.signing`)."""


@dataclass(frozen=True, slots=True)
class GustFront(Fault):
    """A front passes: wind on top of the wind, that rises, stays, and does not ask the forecast."""

    kind: ClassVar[str] = "gust_front"
    varies: ClassVar[bool] = True
    speed_m_s: float = 10.0
    from_deg: float = 0.0
    rise_s: float = 10.0

    def harm(self, hazards: Hazards, elapsed_s: float) -> None:
        """Let it blow, more in the beginning."""
        speed_m_s = self.speed_m_s * min(1.0, elapsed_s / max(self.rise_s, STEP_S))
        angle = math.radians(self.from_deg)
        hazards.wind_north_m_s -= speed_m_s * math.cos(angle)
        hazards.wind_east_m_s -= speed_m_s * math.sin(angle)


@dataclass(frozen=True, slots=True)
class PadOccupied(Fault):
    """Something stands on the vehicle's own pad; what lands on it breaks."""

    kind: ClassVar[str] = "pad_occupied"

    def harm(self, hazards: Hazards, elapsed_s: float) -> None:
        """Put it there."""
        hazards.pad_occupied = True


@dataclass(frozen=True, slots=True)
class RogueStation(Fault):
    """A second ground station, unsigned, that believes the vehicle to be its own.

    Parameters
    ----------
    system_id
        Its MAVLink system id; that of the true one (255) makes it hard to tell them apart.
    every_s
        How often it acts: heartbeats, and in turn LOITER, RTL, an emptied mission, another speed, a new
        message rate, an attempt to disarm.
    """

    kind: ClassVar[str] = "rogue_station"
    system_id: float = 254.0
    every_s: float = 20.0

    def __post_init__(self) -> None:
        if not 1 <= self.system_id <= 255 or not self.every_s >= STEP_S:
            raise ConfigurationError(
                f"fault {self.kind}",
                f"system_id {self.system_id:g}, every_s {self.every_s:g}",
                f"give a system id from 1 to 255, and {STEP_S} s or more",
            )

    def act(self, victim: Victim, elapsed_s: float) -> None:
        """Send what is due in this step."""
        turn, late_s = divmod(elapsed_s + STEP_S / 2, self.every_s)
        if late_s >= STEP_S:
            return
        messages = self._messages(victim.craft.config.system_id)
        number = int(np.random.default_rng([int(turn), victim.craft.config.seed]).integers(len(messages)))
        for message in (mavlink.MAVLink_heartbeat_message(6, 8, 0, 0, 4, 3), messages[number]):
            victim.overhear(frame(message, int(turn) % 256, int(self.system_id), 190), _ROGUE)

    @staticmethod
    def _messages(target: int) -> tuple[mavlink.MAVLink_message, ...]:
        def command(number: int, *params: float) -> mavlink.MAVLink_message:
            seven = [*params, *[0.0] * (7 - len(params))]
            return mavlink.MAVLink_command_long_message(target, 1, number, 0, *seven)

        return (
            command(mavlink.MAV_CMD_NAV_LOITER_UNLIM),
            command(mavlink.MAV_CMD_NAV_RETURN_TO_LAUNCH),
            mavlink.MAVLink_mission_clear_all_message(target, 1, mavlink.MAV_MISSION_TYPE_MISSION),
            command(mavlink.MAV_CMD_DO_CHANGE_SPEED, 1, 5, -1),
            command(mavlink.MAV_CMD_SET_MESSAGE_INTERVAL, mavlink.MAVLINK_MSG_ID_GLOBAL_POSITION_INT, -1),
            command(mavlink.MAV_CMD_COMPONENT_ARM_DISARM, 0),
        )
