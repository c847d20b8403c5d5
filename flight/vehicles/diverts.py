"""The ways to divert sites, on board behind the landing at home.

A certified divert goes on to the end of its leg and leaves the route there, or goes on along the route and
leaves later. Diverts that leave at one place are one sequence of items, entered at different places: one
command (``MISSION_SET_CURRENT``) is all that a divert takes, and then the vehicle needs nobody.

ArduPilot's search for the nearest leg of a return path ends at the first landing after the marker
(``AP_Mission::distance_to_mission_leg``), so no failsafe joins what is written here.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from flight.plan import PlannedDivert
from flight.protocol.names import Command, VtolState
from flight.vehicles.ways import check_room_to_land
from flight.vehicles.writer import MissionWriter
from geofences.airspace import Airspace
from geofences.route import CheckedDivert, Route, RouteWaypoint, Way
from geofences.values import Position

Chain = tuple[CheckedDivert, ...]


def write_diverts(
    writer: MissionWriter,
    diverts: Sequence[CheckedDivert],
    routes: dict[Way, Route],
    airspace: Airspace,
    landing_wh: float,
) -> tuple[PlannedDivert, ...]:
    """Append the ways to all sites but home, and return which items they are for.

    A divert to home needs no items: the return path leads there. ``landing_wh`` is what a landing at the
    destination uses once its pad is reached; certificates count it in the last leg of the way out.
    """
    home = routes[Way.OUT].origin_site_id
    legs = _items_of_legs(writer)
    planned: list[PlannedDivert] = []
    for chain in chains_of(each for each in diverts if each.site_id != home):
        enter_seqs, land_seq = _write(writer, chain, routes[chain[0].way], airspace)
        for divert, enter_seq in zip(chain, enter_seqs, strict=True):
            from_seq, to_seq = legs[divert.way, divert.leg]
            energy_wh = divert.energy_wh if len(divert.path) > 1 else landing_wh
            planned.append(PlannedDivert(from_seq, to_seq, enter_seq, land_seq, divert.site_id, energy_wh))
    return tuple(planned)


def chains_of(diverts: Iterator[CheckedDivert]) -> Iterator[Chain]:
    """Yield the diverts of following legs that leave the route at one place."""
    chain: Chain = ()
    for divert in diverts:
        if chain and not _goes_on(chain[-1], divert):
            yield chain
            chain = ()
        chain = (*chain, divert)
    if chain:
        yield chain


def _goes_on(divert: CheckedDivert, following: CheckedDivert) -> bool:
    """Say whether a divert goes on along the next leg and is then the divert of that leg."""
    next_leg = (following.way, following.leg) == (divert.way, divert.leg + 1)
    return next_leg and divert.site_id == following.site_id and divert.path[1:] == following.path


def _write(writer: MissionWriter, chain: Chain, route: Route, airspace: Airspace) -> tuple[list[int], int]:
    """Append a chain; return where each divert enters it, and its landing.

    A chain that goes on to the pad of the route itself enters its landing on the last leg.
    """
    path, along = chain[-1].path, [route.waypoints[divert.leg] for divert in chain]
    leaves = len(path) > 1
    enter_seqs = _write_along(writer, along, leaves)
    if leaves:
        _leave(writer, path, along[-1].altitude_amsl_m)
    points = [*(each.position for each in along), *path[1:]]
    if writer.is_quadplane and len(points) > 1:
        check_room_to_land(points[-2], points[-1])
    land_seq = writer.land(path[-1], airspace.site(chain[-1].site_id).elevation_amsl_m)
    return enter_seqs if leaves else [*enter_seqs, land_seq], land_seq


def _write_along(writer: MissionWriter, along: Sequence[RouteWaypoint], leaves: bool) -> list[int]:
    """Append the ends of legs, each at the height and speed of its leg; return their numbers.

    A vehicle that enters has the speed of the leg that ends there. The end of the last leg is the landing
    itself where the way does not leave the route.
    """
    enter_seqs, writer.speed_m_s = [], along[0].airspeed_m_s
    for number, waypoint in enumerate(along, start=1):
        writer.set_speed(waypoint.airspeed_m_s)
        if leaves or number < len(along):
            enter_seqs.append(writer.fly_to(waypoint.position, waypoint.altitude_amsl_m))
    return enter_seqs


def _leave(writer: MissionWriter, path: Sequence[Position], altitude_amsl_m: float) -> None:
    """Leave the corridor at the end of a leg, at its height and with cruise speed, up to the landing.

    The fence on board is that of the corridor, and would call the vehicle back. ``DO_LAND_START`` has
    ArduPilot take what follows for a landing, which its failsafes leave alone in AUTO
    (``AP_Mission::jump_to_closest_mission_leg``, ``Plane::failsafe_in_landing_sequence``), but for the one
    of ArduPlane for a low battery, which is switched off (`flight.actions.divert`). A quadplane that was sent
    here from a hover would fly on rotors all the way.
    """
    writer.set_speed(writer.cruise_m_s)
    writer.do(Command.DO_FENCE_ENABLE, 0.0)
    writer.do(Command.DO_LAND_START)
    if writer.is_quadplane:
        writer.do(Command.DO_VTOL_TRANSITION, VtolState.FIXED_WING)
    for point in path[1:-1]:
        writer.fly_to(point, altitude_amsl_m)


def _items_of_legs(writer: MissionWriter) -> dict[tuple[Way, int], tuple[int, int]]:
    """Return the first and the last item of each leg; home, item 0, belongs to none."""
    numbered = list(enumerate(writer.marks))[1:]
    found = {}
    for leg, marked in groupby(numbered, key=lambda each: (each[1].way, each[1].leg)):
        seqs = [seq for seq, _ in marked]
        found[leg] = (seqs[0], seqs[-1])
    return found
