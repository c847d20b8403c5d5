"""The ``SIM_`` parameters by which a ground station breaks things, as in ArduPilot's SITL (``SITL.cpp``).

What they say adds to the faults of a vehicle. ``SIM_BATT_VOLTAGE`` is the monitor's business
(:mod:`simulator.autopilot.parameter_server`).
"""

from simulator.airframes import Airframe
from simulator.autopilot.craft import Craft
from simulator.hazards import Hazards
from simulator.wind import Wind

_PUSHER_SERVO = 3
"""``SERVO3_FUNCTION`` is the throttle of a plane; its lift motors are servos 5 to 8."""

_FIRST_LIFT_SERVO = 5

_STRONGEST_M_S = 85.3
"""The strongest gust ever measured on a Japanese island (Miyakojima, 5 September 1966, JMA)."""


def harm(craft: Craft, hazards: Hazards) -> None:
    """Add what the parameters break."""
    params = craft.params
    hazards.gps_lost |= params["SIM_GPS1_ENABLE"] == 0 or params["SIM_GPS1_JAM"] != 0
    _glitch(craft, hazards)
    speed_m_s = min(_STRONGEST_M_S, max(0.0, params["SIM_WIND_SPD"]))
    wind = Wind(speed_m_s, params["SIM_WIND_DIR"]).velocity_m_s
    hazards.wind_north_m_s += wind[0]
    hazards.wind_east_m_s += wind[1]
    if params["SIM_ENGINE_MUL"] < 1.0:
        _stop_motors(craft.airframe, int(params["SIM_ENGINE_FAIL"]), hazards)


def _glitch(craft: Craft, hazards: Hazards) -> None:
    """Shift the position by degrees north and east, and by metres up."""
    params, home = craft.params, craft.config.home
    latitude_deg = home.latitude_deg + params["SIM_GPS1_GLTCH_X"]
    longitude_deg = home.longitude_deg + params["SIM_GPS1_GLTCH_Y"]
    north, east = craft.frame.local_from_degrees(latitude_deg, longitude_deg)
    hazards.gps_north_m += north
    hazards.gps_east_m += east
    hazards.gps_up_m += params["SIM_GPS1_GLTCH_Z"]


def _stop_motors(airframe: Airframe, mask: int, hazards: Hazards) -> None:
    """Stop the motors of a mask of servos; a motor that is only weaker counts as stopped."""
    first = _FIRST_LIFT_SERVO if airframe.wings else 1
    lifting = (mask >> (first - 1)) & ((1 << airframe.lift_motors) - 1)
    hazards.motors_failed += lifting.bit_count()
    hazards.pusher_failed |= airframe.wings and bool(mask & 1 << (_PUSHER_SERVO - 1))
