"""A flight plan made of the mission that a recording holds, for want of the one that was planned."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from flight.errors import PlanError
from flight.plan import FlightPlan, MissionItem, VehicleAddress, VehicleClass
from flight.protocol.names import LANDINGS, Command, MissionType
from flight.records.lists import RecordedLists
from flight.supervision.track import Track

RELEASES = (Command.DO_SET_SERVO, Command.NAV_PAYLOAD_PLACE, Command.DO_GRIPPER, Command.DO_WINCH)

SPEED_M_S = {VehicleClass.COPTER: 10.0, VehicleClass.QUADPLANE: 25.0}
"""How fast ArduPilot flies where nobody says otherwise (recorded)."""


def recovered_plan(lists: RecordedLists, vehicle: VehicleAddress, vehicle_class: VehicleClass) -> FlightPlan:
    """Return a plan with what the lists tell; energy and wind limit are unknown.

    Raises
    ------
    PlanError
        If there is no mission with a release, a return path and a landing in it.
    """
    mission = lists.mission
    release_seq = _first(mission, RELEASES, 1, "release")
    return_seq = _first(mission, (Command.DO_RETURN_PATH_START,), release_seq, "return path")
    landing_seq = _first(mission, LANDINGS, return_seq, "landing")
    home = mission[0]
    plan = FlightPlan(
        sortie_id="recorded",
        vehicle=vehicle,
        vehicle_class=vehicle_class,
        home_latitude_e7=home.x_e7,
        home_longitude_e7=home.y_e7,
        home_amsl_m=home.z_m,
        mission=mission,
        release_seq=release_seq,
        return_seq=return_seq,
        landing_seq=landing_seq,
        fence=lists.complete.get(MissionType.FENCE, ()),
        rally=lists.complete.get(MissionType.RALLY, ()),
        parameters=(),
        airspace_version="",
        certificate_digest="",
        planned_energy_wh=0.0,
        planned_duration_s=0.0,
    )
    return replace(plan, planned_duration_s=Track(plan).length_m / SPEED_M_S[vehicle_class])


def _first(mission: Sequence[MissionItem], commands: Collection[int], start: int, name: str) -> int:
    """Return the number of the first item of a kind, from a number on."""
    for seq in range(start, len(mission)):
        if mission[seq].command in commands:
            return seq
    raise PlanError(f"the recorded mission of {len(mission)} items has no {name}: give the plan as a file")
