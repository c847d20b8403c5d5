"""Values that describe a simulated vehicle from outside: configuration, wind, truth and track."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from simulator.errors import ConfigurationError
from simulator.wind import CALM, Wind

if TYPE_CHECKING:
    # A fault acts on an aircraft, which is made from these values.
    from simulator.faults.base import Fault


class VehicleClass(StrEnum):
    """The two kinds of aircraft."""

    COPTER = "copter"
    QUADPLANE = "quadplane"


def _numbers(field: str, text: str, separator: str, count: int, form: str) -> tuple[float, ...]:
    parts = text.split(separator)
    try:
        numbers = tuple(float(part) for part in parts)
    except ValueError:
        numbers = ()
    if len(numbers) != count or not all(map(math.isfinite, numbers)):
        raise ConfigurationError(field, f"{text!r} cannot be read", f"write {form}")
    return numbers


@dataclass(frozen=True, slots=True)
class HomePoint:
    """Where a vehicle stands when it is switched on; the heading is clockwise from north."""

    latitude_deg: float
    longitude_deg: float
    altitude_amsl_m: float
    heading_deg: float = 0.0

    def __post_init__(self) -> None:
        if not (abs(self.latitude_deg) <= 90 and abs(self.longitude_deg) <= 180):
            raise ConfigurationError(
                "home",
                f"{self.latitude_deg}, {self.longitude_deg} is not a latitude and a longitude in degrees",
                "write LATITUDE,LONGITUDE,ALTITUDE_AMSL,HEADING, latitude first",
            )
        if not math.isfinite(self.altitude_amsl_m + self.heading_deg):
            raise ConfigurationError(
                "home", "altitude or heading is no number", "give m above mean sea level, degrees"
            )

    @classmethod
    def parse(cls, text: str) -> "HomePoint":
        """Read ``LATITUDE,LONGITUDE,ALTITUDE_AMSL,HEADING``."""
        return cls(*_numbers("home", text, ",", 4, "LATITUDE,LONGITUDE,ALTITUDE_AMSL,HEADING"))


@dataclass(frozen=True)
class VehicleConfig:
    """All that a vehicle is made from.

    Parameters
    ----------
    name
        A name for people and for the log, whose file bears it.
    vehicle_class, system_id, home, wind
        What it is, its MAVLink system id, where it stands, and in which wind.
    seed
        Seed of all its chance (noise of the GPS receiver).
    payload_kg
        Mass of the parcel that hangs on the latch when the latch is closed on the ground.
    battery_wh, battery_age
        Capacity of the battery, that of the airframe where None; 0 new, 1 at the end of its life.
    air_c
        Temperature of the air at sea level; the battery begins with it.
    boot_at
        Unix time at which it is switched on; the first ``now`` it is given where None. Booting takes as long
        as ArduPilot's (about 42 s for a copter, 25 s for a quadplane).
    airframe
        Name of the airframe (:mod:`simulator.airframes`); the usual one of the class where None.
    faults
        What goes wrong with it, and when.
    """

    name: str
    vehicle_class: VehicleClass
    home: HomePoint
    system_id: int = 1
    wind: Wind = CALM
    seed: int = 0
    payload_kg: float = 0.0
    battery_wh: float | None = None
    battery_age: float = 0.0
    air_c: float = 20.0
    boot_at: float | None = None
    airframe: str | None = None
    faults: "tuple[Fault, ...]" = ()

    def __post_init__(self) -> None:
        # 255 is the ground station's.
        if not 1 <= self.system_id <= 254:
            raise ConfigurationError(
                "system_id", f"{self.system_id} is not a MAVLink system id", "choose 1 to 254"
            )
        if not isinstance(self.vehicle_class, VehicleClass):
            # From a program that is not type-checked; a text equals the member, but is not it.
            problem = f"{self.vehicle_class!r} is no VehicleClass"
            raise ConfigurationError("vehicle_class", problem, "give VehicleClass.COPTER or .QUADPLANE")
        if self.name in {"", ".", ".."} or "/" in self.name:
            raise ConfigurationError(
                "name", f"{self.name!r} names no file", "give one without a slash: the track log bears it"
            )
        if self.seed < 0:
            raise ConfigurationError("seed", f"{self.seed} is negative", "give a whole number from 0 on")
        if self.boot_at is not None and not math.isfinite(self.boot_at):
            raise ConfigurationError("boot_at", f"{self.boot_at} is no time", "give Unix seconds")
        if self.battery_wh is not None and not 0.0 < self.battery_wh < math.inf:
            raise ConfigurationError(
                "battery_wh", f"{self.battery_wh} is not positive", "give the capacity in Wh"
            )
        if not 0.0 <= self.battery_age <= 1.0:
            raise ConfigurationError(
                "battery_age", f"{self.battery_age} is no age", "give 0 for new to 1 for worn out"
            )
        if not -40.0 <= self.air_c <= 60.0:
            raise ConfigurationError("air_c", f"{self.air_c} °C", "give -40 to 60")
        if not 0.0 <= self.payload_kg < math.inf:
            raise ConfigurationError("payload_kg", f"{self.payload_kg} is no mass", "give kg, 0 for none")


class TrackSample(NamedTuple):
    """One line of the simulator's own log."""

    time: float
    latitude_deg: float
    longitude_deg: float
    altitude_amsl_m: float
    ground_speed_m_s: float
    energy_used_wh: float
    mode: str
    armed: bool
    mission_seq: int
    released: bool


@dataclass(frozen=True, slots=True)
class VehicleTruth:
    """What is really so, whatever the telemetry says."""

    time: float
    latitude_deg: float
    longitude_deg: float
    altitude_amsl_m: float
    ground_speed_m_s: float
    climb_m_s: float
    airspeed_m_s: float
    heading_deg: float
    energy_used_wh: float
    payload_kg: float
    mode: str
    armed: bool
    on_ground: bool
    mission_seq: int
    released: bool
    wrecked: bool = False
    in_water: bool = False
