"""Which messages are wanted in which phase of flight, and how often: what is read, and no more."""

from collections.abc import Mapping
from dataclasses import dataclass

from flight.protocol.messages import (
    BatteryStatus,
    CommandLong,
    EkfStatusReport,
    ExtendedSysState,
    FenceStatus,
    GlobalPositionInt,
    GpsRawInt,
    HomePosition,
    Message,
    MissionCurrent,
    ServoOutputRaw,
    SysStatus,
    VfrHud,
    Wind,
)
from flight.protocol.names import Command
from flight.protocol.operation import Target

STOP = -1.0
"""The interval that switches a message off."""


@dataclass(frozen=True, slots=True)
class WantedMessage:
    """A message, its MAVLink id, and how often we want it."""

    kind: type[Message]
    message_id: int
    interval_s: float


GROUND, PREFLIGHT, FLIGHT = "ground", "preflight", "flight"

PHASES: Mapping[str, tuple[WantedMessage, ...]] = {
    GROUND: (
        WantedMessage(GlobalPositionInt, 33, 5.0),
        WantedMessage(SysStatus, 1, 5.0),
        WantedMessage(ExtendedSysState, 245, 5.0),
        WantedMessage(BatteryStatus, 147, 10.0),
        WantedMessage(GpsRawInt, 24, 10.0),
        WantedMessage(HomePosition, 242, 30.0),
    ),
    PREFLIGHT: (
        WantedMessage(GlobalPositionInt, 33, 1.0),
        WantedMessage(SysStatus, 1, 1.0),
        WantedMessage(ExtendedSysState, 245, 1.0),
        WantedMessage(MissionCurrent, 42, 1.0),
        WantedMessage(ServoOutputRaw, 36, 1.0),
        WantedMessage(GpsRawInt, 24, 1.0),
        WantedMessage(EkfStatusReport, 193, 1.0),
        WantedMessage(BatteryStatus, 147, 2.0),
        WantedMessage(Wind, 168, 2.0),
        WantedMessage(FenceStatus, 162, 2.0),
        WantedMessage(HomePosition, 242, 5.0),
    ),
    FLIGHT: (
        WantedMessage(GlobalPositionInt, 33, 0.5),
        WantedMessage(SysStatus, 1, 1.0),
        WantedMessage(ExtendedSysState, 245, 1.0),
        WantedMessage(MissionCurrent, 42, 1.0),
        WantedMessage(ServoOutputRaw, 36, 1.0),
        WantedMessage(VfrHud, 74, 1.0),
        WantedMessage(GpsRawInt, 24, 2.0),
        WantedMessage(EkfStatusReport, 193, 2.0),
        WantedMessage(BatteryStatus, 147, 2.0),
        WantedMessage(Wind, 168, 2.0),
        WantedMessage(FenceStatus, 162, 2.0),
        WantedMessage(HomePosition, 242, 5.0),
    ),
}
"""On the ground a place on the map and the state of the battery; before a launch what preflight checks; in
flight what supervision reads. Over a satellite link, which pays by the byte, nothing is asked for: there the
vehicle sends ``HIGH_LATENCY2`` of itself. On a copter all rates are 0 by default (recorded)."""


def interval_request(target: Target, wanted: WantedMessage, *, stop: bool = False) -> Message:
    """Return the request for a message at its interval, or for no more of it."""
    interval_us = STOP if stop else wanted.interval_s * 1e6
    system, component = target.system_id, target.component_id
    return CommandLong(system, component, Command.SET_MESSAGE_INTERVAL, 0, wanted.message_id, interval_us)
