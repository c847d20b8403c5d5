"""A scripted vehicle: it says what ArduPilot says (recorded) and moves from item to item by the clock."""

from dataclasses import dataclass, field

from flight.plan import MissionItem, VehicleAddress, VehicleClass
from flight.protocol.messages import (
    AutopilotVersion,
    BatteryStatus,
    CommandAck,
    CommandLong,
    EkfStatusReport,
    ExtendedSysState,
    FenceStatus,
    GlobalPositionInt,
    GpsRawInt,
    Heartbeat,
    HomePosition,
    Message,
    MissionCurrent,
    ParamRequestRead,
    ParamSet,
    ParamValue,
    ServoOutputRaw,
    StatusText,
    SysStatus,
    VfrHud,
    Wind,
)
from flight.vehicles.modes import AUTO
from flight.vehicles.parameters import required_parameters
from tests.unit.flight.fake_lists import FakeLists
from tests.unit.flight.plans import ADDRESS, HOME_E7

ITEM_S = 8.0
TYPE = {VehicleClass.COPTER: 2, VehicleClass.QUADPLANE: 1}
NAV = {16, 21, 22, 84, 85, 93}


@dataclass
class FakeVehicle:
    """Knobs are fields; set them before or while it runs."""

    vehicle_class: VehicleClass = VehicleClass.COPTER
    address: VehicleAddress = ADDRESS
    autopilot: int = 3
    mode: int = 0
    armed: bool = False
    silent: bool = False
    arming_refusal: str | None = None
    prearm_problem: str | None = None
    ignored_commands: set[int] = field(default_factory=set)
    deaf_to_arm_ack: bool = False
    silent_once_armed: bool = False
    battery: int = 100
    servo9_us: int = 1000
    latch_stuck: bool = False
    seq: int = 0
    home_e7: tuple[int, int] = HOME_E7
    lists: FakeLists = field(default_factory=FakeLists)
    parameters: dict[str, float] = field(default_factory=dict)
    arm_commands: int = 0
    firmware: int | None = 0x04060000
    board: tuple[int, ...] = (1, 2, *(0,) * 16)
    fence_enabled: bool = True
    fence_stuck: bool = False
    fence_breached: bool = False
    wind_m_s: float = 0.0

    def __post_init__(self) -> None:
        self.parameters |= dict.fromkeys((name for name, _ in required_parameters(self.vehicle_class)), -1.0)
        self.position_e7 = self.home_e7
        self._item_since = 0.0
        self._told_at = 0.0
        self._out: list[Message] = []

    @property
    def flying(self) -> bool:
        return self.armed and self.mode in (AUTO[self.vehicle_class], 27) and self.seq > 0

    def receive(self, message: Message, now: float) -> None:
        if self.silent:
            return
        self._out += self.lists.receive(message, now)
        if isinstance(message, CommandLong) and message.command not in self.ignored_commands:
            self._command(message, now)
        elif isinstance(message, ParamRequestRead | ParamSet) and message.param_id in self.parameters:
            if isinstance(message, ParamSet):
                self.parameters[message.param_id] = message.param_value
            self._out.append(ParamValue(message.param_id, self.parameters[message.param_id], 9, 1375, 65535))

    def advance(self, now: float) -> list[Message]:
        """Let time pass; return what it says."""
        self._out += self.lists.tick(now)
        if self.flying and now - self._item_since >= ITEM_S:
            self._next_item(now)
        if now - self._told_at >= 1.0:
            self._told_at = now
            self._tell()
        out, self._out = self._out, []
        return [] if self.silent else out

    def _command(self, message: CommandLong, now: float) -> None:
        result = 0
        if message.command == 176:
            self.mode = int(message.param2)
            self._out.append(self._heartbeat())
        elif message.command == 400:
            result = self._arm(message.param1 == 1.0, now)
            if self.deaf_to_arm_ack:
                return
        elif message.command == 300:
            self._start(now)
        elif message.command == 183 and not self.latch_stuck:
            self.servo9_us = int(message.param2)
        elif message.command == 224:
            self.seq = int(message.param1)
        elif message.command == 207 and not self.fence_stuck:
            self.fence_enabled = message.param1 == 1.0
        elif message.command == 188:
            self._return(now)
        self._out.append(CommandAck(message.command, result))
        if message.command == 512:
            self._out += self._requested(int(message.param1))

    def _requested(self, message_id: int) -> list[Message]:
        """After the acknowledgement; silence where there is nothing to say (recorded)."""
        if message_id == 148 and self.firmware is not None:
            return [AutopilotVersion(0, self.firmware, 0, self.board)]
        if message_id == 162 and self.fence_enabled:
            return [FenceStatus(int(self.fence_breached), 0, 0)]
        return [Wind(0.0, self.wind_m_s, 0.0)] if message_id == 168 else []

    def _arm(self, arm: bool, now: float) -> int:
        self.arm_commands += arm
        if arm and self.arming_refusal is not None:
            self._out.append(StatusText(2, f"Arm: {self.arming_refusal}"))
            return 4
        if self.flying and not arm:
            return 4
        self.armed = arm
        self.silent = self.silent_once_armed
        if arm and self.vehicle_class is VehicleClass.QUADPLANE and self.mode == 10:
            self._start(now)
        return 0

    def _start(self, now: float) -> None:
        if self.armed:
            self.mode, self.seq, self._item_since = AUTO[self.vehicle_class], 1, now
            self._out.append(self._heartbeat())

    def _return(self, now: float) -> None:
        mission = self.lists.stored[0]
        self.seq = next(number for number, item in enumerate(mission) if item.command == 188) + 1
        self._item_since = now
        if self.vehicle_class is VehicleClass.COPTER:
            self.mode = 27
        self._out.append(StatusText(4, "Return path started"))

    def _next_item(self, now: float) -> None:
        self._item_since = now
        mission = self.lists.stored[0]
        self._finish(mission[self.seq])
        if self.seq == len(mission) - 1:
            self.armed, self.seq = False, 1
            return
        self.seq += 1
        while mission[self.seq].command not in NAV:
            self._finish(mission[self.seq])
            self.seq += 1

    def _finish(self, item: MissionItem) -> None:
        if item.command == 183:
            self.servo9_us = int(item.param2)
        if (item.x_e7, item.y_e7) != (0, 0):
            self.position_e7 = (item.x_e7, item.y_e7)

    def _heartbeat(self) -> Heartbeat:
        base_mode = 81 + 128 * self.armed
        return Heartbeat(
            TYPE[self.vehicle_class], self.autopilot, base_mode, self.mode, 4 if self.flying else 3
        )

    def _tell(self) -> None:
        lat, lon = self.position_e7
        health = 0 if self.prearm_problem else 0x10000000
        if self.prearm_problem:
            self._out.append(StatusText(2, f"PreArm: {self.prearm_problem}"))
        self._out += [
            self._heartbeat(),
            SysStatus(health, health, health, 0, 25000, 1000, self.battery),
            GlobalPositionInt(0, lat, lon, 60000, 56000, 0, 0, 0, 9000),
            GpsRawInt(0, 6, lat, lon, 60000, 100, 100, 0, 0, 10),
            EkfStatusReport(831, 0.0, 0.0, 0.0, 0.0, 0.0),
            HomePosition(*self.home_e7, 4000, 0.0, 0.0, 0.0, (1.0, 0.0, 0.0, 0.0), 0.0, 0.0, 0.0),
            ExtendedSysState(3, 2 if self.flying else 1),
            MissionCurrent(self.seq),
            ServoOutputRaw(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, self.servo9_us),
            VfrHud(0.0, 12.0, 90, 40, 60.0, 0.0),
            BatteryStatus(0, 0, 0, 0, (25000,) * 10, 1000, 2000, 1800, self.battery),
        ]
