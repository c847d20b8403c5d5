"""What supervision sees at one moment: the material of every monitor."""

from dataclasses import dataclass

from flight.events import FlightPhase
from flight.geodesy import Point
from flight.plan import FlightPlan, PlannedDivert
from flight.supervision.corridor import Aside
from flight.supervision.energy import Energies
from flight.supervision.timetable import Planned
from flight.supervision.traffic import Neighbour
from flight.vehicle import Vehicle


@dataclass(slots=True)
class Look:
    """One look at a flight. ``None`` is "cannot be told now", and changes no judgement.

    ``since`` is when the first look was. ``place`` is the position, if it is new enough; the values behind it
    follow from it. ``follows_mission`` says that the vehicle is in a mode that flies the mission, ``lands``
    that the item under way is its landing.
    """

    now: float
    since: float
    plan: FlightPlan
    vehicle: Vehicle
    phase: FlightPhase
    expected_modes: frozenset[int]
    follows_mission: bool
    seq: int | None = None
    lands: bool = False
    place: Point | None = None
    to_go_m: float | None = None
    eta_s: float | None = None
    progress: float | None = None
    aside: Aside | None = None
    height_off_m: float | None = None
    fence_margin_m: float | None = None
    planned: Planned | None = None
    delay_s: float | None = None
    energies: Energies | None = None
    divert: PlannedDivert | None = None
    pad_clear: bool | None = None
    neighbour: Neighbour | None = None
