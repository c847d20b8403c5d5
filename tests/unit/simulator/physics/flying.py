"""Aircraft in steady flight, for the tests of the power model."""

import numpy as np

from simulator.airframes import Airframe
from simulator.physics.command import Motion
from simulator.physics.power import PowerModel
from simulator.physics.state import State


def steady(airspeed_m_s: float = 0.0, v_up: float = 0.0) -> State:
    """Return the state of one aircraft in the air."""
    state = State.parked(np.zeros(1))
    state.on_ground[:] = False
    state.airspeed[:], state.v_up[:] = airspeed_m_s, v_up
    return state


def watts(
    airframe: Airframe,
    motion: Motion,
    state: State,
    payload_kg: float = 0.0,
    load: float = 1.0,
    altitude_amsl_m: float = 0.0,
) -> float:
    """Return the power of one aircraft."""
    model = PowerModel([airframe], [altitude_amsl_m])
    mass_kg = np.array([airframe.empty_kg + payload_kg])
    return float(model.watts(np.array([float(motion)]), state, mass_kg, np.array([load]))[0])
