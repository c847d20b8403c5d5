"""What every part of the simulated autopilot works on: the aircraft, its parameters, and its voice."""

import math
from typing import Any

import numpy as np
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.airframes import AIRFRAMES, Phase
from simulator.battery import Battery
from simulator.boot import BOOT
from simulator.errors import ConfigurationError
from simulator.geodesy import LocalFrame
from simulator.lists.items import Item
from simulator.motion.body import STEP_S, Body
from simulator.motion.wing import climb_power_w
from simulator.parameters import ParameterTable
from simulator.radio import Radio
from simulator.values import VehicleConfig

Point = tuple[float, float, float]
"""North, east and up of the pad where the vehicle was switched on, in metres."""

LATCH_SERVO = 9
LATCH_OPEN_US = 1500
"""The parcel falls when the latch servo is commanded to this pulse or a longer one."""


class Craft:
    """One aircraft with battery, parameters, servos and radio.

    ``time`` is seconds since boot. Altitudes in ``Point`` are above the power-on pad; the ground is flat
    there.
    """

    def __init__(self, config: VehicleConfig) -> None:
        self.config = config
        self.airframe = AIRFRAMES[config.vehicle_class]
        if config.payload_kg > self.airframe.payload_limit_kg:
            problem = f"{config.payload_kg} is more than the {config.vehicle_class} carries"
            raise ConfigurationError("payload_kg", problem, f"give at most {self.airframe.payload_limit_kg}")
        self.params = ParameterTable(config.vehicle_class)
        self.params.store("SYSID_THISMAV", config.system_id)
        self.battery = Battery(config.battery_wh or self.airframe.battery_wh)
        self.params.store("BATT_CAPACITY", self.battery.capacity_mah)
        self.radio = Radio(config.system_id)
        self.boot = BOOT[config.vehicle_class]
        self.random = np.random.default_rng(config.seed)
        self.frame = LocalFrame(config.home.latitude_deg, config.home.longitude_deg)
        wind_north, wind_east = config.wind.velocity_m_s
        self.body = Body(wind_north, wind_east, math.radians(config.home.heading_deg))
        self.time = 0.0
        self.armed = False
        self.home: Point = (0.0, 0.0, 0.0)
        self.home_known = False
        self.payload_kg = config.payload_kg
        self.servos = [0] * 16
        self.throttle_stick_us = 1000
        self.vtol_state = mavlink.MAV_VTOL_STATE_MC

    def say(self, text: str, severity: int = mavlink.MAV_SEVERITY_INFO) -> None:
        """Send a STATUSTEXT."""
        self.radio.say(severity, text)

    def emit(self, message: Any) -> None:
        """Send a message to everybody."""
        self.radio.broadcast(message)

    @property
    def here(self) -> Point:
        """Where the aircraft is."""
        return self.body.north, self.body.east, self.body.up

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
            self.payload_kg = 0.0
        elif number == LATCH_SERVO and pulse_us > 0 and self.body.on_ground:
            self.payload_kg = self.config.payload_kg
        return True

    def consume(self) -> None:
        """Draw the energy of one step."""
        body = self.body
        phase = body.phase
        if not self.armed:
            phase = Phase.IDLE
        power_w = self.airframe.power_w(phase, self.payload_kg)
        if phase is Phase.CRUISE:
            power_w += climb_power_w(body, self.airframe.empty_kg + self.payload_kg)
        self.battery.draw(power_w, STEP_S)
