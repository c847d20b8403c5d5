"""Which drone flies a request: a pure function, which also says why each of the others does not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dispatch import reasons
from dispatch.energy import usable_wh
from dispatch.values import Drone, DroneType, TemperatureClass, Words
from flight.link_state import LinkState
from geofences.route import Route


@dataclass(frozen=True)
class RoundTrip:
    """A way out and home for one type of drone. ``energy_wh`` is that of the whole sortie.

    ``wait_s`` is how long it waits on the ground for others in the air, and ``waits_for`` says for whom.
    ``arrives_at`` counts it; the routes do not.
    """

    way_out: Route
    way_home: Route
    energy_wh: float
    arrives_at: datetime
    duration_s: float
    wait_s: float = 0.0
    waits_for: Words | None = None


@dataclass(frozen=True)
class Unroutable:
    """No way exists for a type of drone; the reason names the zones, or who flies there (may pass)."""

    reason: Words
    may_pass: bool = False


@dataclass(frozen=True)
class Candidate:
    """A drone as it is now.

    ``busy_with`` is the sortie that holds it. ``displaces`` is a sortie that is not approved yet and would
    give way. ``battery_remaining`` is a fraction, ``None`` while unknown.
    """

    drone: Drone
    drone_type: DroneType
    busy_with: str | None
    displaces: str | None
    link: LinkState
    battery_remaining: float | None

    @property
    def available_wh(self) -> float:
        """The energy in the battery (none, while it is unknown)."""
        return self.drone_type.battery_wh * (self.battery_remaining or 0.0)


@dataclass(frozen=True)
class Errand:
    """What a drone is wanted for."""

    mass_kg: float
    temperature: TemperatureClass
    origin_pad_id: str
    destination_pad_id: str


@dataclass(frozen=True)
class Refusal:
    """Why a drone does not fly. ``may_pass`` tells whether waiting can help."""

    drone_id: str
    reason: Words
    may_pass: bool


@dataclass(frozen=True)
class Assignment:
    """The drone that flies, its trip, and why each of the others does not."""

    chosen: Candidate | None
    trip: RoundTrip | None
    refusals: tuple[Refusal, ...]

    @property
    def reason(self) -> Words:
        """Why none flies, or why the others do not."""
        if not self.refusals:
            return reasons.no_fleet()
        return reasons.joined(reasons.about(each.drone_id, each.reason) for each in self.refusals)

    @property
    def may_pass(self) -> bool:
        """Say whether waiting can help."""
        return not self.refusals or any(each.may_pass for each in self.refusals)


def screen(errand: Errand, candidate: Candidate) -> Refusal | None:
    """Return why a drone cannot fly, as far as can be told without a route."""
    never = _never(errand, candidate)
    if never is not None:
        return Refusal(candidate.drone.id, never, may_pass=False)
    not_now = _not_now(candidate)
    return None if not_now is None else Refusal(candidate.drone.id, not_now, may_pass=True)


def types_to_route(errand: Errand, candidates: Sequence[Candidate]) -> list[DroneType]:
    """Return the types for which a route is worth looking for, each once."""
    free = [each.drone_type for each in candidates if screen(errand, each) is None]
    return list({drone_type.id: drone_type for drone_type in free}.values())


def assign(
    errand: Errand, candidates: Sequence[Candidate], trips: Mapping[str, RoundTrip | Unroutable]
) -> Assignment:
    """Pick the drone that can fly and arrives first.

    Parameters
    ----------
    errand
        What is to be carried.
    candidates
        The fleet as it is now.
    trips
        By drone type: the round trip, or why there is none (`types_to_route` says which are needed).

    Returns
    -------
    Assignment
        Of those that arrive at the same time, one that displaces nobody goes first, then by id.
    """
    judged = [(candidate, _judge(errand, candidate, trips)) for candidate in candidates]
    able = [(candidate, trip) for candidate, trip in judged if isinstance(trip, RoundTrip)]
    refusals = tuple(refusal for _, refusal in judged if isinstance(refusal, Refusal))
    if not able:
        return Assignment(None, None, refusals)
    ranked = sorted(able, key=_preference)
    chosen, trip = ranked[0]
    later = tuple(
        Refusal(each.drone.id, reasons.arrives_later(other.arrives_at, chosen.drone.id), may_pass=True)
        for each, other in ranked[1:]
    )
    return Assignment(chosen, trip, refusals + later)


def energy_shortage(candidate: Candidate, energy_wh: float) -> Words | None:
    """Return why the energy on board is not enough, or None where it is."""
    usable = usable_wh(candidate.available_wh)
    if energy_wh <= usable:
        return None
    return reasons.too_little_energy(energy_wh, usable, candidate.available_wh)


def _preference(able: tuple[Candidate, RoundTrip]) -> tuple[datetime, bool, str]:
    candidate, trip = able
    return trip.arrives_at, candidate.displaces is not None, candidate.drone.id


def _judge(
    errand: Errand, candidate: Candidate, trips: Mapping[str, RoundTrip | Unroutable]
) -> RoundTrip | Refusal:
    refusal = screen(errand, candidate)
    if refusal is not None:
        return refusal
    trip = trips[candidate.drone_type.id]
    if isinstance(trip, Unroutable):
        return Refusal(candidate.drone.id, trip.reason, trip.may_pass)
    shortage = energy_shortage(candidate, trip.energy_wh)
    if shortage is None:
        return trip
    # A charged battery may do what this one cannot.
    may_pass = trip.energy_wh <= usable_wh(candidate.drone_type.battery_wh)
    return Refusal(candidate.drone.id, shortage, may_pass)


def _never(errand: Errand, candidate: Candidate) -> Words | None:
    if errand.mass_kg > candidate.drone_type.payload_limit_kg:
        return reasons.too_heavy(errand.mass_kg, candidate.drone_type)
    if errand.temperature not in candidate.drone_type.temperatures:
        return reasons.no_box(errand.temperature)
    if candidate.drone.base_site_id != errand.origin_pad_id:
        return reasons.based_elsewhere(candidate.drone, errand.origin_pad_id)
    return None


def _not_now(candidate: Candidate) -> Words | None:
    if candidate.busy_with is not None:
        return reasons.busy(candidate.busy_with)
    return unreachable(candidate)


def unreachable(candidate: Candidate) -> Words | None:
    """Return why the drone cannot be sent now, though nobody else needs it."""
    if candidate.link is LinkState.UNKNOWN:
        return reasons.not_heard()
    if candidate.link is LinkState.LOST:
        return reasons.link_lost()
    if candidate.battery_remaining is None:
        return reasons.battery_unknown()
    return None
