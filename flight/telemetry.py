"""What a vehicle last said of itself."""

from dataclasses import dataclass, field

from flight.geodesy import degrees_from_e7
from flight.protocol.messages import (
    BatteryStatus,
    EkfStatusReport,
    ExtendedSysState,
    GlobalPositionInt,
    GpsRawInt,
    Heartbeat,
    HomePosition,
    Message,
    MissionCurrent,
    ServoOutputRaw,
    StatusText,
    SysStatus,
    VfrHud,
)
from flight.protocol.names import MODE_FLAG_ARMED, SENSOR_PREARM_CHECK, EkfFlags, LandedState
from flight.protocol.statustext import TextAssembler

SERVO_OPEN_US = 1450
"""Between closed (1000) and open (1900): the latch is a switch, and no other value is ever commanded."""

KEPT_TEXTS = 20
"""Enough to quote the reasons of one refusal (ArduPilot has given up to four at a time)."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the vehicle, whole."""

    at: float
    severity: int
    text: str


@dataclass
class Telemetry:
    """The newest value of everything that we use; ``None`` is "never said".

    The session passes messages in the order in which the vehicle sent them and drops those that were
    overtaken, so no field here goes back in time.
    """

    heartbeat: Heartbeat | None = None
    heartbeat_at: float = 0.0
    disarmed_since: float | None = None
    disarmed_heartbeats: int = 0
    latitude_deg: float | None = None
    longitude_deg: float | None = None
    altitude_amsl_m: float | None = None
    altitude_above_home_m: float | None = None
    heading_deg: float | None = None
    ground_speed_m_s: float | None = None
    battery_remaining: float | None = None
    voltage_v: float | None = None
    energy_used_wh: float | None = None
    prearm_ok: bool = False
    prearm_at: float = 0.0
    gps_fix: int = 0
    position_known: bool = False
    landed_state: int = LandedState.UNDEFINED
    mission_seq: int | None = None
    servo9_us: int | None = None
    servo9_at: float = 0.0
    home: tuple[float, float, float] | None = None
    texts: list[Text] = field(default_factory=list)
    _assembler: TextAssembler = field(default_factory=TextAssembler)

    @property
    def armed(self) -> bool:
        """Say whether the newest heartbeat is armed."""
        return self.heartbeat is not None and bool(self.heartbeat.base_mode & MODE_FLAG_ARMED)

    @property
    def mode(self) -> int | None:
        """The newest mode number."""
        return None if self.heartbeat is None else self.heartbeat.custom_mode

    @property
    def latch_open(self) -> bool | None:
        """Say whether the payload latch is open, by the vehicle's own servo output."""
        return None if self.servo9_us is None else self.servo9_us > SERVO_OPEN_US

    @property
    def on_ground(self) -> bool:
        """Say whether nothing speaks against standing on the ground."""
        return self.landed_state in (LandedState.UNDEFINED, LandedState.ON_GROUND)

    def receive(self, message: Message, now: float) -> list[Text]:
        """Take a message; return the texts that it completed."""
        if isinstance(message, StatusText):
            return self._take_texts(self._assembler.receive(message, now), now)
        if isinstance(message, Heartbeat):
            self._take_heartbeat(message, now)
        elif isinstance(message, GlobalPositionInt):
            self._take_position(message)
        elif isinstance(message, SysStatus | BatteryStatus):
            self._take_power(message, now)
        elif isinstance(message, ServoOutputRaw):
            self._take_servos(message, now)
        else:
            self._take_state(message)
        return self._take_texts(self._assembler.expire(now), now)

    def texts_since(self, since: float, *prefixes: str) -> list[str]:
        """Return the different texts since a time that begin with one of the prefixes."""
        return list(
            dict.fromkeys(
                each.text for each in self.texts if each.at >= since and each.text.startswith(prefixes)
            )
        )

    def _take_heartbeat(self, message: Heartbeat, now: float) -> None:
        self.heartbeat, self.heartbeat_at = message, now
        if self.armed:
            self.disarmed_since, self.disarmed_heartbeats = None, 0
            return
        self.disarmed_heartbeats += 1
        if self.disarmed_since is None:
            self.disarmed_since = now

    def _take_position(self, message: GlobalPositionInt) -> None:
        if message.lat == 0 and message.lon == 0:
            return  # ArduPilot sends zeros until its estimator has an origin
        self.latitude_deg = degrees_from_e7(message.lat)
        self.longitude_deg = degrees_from_e7(message.lon)
        self.altitude_amsl_m = message.alt / 1000
        self.altitude_above_home_m = message.relative_alt / 1000
        if message.hdg != UNKNOWN_HEADING:
            self.heading_deg = message.hdg / 100

    def _take_power(self, message: SysStatus | BatteryStatus, now: float) -> None:
        if message.battery_remaining >= 0:
            self.battery_remaining = message.battery_remaining / 100
        if isinstance(message, BatteryStatus):
            self._take_energy(message)
            return
        self.voltage_v = message.voltage_battery / 1000
        self.prearm_ok = bool(message.onboard_control_sensors_health & SENSOR_PREARM_CHECK)
        self.prearm_at = now

    def _take_energy(self, message: BatteryStatus) -> None:
        if message.energy_consumed > 0:
            self.energy_used_wh = message.energy_consumed / HECTOJOULES_PER_WH
        elif message.current_consumed >= 0 and self.voltage_v is not None:
            self.energy_used_wh = message.current_consumed / 1000 * self.voltage_v

    def _take_servos(self, message: ServoOutputRaw, now: float) -> None:
        if message.port == 0 and message.servo9_raw > 0:
            self.servo9_us, self.servo9_at = message.servo9_raw, now

    def _take_state(self, message: Message) -> None:
        if isinstance(message, MissionCurrent):
            self.mission_seq = message.seq
        elif isinstance(message, ExtendedSysState):
            self.landed_state = message.landed_state
        elif isinstance(message, VfrHud):
            self.ground_speed_m_s = message.groundspeed
        elif isinstance(message, GpsRawInt):
            self.gps_fix = message.fix_type
        elif isinstance(message, EkfStatusReport):
            self.position_known = bool(message.flags & EkfFlags.POSITION_HORIZONTAL_ABSOLUTE)
        elif isinstance(message, HomePosition):
            latitude, longitude = degrees_from_e7(message.latitude), degrees_from_e7(message.longitude)
            self.home = (latitude, longitude, message.altitude / 1000)

    def _take_texts(self, texts: list[tuple[int, str]], now: float) -> list[Text]:
        whole = [Text(now, severity, text) for severity, text in texts]
        self.texts = [*self.texts, *whole][-KEPT_TEXTS:]
        return whole


UNKNOWN_HEADING = 65535
HECTOJOULES_PER_WH = 36.0
