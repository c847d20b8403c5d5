"""Compiles a certified way out and way home into what goes on board one vehicle.

Everything is in the form in which ArduPilot gives it back (recorded): items with a place in frame 3 (above
home), items without one in frame 0 with zeros, ``NAV_LAND`` with ``param4`` 1, fence corners in frame 0.
"""

import math
from dataclasses import dataclass, field

from flight.errors import PlanError
from flight.geodesy import distance_m, e7_from_degrees
from flight.plan import FlightPlan, MissionItem, VehicleAddress, VehicleClass
from flight.protocol.items import ALTITUDE_DECIMALS, PARAMETER_DECIMALS
from flight.protocol.names import Command, Frame, VtolState
from flight.vehicles.parameters import required_parameters
from geofences.airspace import Airspace
from geofences.onboard import Fence, fence_around
from geofences.route import Certificate, Route, route_digest
from geofences.values import Interval, Position

LATCH_SERVO = 9
LATCH_OPEN_US = 1900

RELEASE_DELAY_S = 10
"""Time above the pad after the release, for the parcel to leave and swing out."""

FENCE_CORNERS = 60
"""Of all polygons together; ArduPilot keeps 70 corners (recorded)."""

AIRSPEED = 0
"""``SPEED_TYPE_AIRSPEED``; a copter takes it as its speed along legs."""

LARGEST_MISSION = 650
"""Items that ArduPilot keeps (recorded)."""

VTOL_DESCENT_M_S = 1.5
VTOL_CLIMB_M_S = 2.5
"""``Q_WP_SPEED_DN`` and ``Q_WP_SPEED_UP``, defaults."""

VTOL_SETTLE_S = 3
"""For acceleration at either end (``Q_WP_ACCEL_Z`` 1 m/s²)."""

VTOL_LAND_LEAST_M = 120.0
"""ArduPilot refuses to arm with a vertical landing nearer than this to the item before it (recorded: 117
m)."""

BRAKE_POINT_M = 300.0
"""Where a quadplane becomes a multicopter: it needs 156 m to stop from 25 m/s (``Q_TRANS_DECEL`` 2 m/s²)
and may turn up to 90 m early (``WP_RADIUS``); nearer would overshoot the pad, farther costs hover power at
5 m/s."""

SETTLE_M = 250.0
"""What a quadplane needs behind the turn at the gate until it flies along the approach: ten seconds. One that
begins to brake in the turn keeps flying aside for long, as it brakes with 2 m/s² only."""


def compile_plan(
    *,
    sortie_id: str,
    vehicle: VehicleAddress,
    vehicle_class: VehicleClass,
    way_out: Route,
    way_home: Route,
    certificate: Certificate,
    airspace: Airspace,
    drop_height_m: float = 20.0,
) -> FlightPlan:
    """Return the flight plan of one sortie for one vehicle.

    Parameters
    ----------
    drop_height_m
        Height above the destination's pad at which the payload is released.

    Raises
    ------
    PlanError
        If the certificate is not for these routes and this airspace, or ArduPilot could not fly the plan.
    """
    _check(way_out, way_home, certificate, airspace)
    home, pad = airspace.site(way_out.origin_site_id), airspace.site(way_out.destination_site_id)
    valid = Interval(certificate.valid_from, certificate.valid_until)
    builder = _Builder(vehicle_class, home.elevation_amsl_m, _cruise_m_s(way_out, way_home))
    builder.home(home.position)
    builder.way_out(way_out)
    release_seq = builder.stop(way_out, way_home, pad.elevation_amsl_m + drop_height_m)
    return_seq = builder.way_home(way_home, home.position)
    return FlightPlan(
        sortie_id=sortie_id,
        vehicle=vehicle,
        vehicle_class=vehicle_class,
        home_latitude_e7=e7_from_degrees(home.position.latitude_deg),
        home_longitude_e7=e7_from_degrees(home.position.longitude_deg),
        home_amsl_m=home.elevation_amsl_m,
        mission=builder.mission(),
        release_seq=release_seq,
        return_seq=return_seq,
        fence=_fence(fence_around(airspace, way_out, way_home, valid, FENCE_CORNERS)),
        rally=(),
        parameters=required_parameters(vehicle_class),
        airspace_version=airspace.version,
        certificate_digest=certificate.route_digest,
        planned_energy_wh=certificate.energy_wh,
        planned_duration_s=way_out.duration_s + way_home.duration_s + builder.waiting_s,
        energy_available_wh=certificate.energy_available_wh,
    )


