"""Home: asking for it, moving it, flying to where it has been moved."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity.missions import Place
from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario

HOME_POSITION = mavlink.MAVLINK_MSG_ID_HOME_POSITION


def home_fact(probe: Probe) -> list[int] | None:
    """Return the home position that the vehicle tells, in metres from the first one."""
    message = probe.request_message(HOME_POSITION, "HOME_POSITION")
    if message is None:
        return None
    place = Place(message.latitude / 1e7, message.longitude / 1e7)
    return [*(round(offset_m) for offset_m in probe.home.offset_to(place)), round(message.altitude / 1000)]


def set_home(probe: Probe, label: str, current: int, place: Place, altitude_m: float, frame: int = 0) -> None:
    """Move home by COMMAND_INT and record what comes of it."""
    x, y = round(place.latitude_deg * 1e7), round(place.longitude_deg * 1e7)
    command = mavlink.MAV_CMD_DO_SET_HOME
    probe.int_(command, current, x=x, y=y, z=altitude_m, frame=frame, label=f"DO_SET_HOME {label}")
    probe.link.sleep(1)
    probe.fact(f"home after {label}", home_fact(probe))


@scenario(COPTER)
def home_position(probe: Probe) -> None:
    """GET_HOME_POSITION, DO_SET_HOME, SET_HOME_POSITION, and an RTL to a home that has moved."""
    home = probe.home
    probe.phase("asking")
    probe.long(mavlink.MAV_CMD_GET_HOME_POSITION)
    probe.fact("HOME_POSITION comes", probe.link.wait_type("HOME_POSITION", 1) is not None, "info")
    probe.fact("home", home_fact(probe))
    probe.phase("moving on the ground")
    probe.long(mavlink.MAV_CMD_DO_SET_HOME, 1, label="DO_SET_HOME long, where it is")
    probe.fact("home after long", home_fact(probe))
    spot = home.shifted(30, 20)
    place = (spot.latitude_deg, spot.longitude_deg, 5)
    probe.long(mavlink.MAV_CMD_DO_SET_HOME, 0, 0, 0, 0, *place, label="DO_SET_HOME long, at a place")
    probe.fact("home after long with a place", home_fact(probe))
    set_home(probe, "int", 0, home.shifted(40, 0), 5)
    set_home(probe, "relative frame", 0, home.shifted(0, 40), 3, frame=3)
    set_home(probe, "frame 200", 0, home, 5, frame=200)
    set_home(probe, "zero", 0, Place(0, 0), 0)
    set_home(probe, "latitude 95", 0, Place(95, 128), 5)
    set_home(probe, "far away", 0, home.shifted(100_000, 0), 5)
    set_home(probe, "where it is", 1, Place(0, 0), 0)
    probe.phase("messages")
    messages(probe)
    probe.phase("in flight")
    set_home(probe, "where it is again", 1, Place(0, 0), 0)
    probe.guided_takeoff(20)
    probe.fact("home after take-off", home_fact(probe))
    set_home(probe, "in flight", 0, home.shifted(40, 0), 5)
    probe.set_mode("RTL")
    probe.ride_home()
    probe.fact("home after landing", home_fact(probe))


def messages(probe: Probe) -> None:
    """Set home and the origin by messages instead of commands."""
    spot = probe.home.shifted(25, 0)
    x, y = round(spot.latitude_deg * 1e7), round(spot.longitude_deg * 1e7)
    probe.link.send(
        mavlink.MAVLink_set_home_position_message(
            probe.link.target[0], x, y, 5000, 0, 0, 0, [1, 0, 0, 0], 0, 0, 0
        )
    )
    probe.link.sleep(1)
    probe.fact("home after SET_HOME_POSITION", home_fact(probe))
    probe.link.send(mavlink.MAVLink_set_gps_global_origin_message(probe.link.target[0], x, y, 5000))
    probe.link.sleep(1)
    origin = mavlink.MAVLINK_MSG_ID_GPS_GLOBAL_ORIGIN
    answer = probe.request_message(origin, "GPS_GLOBAL_ORIGIN")
    moved = None
    if answer is not None:
        place = Place(answer.latitude / 1e7, answer.longitude / 1e7)
        moved = [round(offset_m) for offset_m in probe.home.offset_to(place)]
    probe.fact("origin after SET_GPS_GLOBAL_ORIGIN", moved)
