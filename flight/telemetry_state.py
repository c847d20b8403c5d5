"""The newest value of everything that a vehicle says of itself."""

from dataclasses import dataclass, field

from flight.geodesy import Point
from flight.protocol.messages import AutopilotVersion, Heartbeat
from flight.protocol.names import MODE_FLAG_ARMED, LandedState

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


@dataclass(slots=True)
class TelemetryState:
    """``None`` is "never said". Each ``…_at`` is the time at which the values before it were heard.

    ``home`` is latitude and longitude in degrees and metres above the sea; ``ekf_variances`` are velocity,
    horizontal position, vertical position, compass, where 1 is the limit of the vehicle's estimator;
    ``plan_ids`` are the vehicle's own of mission, fence and rally, 0 where it gives none.
    """

    heard_at: float | None = None
    heartbeat: Heartbeat | None = None
    heartbeat_at: float = 0.0
    disarmed_since: float | None = None
    disarmed_heartbeats: int = 0
    latitude_deg: float | None = None
    longitude_deg: float | None = None
    altitude_amsl_m: float | None = None
    altitude_above_home_m: float | None = None
    heading_deg: float | None = None
    position_at: float = 0.0
    ground_speed_m_s: float | None = None
    battery_remaining: float | None = None
    voltage_v: float | None = None
    energy_used_wh: float | None = None
    sensors_enabled: int = 0
    prearm_ok: bool = False
    prearm_at: float = 0.0
    gps_fix: int = 0
    position_known: bool = False
    ekf_variances: tuple[float, float, float, float] | None = None
    landed_state: int = LandedState.UNDEFINED
    mission_seq: int | None = None
    mission_total: int = 0
    mission_state: int = 0
    plan_ids: tuple[int, int, int] = (0, 0, 0)
    servo9_us: int | None = None
    servo9_at: float = 0.0
    home: tuple[float, float, float] | None = None
    wind_speed_m_s: float | None = None
    wind_from_deg: float | None = None
    wind_at: float = 0.0
    fence_breached: bool | None = None
    fence_breached_at: float = 0.0
    version: AutopilotVersion | None = None
    texts: list[Text] = field(default_factory=list)

    @property
    def armed(self) -> bool:
        """Say whether the newest heartbeat is armed."""
        return self.heartbeat is not None and bool(self.heartbeat.base_mode & MODE_FLAG_ARMED)

    @property
    def place(self) -> Point | None:
        """The newest position."""
        if self.latitude_deg is None or self.longitude_deg is None:
            return None
        return self.latitude_deg, self.longitude_deg

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

    def texts_since(self, since: float, *prefixes: str) -> list[str]:
        """Return the different texts since a time that begin with one of the prefixes."""
        return list(
            dict.fromkeys(
                each.text for each in self.texts if each.at >= since and each.text.startswith(prefixes)
            )
        )