@dataclass
class _Builder:
    """Appends items; heights above home are made from heights above the sea here and only here.

    The vehicle takes off with its cruise speed set. An early return that joins the way home behind a change
    of speed keeps the speed that it had: slower than planned, never faster than a limit before it.
    """

    vehicle_class: VehicleClass
    home_amsl_m: float
    cruise_m_s: float
    waiting_s: float = 0.0
    _speed_m_s: float = field(init=False)
    _items: list[MissionItem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._speed_m_s = self.cruise_m_s

    @property
    def _is_quadplane(self) -> bool:
        return self.vehicle_class is VehicleClass.QUADPLANE

    def mission(self) -> tuple[MissionItem, ...]:
        """Return the items; raise PlanError if they are too many."""
        if len(self._items) > LARGEST_MISSION:
            raise PlanError(f"{len(self._items)} mission items; ArduPilot keeps {LARGEST_MISSION}")
        return tuple(self._items)

    def home(self, position: Position) -> None:
        """Item 0, which ArduPilot overwrites with its own home."""
        self._place(Command.NAV_WAYPOINT, position, self.home_amsl_m, Frame.GLOBAL)

    def way_out(self, route: Route) -> None:
        """Take off over the home pad, and fly to above the destination's pad."""
        height_m = self._above_home_m(route.waypoints[0].altitude_amsl_m)
        take_off = Command.NAV_VTOL_TAKEOFF if self._is_quadplane else Command.NAV_TAKEOFF
        self._items.append(MissionItem(int(take_off), int(Frame.GLOBAL_RELATIVE_ALT), z_m=height_m))
        self._cruise(route)
        if self._is_quadplane:
            self._approach_as_aeroplane(route)
            self._do(Command.DO_VTOL_TRANSITION, VtolState.MULTICOPTER)
        self._fly_to(route.waypoints[-1].position, route.waypoints[-1].altitude_amsl_m)

    def stop(self, way_out: Route, way_home: Route, drop_amsl_m: float) -> int:
        """Descend, release, wait, climb; return the index of the release.

        A quadplane takes a waypoint above the one before as reached at once, without waiting for the height
        (``Plane::verify_nav_wp`` looks at the horizontal distance only, and goes on flying to it during a
        ``NAV_DELAY``), so it gets the time for each vertical move as a delay. ``NAV_DELAY`` holds only in
        multicopter flight (``ModeAuto::verify_nav_delay``).
        """
        last, first = way_out.waypoints[-1], way_home.waypoints[0]
        self._fly_to(last.position, drop_amsl_m)
        if self._is_quadplane:
            self._wait(_vertical_s(last.altitude_amsl_m - drop_amsl_m, VTOL_DESCENT_M_S))
        self._do(Command.DO_SET_SERVO, LATCH_SERVO, LATCH_OPEN_US)
        release_seq = len(self._items) - 1
        self._wait(RELEASE_DELAY_S)
        self._fly_to(first.position, first.altitude_amsl_m)
        if self._is_quadplane:
            self._wait(_vertical_s(first.altitude_amsl_m - drop_amsl_m, VTOL_CLIMB_M_S))
            self._do(Command.DO_VTOL_TRANSITION, VtolState.FIXED_WING)
        return release_seq

    def way_home(self, route: Route, home: Position) -> int:
        """Mark the return path, fly it, land; return the index of the marker.

        The last waypoint stands over the home pad and is the landing itself.
        """
        self._do(Command.DO_RETURN_PATH_START)
        return_seq = len(self._items) - 1
        self._cruise(route)
        if self._is_quadplane:
            self._check_room_to_land(route)
            self._place(Command.NAV_VTOL_LAND, home, self.home_amsl_m)
        else:
            self._place(Command.NAV_LAND, home, self.home_amsl_m, param4=1.0)
        return return_seq

    def _cruise(self, route: Route) -> None:
        """Fly the legs between the pads at their speeds, and set the last leg's."""
        for waypoint in route.waypoints[1:-1]:
            self._set_speed(waypoint.airspeed_m_s)
            self._fly_to(waypoint.position, waypoint.altitude_amsl_m)
        self._set_speed(route.waypoints[-1].airspeed_m_s)

    def _set_speed(self, airspeed_m_s: float) -> None:
        """Change the speed (``DO_CHANGE_SPEED``, 0: airspeed, -1: no throttle) where a leg's differs."""
        if airspeed_m_s != self._speed_m_s:
            self._speed_m_s = airspeed_m_s
            speed_m_s = round(airspeed_m_s, PARAMETER_DECIMALS)
            self._do(Command.DO_CHANGE_SPEED, AIRSPEED, speed_m_s, -1.0)

    def _approach_as_aeroplane(self, route: Route) -> None:
        """Fly a last leg that is long enough on the wing, up to the point from where it takes to stop."""
        gate, pad = route.waypoints[-2].position, route.waypoints[-1].position
        length_m = distance_m(_degrees(gate), _degrees(pad))
        if length_m >= BRAKE_POINT_M + SETTLE_M:
            part = 1 - BRAKE_POINT_M / length_m
            self._fly_to(_between(gate, pad, part), route.waypoints[-1].altitude_amsl_m)

    def _check_room_to_land(self, route: Route) -> None:
        gate, pad = route.waypoints[-2].position, route.waypoints[-1].position
        room_m = distance_m(_degrees(gate), _degrees(pad))
        if room_m < VTOL_LAND_LEAST_M:
            raise PlanError(
                f"the last waypoint is {room_m:.0f} m before the landing, under {VTOL_LAND_LEAST_M:.0f} m"
            )

    def _above_home_m(self, amsl_m: float) -> float:
        return round(amsl_m - self.home_amsl_m, ALTITUDE_DECIMALS)

    def _fly_to(self, position: Position, amsl_m: float) -> None:
        self._place(Command.NAV_WAYPOINT, position, amsl_m)

    def _place(
        self,
        command: Command,
        position: Position,
        amsl_m: float,
        frame: Frame = Frame.GLOBAL_RELATIVE_ALT,
        param4: float = 0.0,
    ) -> None:
        relative = frame is Frame.GLOBAL_RELATIVE_ALT
        z_m = self._above_home_m(amsl_m) if relative else round(amsl_m, ALTITUDE_DECIMALS)
        x_e7, y_e7 = e7_from_degrees(position.latitude_deg), e7_from_degrees(position.longitude_deg)
        self._items.append(
            MissionItem(int(command), int(frame), param4=param4, x_e7=x_e7, y_e7=y_e7, z_m=z_m)
        )

    def _do(self, command: Command, param1: float = 0.0, param2: float = 0.0, param3: float = 0.0) -> None:
        self._items.append(
            MissionItem(int(command), int(Frame.GLOBAL), float(param1), float(param2), float(param3))
        )

    def _wait(self, duration_s: float) -> None:
        self.waiting_s += duration_s
        self._items.append(
            MissionItem(
                int(Command.NAV_DELAY),
                int(Frame.GLOBAL),
                float(duration_s),
                param2=-1.0,
                param3=-1.0,
                param4=-1.0,
            )
        )


def _check(way_out: Route, way_home: Route, certificate: Certificate, airspace: Airspace) -> None:
    if certificate.airspace_version != airspace.version:
        raise PlanError("the certificate is for another version of the airspace")
    if certificate.route_digest != route_digest(way_out, way_home):
        raise PlanError("the certificate is for other routes")
    ends = (way_home.origin_site_id, way_home.destination_site_id)
    if ends != (way_out.destination_site_id, way_out.origin_site_id):
        raise PlanError(f"the way home leads from {ends[0]} to {ends[1]}, which is not the way back")
    if min(len(way_out.waypoints), len(way_home.waypoints)) < 3:
        raise PlanError("each way needs a waypoint between the pads: the gate of an approach sector")


def _fence(fence: Fence) -> tuple[MissionItem, ...]:
    inside, outside = Command.FENCE_POLYGON_VERTEX_INCLUSION, Command.FENCE_POLYGON_VERTEX_EXCLUSION
    polygons = [(inside, fence.inclusion), *((outside, corners) for corners in fence.exclusions)]
    return tuple(_corner(command, len(corners), each) for command, corners in polygons for each in corners)


def _corner(command: Command, count: int, corner: Position) -> MissionItem:
    """Return a corner of a polygon; each one says how many there are (``param1``)."""
    x_e7, y_e7 = e7_from_degrees(corner.latitude_deg), e7_from_degrees(corner.longitude_deg)
    return MissionItem(int(command), int(Frame.GLOBAL), param1=float(count), x_e7=x_e7, y_e7=y_e7)


def _cruise_m_s(*routes: Route) -> float:
    """Return the speed that the vehicle has by itself: limits in lanes only lower it."""
    return max(waypoint.airspeed_m_s for route in routes for waypoint in route.waypoints)


def _vertical_s(height_m: float, speed_m_s: float) -> int:
    return math.ceil(abs(height_m) / speed_m_s) + VTOL_SETTLE_S


def _degrees(position: Position) -> tuple[float, float]:
    return position.latitude_deg, position.longitude_deg


def _between(one: Position, other: Position, part: float) -> Position:
    """Return a point of a short line; over 2 km the line in degrees is straight to a centimetre."""
    latitude_deg = one.latitude_deg + part * (other.latitude_deg - one.latitude_deg)
    longitude_deg = one.longitude_deg + part * (other.longitude_deg - one.longitude_deg)
    return Position(latitude_deg, longitude_deg)
