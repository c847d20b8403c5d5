"""How each situation is brought about: by the simulator, by another ground station, or by a reading."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from flight.events import FlightPhase
from flight.plan import VehicleAddress, VehicleClass
from flight.situations import Situation
from flight.supervision.traffic import Neighbour
from simulator.testing import GroundStation
from tests.contingencies.cases import PHASES
from tests.contingencies.flight import Flight
from tests.unit.flight.flown import wire_messages

STRANGER = 253
"""The system id of the other ground station."""

GIVEN_BACK_S = 60.0
"""So long another hand flies, the link is dead, a receiver is without a fix, or the air is blowing."""

ANYTHING = 120.0
WRONG_S = 25.0
"""Long enough to be told, too short to land at a wrong place."""


DROPOUT_S = 12.0
"""Long enough for a copter to land on account of it, too short to come down."""


@dataclass(frozen=True)
class Provocation:
    """What is done at the beginning, at the end, and meanwhile; ``words`` for the page.

    In other phases than ``phases`` it cannot be brought about, or nobody could tell it from what is planned
    there: then the supervision is told of it, as after ``told_within_s`` without notice.
    """

    words: str
    begin: Callable[[Flight, FlightPhase], None] = lambda flight, phase: None
    meanwhile: Callable[[Flight], None] = lambda flight: None
    end: Callable[[Flight], None] = lambda flight: None
    lasts_s: float = GIVEN_BACK_S
    told_within_s: float = 45.0
    phases: frozenset[FlightPhase] = frozenset(PHASES)


def _station(flight: Flight) -> GroundStation:
    return GroundStation(flight.vehicle, flight.now, system_id=STRANGER)


def _deaf(flight: Flight, phase: FlightPhase) -> None:
    flight.heard = False


def _heard(flight: Flight) -> None:
    flight.heard = True


def _jump(north_m: float) -> Callable[[Flight, FlightPhase], None]:
    def begin(flight: Flight, phase: FlightPhase) -> None:
        flight.vehicle.craft.hazards.gps_north_m = north_m

    return begin


def _no_jump(flight: Flight) -> None:
    flight.vehicle.craft.hazards.gps_north_m = 0.0


def _slow(flight: Flight, phase: FlightPhase) -> None:
    kind, speed_m_s = (1, 5.0) if flight.plan.vehicle_class is VehicleClass.COPTER else (0, 18.0)
    _station(flight).command(mavlink.MAV_CMD_DO_CHANGE_SPEED, kind, speed_m_s, -1)


def _as_planned(flight: Flight) -> None:
    kind, speed_m_s = (1, 12.0) if flight.plan.vehicle_class is VehicleClass.COPTER else (0, 25.0)
    _station(flight).command(mavlink.MAV_CMD_DO_CHANGE_SPEED, kind, speed_m_s, -1)


def _charge(charges: Mapping[FlightPhase, float], otherwise: float) -> Callable[[Flight, FlightPhase], None]:
    def begin(flight: Flight, phase: FlightPhase) -> None:
        flight.vehicle.battery.swap(charges.get(phase, otherwise))

    return begin


def _no_fix(flight: Flight, phase: FlightPhase) -> None:
    flight.vehicle.craft.hazards.gps_lost = True


def _fix(flight: Flight) -> None:
    flight.vehicle.craft.hazards.gps_lost = False


def _blow(flight: Flight, phase: FlightPhase) -> None:
    flight.vehicle.craft.hazards.wind_east_m_s = 14.0


def _calm(flight: Flight) -> None:
    flight.vehicle.craft.hazards.wind_east_m_s = 0.0


def _take(flight: Flight, phase: FlightPhase) -> None:
    _station(flight).set_mode(4 if flight.plan.vehicle_class is VehicleClass.COPTER else 12)


def _give_back(flight: Flight) -> None:
    _station(flight).set_mode(3 if flight.plan.vehicle_class is VehicleClass.COPTER else 10)


def _another_plan(flight: Flight, phase: FlightPhase) -> None:
    items = [*flight.plan.mission, flight.plan.mission[2]]
    _station(flight).upload(wire_messages(items, 0))


def _traffic(flight: Flight) -> None:
    if flight.supervision is not None:
        other = VehicleAddress("udp:127.0.0.1:14999", 9)
        flight.supervision.note_traffic(Neighbour(other, 100.0, 5.0))


def _gone(flight: Flight) -> None:
    if flight.supervision is not None:
        flight.supervision.note_traffic(None)


NO_ONE = Provocation("", phases=frozenset())
CRITICAL = {FlightPhase.TAKING_OFF: 0.11, FlightPhase.ENROUTE: 0.12, FlightPhase.LANDING: 0.11}
"""Charges above the last tenth that do not bring it home from there."""

IN_FLIGHT = frozenset({FlightPhase.ENROUTE, FlightPhase.DELIVERING, FlightPhase.RETURNING})

PROVOCATIONS: Mapping[Situation, Provocation] = {
    Situation.LINK_LOST: Provocation("no datagram for two minutes", _deaf, end=_heard, lasts_s=120.0),
    Situation.OFF_TRACK: Provocation(
        "the receiver is 250 m off for 25 s", _jump(250.0), end=_no_jump, lasts_s=WRONG_S, phases=IN_FLIGHT
    ),
    Situation.OFF_HEIGHT: NO_ONE,
    Situation.BEHIND_SCHEDULE: Provocation(
        "another station slows it down for two minutes",
        _slow,
        end=_as_planned,
        lasts_s=ANYTHING,
        told_within_s=ANYTHING,
        phases=frozenset({FlightPhase.TAKING_OFF, FlightPhase.ENROUTE, FlightPhase.RETURNING}),
    ),
    Situation.ENERGY_SHORT: Provocation("the pack holds 30 %", _charge({}, 0.3)),
    Situation.ENERGY_CRITICAL: Provocation("the pack holds 11 to 15 %", _charge(CRITICAL, 0.15)),
    Situation.FENCE_BREACHED: Provocation(
        "the receiver is 900 m off for 25 s", _jump(900.0), end=_no_jump, lasts_s=WRONG_S, phases=IN_FLIGHT
    ),
    Situation.POSITION_LOST: Provocation("no fix for a minute", _no_fix, end=_fix),
    Situation.FORCED_DOWN: Provocation(
        "no fix for 12 s",
        _no_fix,
        end=_fix,
        lasts_s=DROPOUT_S,
        phases=frozenset({FlightPhase.ENROUTE, FlightPhase.RETURNING}),
    ),
    Situation.WIND_TOO_STRONG: Provocation("14 m/s of wind", _blow, end=_calm, lasts_s=ANYTHING),
    Situation.MODE_CHANGED: Provocation("another station flies it for a minute", _take, end=_give_back),
    Situation.PLAN_CHANGED: Provocation("another station uploads a plan with one item more", _another_plan),
    Situation.PAD_NOT_CLEAR: Provocation(
        "the receiver says nothing", told_within_s=150.0, phases=frozenset({FlightPhase.DELIVERING})
    ),
    Situation.TRAFFIC: Provocation(
        "a reading: another aircraft 100 m away, for a minute", meanwhile=_traffic, end=_gone
    ),
}
