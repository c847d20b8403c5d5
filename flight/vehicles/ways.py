"""The way out, from the take-off to above the destination's pad, and the way home, down to the landing."""

from flight.errors import PlanError
from flight.geodesy import distance_m
from flight.plan import MissionItem
from flight.protocol.names import Command, Frame, VtolState
from flight.vehicles.writer import MissionWriter
from geofences.route import Route, Way
from geofences.values import Position, Site

VTOL_LAND_LEAST_M = 120.0
"""ArduPilot refuses to arm with a vertical landing nearer than this to the item before it (recorded: 117
m)."""

BRAKE_POINT_M = 300.0
"""Where a quadplane becomes a multicopter: it needs 156 m to stop from 25 m/s (``Q_TRANS_DECEL`` 2 m/s²)
and may turn up to 90 m early (``WP_RADIUS``); nearer would overshoot the pad, farther costs hover power at
5 m/s."""

TURN_POINT_M = 50.0
"""What a quadplane flies on rotors before it becomes an aeroplane: ten seconds at 5 m/s (``Q_WP_SPEED``), in
which its nose has turned by 180 degrees (SITL)."""

SETTLE_M = 250.0
"""What a quadplane needs behind the turn at the gate until it flies along the approach: ten seconds. One that
begins to brake in the turn keeps flying aside for long, as it brakes with 2 m/s² only."""


def take_off(writer: MissionWriter, way: Way, route: Route) -> None:
    """Stand at home (item 0, which ArduPilot overwrites with its own), and climb over the pad.

    The climb is vertical, so it stays inside the approach sector whatever that sector's floor is. A quadplane
    turns on rotors before it flies as an aeroplane.
    """
    first = route.waypoints[0]
    writer.place(Command.NAV_WAYPOINT, first.position, writer.home_amsl_m, frame=Frame.GLOBAL, part=0.0)
    writer.on_leg(way, 1)
    command = Command.NAV_VTOL_TAKEOFF if writer.is_quadplane else Command.NAV_TAKEOFF
    height_m = writer.above_home_m(first.altitude_amsl_m)
    writer.append(MissionItem(int(command), int(Frame.GLOBAL_RELATIVE_ALT), z_m=height_m))
    if writer.is_quadplane:
        writer.do(Command.DO_VTOL_TRANSITION, VtolState.MULTICOPTER)
        turn_to_wing(writer, route)


def turn_to_wing(writer: MissionWriter, route: Route) -> None:
    """Let a quadplane that hovers over the first waypoint fly on rotors for a little, then on the wing.

    On rotors its nose turns along the leg. One that begins to fly as an aeroplane with its nose the other way
    goes that way for hundreds of metres, over the land behind the pad.
    """
    first, second = route.waypoints[:2]
    length_m = distance_m(degrees_of(first.position), degrees_of(second.position))
    part = min(0.5, TURN_POINT_M / length_m)
    writer.fly_to(_between(first.position, second.position, part), first.altitude_amsl_m, part)
    writer.do(Command.DO_VTOL_TRANSITION, VtolState.FIXED_WING)


def fly_out(writer: MissionWriter, route: Route) -> None:
    """Fly to above the destination's pad; there a quadplane hovers."""
    last = route.waypoints[-1]
    _cruise(writer, Way.OUT, route)
    if writer.is_quadplane:
        _approach_as_aeroplane(writer, route)
        writer.do(Command.DO_VTOL_TRANSITION, VtolState.MULTICOPTER)
    writer.fly_to(last.position, last.altitude_amsl_m)


def land_there(writer: MissionWriter, route: Route, pad: Site) -> int:
    """Fly out and land on the pad; return the number of the landing."""
    _cruise(writer, Way.OUT, route)
    return _land(writer, route, pad)


def fly_home(writer: MissionWriter, route: Route, home: Site) -> tuple[int, int]:
    """Mark the return path, fly it, land; return the numbers of the marker and of the landing.

    The last waypoint stands over the home pad and is the landing itself.
    """
    return_seq = writer.do(Command.DO_RETURN_PATH_START)
    writer.stopped_s = None
    _cruise(writer, Way.HOME, route)
    return return_seq, _land(writer, route, home)


def check_room_to_land(before: Position, pad: Position) -> None:
    """Raise PlanError where a quadplane could not stop, so that ArduPilot would refuse to arm."""
    room_m = distance_m(degrees_of(before), degrees_of(pad))
    if room_m < VTOL_LAND_LEAST_M:
        raise PlanError(
            f"the last waypoint is {room_m:.0f} m before the landing, under {VTOL_LAND_LEAST_M:.0f} m:"
            " plan with a longer approach sector"
        )


def degrees_of(position: Position) -> tuple[float, float]:
    """Return latitude and longitude."""
    return position.latitude_deg, position.longitude_deg


def _land(writer: MissionWriter, route: Route, pad: Site) -> int:
    if writer.is_quadplane:
        check_room_to_land(route.waypoints[-2].position, route.waypoints[-1].position)
    return writer.land(pad.position, pad.elevation_amsl_m)


def _cruise(writer: MissionWriter, way: Way, route: Route) -> None:
    """Fly the legs between the pads at their speeds, and set the last leg's."""
    for leg, waypoint in enumerate(route.waypoints[1:-1], start=1):
        writer.on_leg(way, leg)
        writer.set_speed(waypoint.airspeed_m_s)
        writer.fly_to(waypoint.position, waypoint.altitude_amsl_m)
    writer.on_leg(way, len(route.waypoints) - 1)
    writer.set_speed(route.waypoints[-1].airspeed_m_s)


def _approach_as_aeroplane(writer: MissionWriter, route: Route) -> None:
    """Fly a last leg that is long enough on the wing, up to the point from where it takes to stop."""
    gate, pad = route.waypoints[-2].position, route.waypoints[-1].position
    length_m = distance_m(degrees_of(gate), degrees_of(pad))
    if length_m >= BRAKE_POINT_M + SETTLE_M:
        part = 1 - BRAKE_POINT_M / length_m
        writer.fly_to(_between(gate, pad, part), route.waypoints[-1].altitude_amsl_m, part)


def _between(one: Position, other: Position, part: float) -> Position:
    """Return a point of a short line; over 2 km the line in degrees is straight to a centimetre."""
    latitude_deg = one.latitude_deg + part * (other.latitude_deg - one.latitude_deg)
    longitude_deg = one.longitude_deg + part * (other.longitude_deg - one.longitude_deg)
    return Position(latitude_deg, longitude_deg)
