"""A vehicle by script: keeps lists and parameters, acknowledges everything, flies its plan by the clock."""

from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.flight.plan import HEIGHT_M, HOME_E7, LEG_S, OUT, STEP_E7, waypoint
from flight.plan import MissionItem
from flight.protocol.items import item_from_wire, wire_from_item
from flight.protocol.messages import (
    BatteryStatus,
    CommandAck,
    CommandLong,
    EkfStatusReport,
    ExtendedSysState,
    GlobalPositionInt,
    GpsRawInt,
    Heartbeat,
    HomePosition,
    Message,
    MissionAck,
    MissionClearAll,
    MissionCount,
    MissionCurrent,
    MissionItemInt,
    MissionRequest,
    MissionRequestInt,
    MissionRequestList,
    ParamRequestRead,
    ParamSet,
    ParamValue,
    ServoOutputRaw,
    SysStatus,
    VfrHud,
    Wind,
)
from flight.protocol.names import MissionType
from flight.protocol.operation import Target

STATION = Target(255, 190)
HEALTHY = 0x10000000 | 0x100000
AUTO = 3
STANDBY, ACTIVE = 81, 209


class ScriptedVehicle:
    """What it says and answers is right for a gateway; it has no physics and no faults."""

    def __init__(self, *, flying: bool = False, east_e7: int = 0) -> None:
        self.lists: dict[int, list[MissionItem]] = {0: [], 1: [], 2: []}
        self.uploaded: dict[int, float] = {}
        self.flying = flying
        self._east_e7 = east_e7
        self._expected: dict[int, int] = {}
        self._parameters: dict[str, float] = {}
        self._answers: dict[type[Message], Callable[[Any, float], list[Message]]] = {
            MissionCount: self._count,
            MissionItemInt: self._item,
            MissionClearAll: self._clear,
            MissionRequestList: self._list,
            MissionRequestInt: self._request,
            ParamRequestRead: self._read,
            ParamSet: self._set,
            CommandLong: self._command,
        }

    def receive(self, message: Message, now: float) -> list[Message]:
        """Take a message; return the answers."""
        answer = self._answers.get(type(message))
        return [] if answer is None else answer(message, now)

    def telemetry(self, time_s: float) -> Iterator[Message]:
        """Yield ten messages: what the gateway asks for in one second."""
        flown = min(time_s / LEG_S, float(OUT)) if self.flying else 0.0
        item = waypoint(flown, self._east_e7)
        mode = (ACTIVE, AUTO, 4) if self.flying else (STANDBY, 0, 3)
        yield Heartbeat(2, 3, *mode)
        yield GlobalPositionInt(0, item.x_e7, item.y_e7, 64000, round(HEIGHT_M * 1000), 1000, 0, 0, 0)
        yield SysStatus(HEALTHY, HEALTHY, HEALTHY, 300, 25000, 1000, 90)
        yield ExtendedSysState(3, 2 if self.flying else 1)
        yield MissionCurrent(2 + int(flown) if self.flying else 0, 49, 3 if self.flying else 2)
        north_e7 = item.x_e7 + round(STEP_E7 * 0.5 / LEG_S)
        yield GlobalPositionInt(0, north_e7, item.y_e7, 64000, round(HEIGHT_M * 1000), 1000, 0, 0, 0)
        yield ServoOutputRaw(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1000)
        yield VfrHud(10.0, 10.0, 0, 50, 64.0, 0.0)
        yield from self._every_other_second(round(time_s), item)

    def _every_other_second(self, second: int, item: MissionItem) -> tuple[Message, Message]:
        if second % 2:
            gps = GpsRawInt(0, 6, item.x_e7, item.y_e7, 64000, 80, 80, 1000, 0, 14)
            return gps, EkfStatusReport(831, 0.1, 0.1, 0.1, 0.1, 0.1)
        battery = BatteryStatus(0, 0, 0, 0, (25000,) * 10, 1000, 2000, 1800, 90)
        if second % 10:
            return battery, Wind(0.0, 3.0, 0.0)
        return battery, HomePosition(*HOME_E7, 4000, 0.0, 0.0, 0.0, (1.0, 0.0, 0.0, 0.0), 0.0, 0.0, 0.0)

    def _count(self, message: MissionCount, now: float) -> list[Message]:
        self.lists[message.mission_type] = []
        self._expected[message.mission_type] = message.count
        return self._go_on(message.mission_type, now)

    def _item(self, message: MissionItemInt, now: float) -> list[Message]:
        if message.seq == len(self.lists[message.mission_type]):
            self.lists[message.mission_type].append(item_from_wire(message))
        return self._go_on(message.mission_type, now)

    def _go_on(self, kind: int, now: float) -> list[Message]:
        have, count = len(self.lists[kind]), self._expected.get(kind, 0)
        if have < count:
            return [MissionRequest(STATION.system_id, STATION.component_id, have, kind)]
        self.uploaded[kind] = now
        return [MissionAck(STATION.system_id, STATION.component_id, 0, kind)]

    def _clear(self, message: MissionClearAll, now: float) -> list[Message]:
        self._expected[message.mission_type] = 0
        self.lists[message.mission_type] = []
        return self._go_on(message.mission_type, now)

    def _list(self, message: MissionRequestList, now: float) -> list[Message]:
        kind = message.mission_type
        return [MissionCount(STATION.system_id, STATION.component_id, len(self.lists[kind]), kind)]

    def _request(self, message: MissionRequestInt, now: float) -> list[Message]:
        kind = MissionType(message.mission_type)
        return [wire_from_item(self.lists[kind][message.seq], message.seq, kind, STATION)]

    def _read(self, message: ParamRequestRead, now: float) -> list[Message]:
        return [self._value(message.param_id)]

    def _set(self, message: ParamSet, now: float) -> list[Message]:
        self._parameters[message.param_id] = message.param_value
        return [self._value(message.param_id)]

    def _value(self, name: str) -> ParamValue:
        return ParamValue(name, self._parameters.get(name, 0.0), 9, 1375, 65535)

    def _command(self, message: CommandLong, now: float) -> list[Message]:
        return [CommandAck(message.command, 0, 0, 0, STATION.system_id, STATION.component_id)]
