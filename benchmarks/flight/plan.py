"""A plan of fifty items, out and back, with a fence and rally points."""

from collections.abc import Iterator, Sequence
from math import cos, pi, sin

from flight.plan import Expected, FlightPlan, MissionItem, VehicleAddress, VehicleClass
from flight.protocol.names import Command, Frame
from flight.vehicles.parameters import required_parameters

HOME_E7 = (327000000, 1288000000)
STEP_E7 = 20_000
"""220 m to the north between two waypoints."""

LEG_S = 22.0
"""A step of the plan at 10 m/s."""

LEG_WH = 6.0
HALF_WIDTH_M = 100.0
OUT = 20
BACK = 24
HEIGHT_M = 60.0
FENCE_CORNERS = 12
RALLY_POINTS = 4


def waypoint(steps: float, east_e7: int = 0) -> MissionItem:
    """Return a waypoint so many steps north of a home, which is so far east of the first."""
    north_e7 = round(steps * STEP_E7)
    return MissionItem(
        Command.NAV_WAYPOINT,
        Frame.GLOBAL_RELATIVE_ALT,
        x_e7=HOME_E7[0] + north_e7,
        y_e7=HOME_E7[1] + east_e7,
        z_m=HEIGHT_M,
    )


def plan_for(vehicle: VehicleAddress, east_e7: int = 0) -> FlightPlan:
    """Return the plan: home, take-off, the way out, release, wait, marker, the way back, landing."""
    out = [waypoint(number, east_e7) for number in range(1, OUT + 1)]
    back = [waypoint(OUT * (1 - number / BACK), east_e7) for number in range(1, BACK + 1)]
    home_e7 = (HOME_E7[0], HOME_E7[1] + east_e7)
    release = MissionItem(Command.DO_SET_SERVO, Frame.GLOBAL, 9.0, 1900.0)
    wait = MissionItem(Command.NAV_DELAY, Frame.GLOBAL, 5.0, -1.0, -1.0, -1.0)
    mission = (
        MissionItem(Command.NAV_WAYPOINT, Frame.GLOBAL, x_e7=home_e7[0], y_e7=home_e7[1], z_m=4.0),
        MissionItem(Command.NAV_TAKEOFF, Frame.GLOBAL_RELATIVE_ALT, z_m=HEIGHT_M),
        *out,
        release,
        wait,
        MissionItem(Command.DO_RETURN_PATH_START, Frame.GLOBAL),
        *back,
        MissionItem(
            Command.NAV_LAND, Frame.GLOBAL_RELATIVE_ALT, param4=1.0, x_e7=home_e7[0], y_e7=home_e7[1]
        ),
    )
    return FlightPlan(
        sortie_id=f"S{vehicle.link}-{vehicle.system_id}",
        vehicle=vehicle,
        vehicle_class=VehicleClass.COPTER,
        home_latitude_e7=home_e7[0],
        home_longitude_e7=home_e7[1],
        home_amsl_m=4.0,
        mission=mission,
        release_seq=mission.index(release),
        return_seq=mission.index(wait) + 1,
        fence=_ring(Command.FENCE_POLYGON_VERTEX_INCLUSION, FENCE_CORNERS, float(FENCE_CORNERS), home_e7),
        rally=_ring(Command.RALLY_POINT, RALLY_POINTS, 0.0, home_e7),
        parameters=required_parameters(VehicleClass.COPTER),
        airspace_version="benchmark",
        certificate_digest="benchmark",
        planned_energy_wh=300.0,
        planned_duration_s=1200.0,
        energy_available_wh=900.0,
        expected=tuple(_expected(mission)),
    )


def _expected(mission: Sequence[MissionItem]) -> Iterator[Expected]:
    """Yield what supervision compares with: a corridor on each leg, and time and energy at its end."""
    legs = 0
    for item in mission:
        if item.command != Command.NAV_WAYPOINT or item.frame == Frame.GLOBAL:
            yield Expected(legs * LEG_S, legs * LEG_WH)
            continue
        legs += 1
        yield Expected(legs * LEG_S, legs * LEG_WH, HALF_WIDTH_M, HEIGHT_M)


def _ring(command: Command, count: int, param1: float, home_e7: tuple[int, int]) -> tuple[MissionItem, ...]:
    """Return points around the whole flight."""
    centre = home_e7[0] + OUT * STEP_E7 // 2
    radius = OUT * STEP_E7
    frame = Frame.GLOBAL_RELATIVE_ALT if command is Command.RALLY_POINT else Frame.GLOBAL
    return tuple(
        MissionItem(
            command,
            frame,
            param1,
            x_e7=centre + round(radius * cos(2 * pi * number / count)),
            y_e7=home_e7[1] + round(radius * sin(2 * pi * number / count)),
        )
        for number in range(count)
    )
