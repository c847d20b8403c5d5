"""What every part of the simulated autopilot works on: the aircraft, its parameters, and its voice."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.airframes import airframe_of
from simulator.autopilot.battery import Battery
from simulator.autopilot.boot import BOOT
from simulator.autopilot.lists.items import Item
from simulator.autopilot.lists.stores import Memory
from simulator.autopilot.parameters import ParameterTable
from simulator.autopilot.receiver import Receiver
from simulator.comms.radio import Radio
from simulator.errors import ConfigurationError
from simulator.geodesy import LocalFrame
from simulator.hazards import Hazards
from simulator.motion.body import Body
from simulator.physics.model import FlightModel
from simulator.values import VehicleConfig

Point = tuple[float, float, float]
"""North, east and up of the pad where the vehicle was switched on, in metres."""

LATCH_SERVO = 9
LATCH_OPEN_US = 1500
"""The parcel falls when the latch servo is commanded to this pulse or a longer one."""


class Seat(NamedTuple):
    """The place of an aircraft in a flight model."""

    model: FlightModel
    row: int


class Craft:
    """One aircraft with battery, parameters, servos and radio.

    ``time`` is seconds since boot. Altitudes in ``Point`` are above the power-on pad; the ground is flat
    there. ``body`` is the estimate that the autopilot flies by; the truth is in the flight model, at
    ``seat``.
    """

    def __init__(self, config: VehicleConfig, seat: Seat) -> None:
        self.config = config
        self.seat = seat
        self.airframe = airframe_of(config.vehicle_class, config.airframe)
        if config.payload_kg > self.airframe.payload_limit_kg:
            problem = f"{config.payload_kg} is more than the {config.vehicle_class} carries"
            raise ConfigurationError("payload_kg", problem, f"give at most {self.airframe.payload_limit_kg}")
        self.battery = Battery(seat.model.packs, seat.row)
        self.params = ParameterTable(config.vehicle_class)
        self.params.store("SYSID_THISMAV", config.system_id)
        self.params.store("BATT_CAPACITY", self.battery.capacity_mah)
        self.memory = Memory.blank(config.vehicle_class)
        self.hazards = Hazards()
        self.radio = Radio(config.system_id)
        self.boot = BOOT[config.vehicle_class]
        self.frame = LocalFrame(config.home.latitude_deg, config.home.longitude_deg)
        self.body = Body(math.radians(config.home.heading_deg))
        self.payload_kg = config.payload_kg
        self.power_up()

    def power_up(self) -> None:
        """Forget what no memory keeps: the state at the start, and after a reboot."""
        self.time = 0.0
        self.armed = False
        self.home: Point = (0.0, 0.0, 0.0)
        self.home_known = False
        self.servos = [0] * 16
        self.receiver = Receiver()
        self.compass_calibrating = False
        self.vtol_state = mavlink.MAV_VTOL_STATE_MC

    def say(self, text: str, severity: int = mavlink.MAV_SEVERITY_INFO) -> None:
        """Send a STATUSTEXT."""
        self.radio.say(severity, text)

    def emit(self, message: Any) -> None:
        """Send a message to everybody."""
        self.radio.broadcast(message)

    def stick_us(self, channel: int) -> int:
        """Return the pulse of a channel of the receiver, in µs."""
        return self.receiver.pulse_us(channel, self.time, self.params["RC_OVERRIDE_TIME"])

    def sticks_us(self, count: int) -> Sequence[int]:
        """Return the pulses of the first channels of the receiver, in µs."""
        return self.receiver.pulses_us(count, self.time, self.params["RC_OVERRIDE_TIME"])

    @property
    def here(self) -> Point:
        """Where the aircraft is."""
        return self.body.north, self.body.east, self.body.up

    @property
    def received(self) -> Point:
        """Where the GPS receiver says it is."""
        model, row = self.seat
        state, error, hazards = model.state, model.estimator.sensors.gps_m, self.hazards
        return (
            float(state.north[row] + error[0, row]) + hazards.gps_north_m - hazards.believed_north_m,
            float(state.east[row] + error[1, row]) + hazards.gps_east_m - hazards.believed_east_m,
            float(state.up[row] + error[2, row]) + hazards.gps_up_m - hazards.believed_up_m,
        )

    @property
    def wind_m_s(self) -> Point:
        """How the air around it moves, north, east and up."""
        model, row = self.seat
        return float(model.wind[0][row]), float(model.wind[1][row]), float(model.wind[2][row])

    @property
    def altitude_amsl_m(self) -> float:
        """Height above mean sea level."""
        return self.config.home.altitude_amsl_m + self.body.up

    @property
    def released(self) -> bool:
        """Say whether the latch is open."""
        return self.servos[LATCH_SERVO - 1] >= LATCH_OPEN_US

    def degrees(self, point: Point) -> tuple[float, float, float]:
        """Return latitude, longitude and altitude above mean sea level."""
        latitude, longitude = self.frame.degrees_from_local(point[0], point[1])
        return latitude, longitude, self.config.home.altitude_amsl_m + point[2]

    def place(self, item: Item) -> Point:
        """Return where an item is; without a position of its own, over where the aircraft is now."""
        north, east = self.body.position
        if item.has_place:
            north, east = self.frame.local_from_e7(item.x_e7, item.y_e7)
        return north, east, self.height(item.z_m, item.frame)

    def height(self, altitude_m: float, frame: int) -> float:
        """Return the height above the power-on pad of an altitude in a MAVLink frame."""
        if frame in (mavlink.MAV_FRAME_GLOBAL, mavlink.MAV_FRAME_GLOBAL_INT):
            return altitude_m - self.config.home.altitude_amsl_m
        return altitude_m + self.home[2]

    def set_servo(self, number: int, pulse_us: int) -> bool:
        """Move a servo; opening the latch drops the parcel, closing it on the ground loads one."""
        if not 1 <= number <= len(self.servos):
            return False
        self.servos[number - 1] = pulse_us
        if number == LATCH_SERVO and pulse_us >= LATCH_OPEN_US:
            self.payload_kg = self.payload_kg if self.hazards.latch_stuck else 0.0
        elif number == LATCH_SERVO and pulse_us > 0 and self.body.on_ground:
            self.payload_kg = self.config.payload_kg
        return True
