"""The electrical power of flight: rotors, wing and pusher, and what runs on the ground.

A copter leans into its drag: the thrust of its rotors is weight and drag together, and they do the work of
both. A quadplane has a pusher for the drag and for the climb on the wing. Below the stall speed its rotors
carry what the wing cannot; in a transition the pusher runs at full throttle.
"""

from collections.abc import Sequence

import numpy as np

from simulator.airframes import Airframe
from simulator.physics import GRAVITY_M_S2
from simulator.physics.air import SEA_LEVEL_DENSITY, STANDARD_C, density_kg_m3
from simulator.physics.command import Motion
from simulator.physics.rotor_power import RotorPower
from simulator.physics.state import Floats, State
from simulator.physics.wing_power import WingPower

_OFF, _ROTORS, _TRANSITION = float(Motion.OFF), float(Motion.ROTORS), float(Motion.TRANSITION)

_AIR_EVERY = 10
"""Steps after which the density is looked up again: it changes by 1 % over 100 m of height."""


class PowerModel:
    """What a fleet draws.

    ``drag_per_m`` is the drag on rotors at 1 m/s over the empty mass (1/m), ``thrust_ratio`` the largest
    thrust over the empty weight, ``stall_m_s`` the stall speed of level flight with the largest parcel (0
    without a wing), all at sea level. ``density`` is that of the air around each aircraft.

    Parameters
    ----------
    airframes
        The aircraft; the order is that of the arrays.
    pads_amsl_m
        Heights of their pads above mean sea level.
    air_c
        Temperature of the air at sea level.
    """

    def __init__(
        self,
        airframes: Sequence[Airframe],
        pads_amsl_m: Sequence[float],
        air_c: float | Sequence[float] = STANDARD_C,
    ) -> None:
        self._pads_amsl_m = np.array(pads_amsl_m, float)
        self._warmer_k: Floats = np.full(len(airframes), air_c, float) - STANDARD_C
        self._air_age = 0
        self.density = density_kg_m3(self._pads_amsl_m, self._warmer_k)
        self._rotors = RotorPower([airframe.rotors for airframe in airframes])
        self.wings = WingPower([airframe.wing for airframe in airframes])
        self._winged = bool(self.wings.present.any())
        self._leaning: Floats = np.where(self.wings.present, 0.0, 1.0)
        self._half_drag_area: Floats = np.array([0.5 * each.rotors.drag_area_m2 for each in airframes])
        self._drag_area_on_rotors = self._half_drag_area - self.wings.half_drag_area
        self._none, self._whole = np.zeros(len(airframes)), np.ones(len(airframes))
        self._gravity = np.full(len(airframes), GRAVITY_M_S2)
        self._idle_w = np.array([each.idle_w for each in airframes])
        self._ground_w = np.array([each.ground_w for each in airframes])
        mass_kg = np.array([each.empty_kg for each in airframes])
        full_kg = mass_kg + [each.payload_limit_kg for each in airframes]
        sea_level = np.full(len(airframes), SEA_LEVEL_DENSITY)
        self.drag_per_m: Floats = self._half_drag_area * sea_level / mass_kg
        self.thrust_ratio = np.array([each.rotors.thrust_ratio for each in airframes])
        self.stall_m_s = self.wings.stall_speed_m_s(full_kg, sea_level, np.ones(len(airframes)))

    def watts(self, motion: Floats, state: State, mass_kg: Floats, load: Floats) -> Floats:
        """Return the power drawn from the batteries.

        Parameters
        ----------
        motion
            What carries each aircraft (:class:`simulator.physics.command.Motion`).
        state
            How it moves.
        mass_kg
            Mass with parcel.
        load
            Load factor of the bank, 1 / cos φ.
        """
        self._look_up_air(state.up)
        lift = mass_kg * load * self._gravity
        speed_squared = state.airspeed * state.airspeed
        pressure = speed_squared * self.density
        if self._winged:
            work_w = self._with_wings(motion, state, lift, speed_squared, pressure)
        else:
            work_w = self._on_rotors(state, lift, speed_squared, pressure)
        power: Floats = np.maximum(work_w + self._idle_w, self._idle_w)
        np.copyto(power, self._ground_w, where=state.on_ground)
        np.copyto(power, self._idle_w, where=motion == _OFF)
        return power

    def _look_up_air(self, up: Floats) -> None:
        if self._air_age == 0:
            self.density = density_kg_m3(self._pads_amsl_m + up, self._warmer_k)
        self._air_age = (self._air_age + 1) % _AIR_EVERY

    def _on_rotors(self, state: State, lift: Floats, speed_squared: Floats, pressure: Floats) -> Floats:
        """Return the power of a fleet of copters."""
        drag = pressure * self._half_drag_area
        thrust: Floats = np.hypot(lift, drag)
        shaft_w = self._rotors.watts(lift, thrust, speed_squared, state.v_up, self.density)
        return (shaft_w + drag * state.airspeed) * self._rotors.per_watt

    def _with_wings(
        self, motion: Floats, state: State, lift: Floats, speed_squared: Floats, pressure: Floats
    ) -> Floats:
        """Return the power of a fleet in which some have wings."""
        share = self.wings.rotor_share(lift, pressure)
        np.copyto(share, self._whole, where=motion == _ROTORS)
        rotor_lift = lift * share
        wing_lift = lift - rotor_lift
        area = self.wings.half_drag_area + share * self._drag_area_on_rotors
        drag = pressure * area + self.wings.induced_drag(wing_lift, pressure)
        leaning = drag * self._leaning
        thrust: Floats = np.hypot(rotor_lift, leaning)
        shaft_w = self._rotors.watts(rotor_lift, thrust, speed_squared, state.v_up, self.density)
        rotors_w = (shaft_w + leaning * state.airspeed) * self._rotors.per_watt
        return rotors_w + self._pushing(motion, (drag - leaning) * state.airspeed + wing_lift * state.v_up)

    def _pushing(self, motion: Floats, work_w: Floats) -> Floats:
        """Return the power of the pushers for the work against drag and gravity; a glide needs none."""
        power: Floats = np.maximum(work_w * self.wings.per_watt, self._none)
        np.copyto(power, self.wings.pusher_w, where=motion == _TRANSITION)
        return power
