"""How a flight ended, by the truth of the simulator and the words of the gateway."""

from dataclasses import dataclass

from flight.actions.control import BY_LIMIT
from flight.events import ActionRefused, ActionTaken
from flight.geodesy import distance_m, place_of
from tests.contingencies.cases import PERSONS, Case
from tests.contingencies.flight import Flight

AT_PAD_M = 20.0
WITHIN_S = (15, 30, 60, 120, 300, 360, 600, 3600)
"""Finer would change with every word that comes a second sooner."""


@dataclass(frozen=True)
class Outcome:
    """What the page says of a flight; ``put_in`` says that the situation had to be told to the gateway."""

    did: str
    ended: str
    energy_left: int
    put_in: bool


def outcome_of(case: Case, flight: Flight, begun_at: float | None, *, put_in: bool) -> Outcome:
    """Judge a flight that is over."""
    if flight.failed is not None:
        return Outcome(f"not launched: {flight.failed}", "", 100, put_in)
    if begun_at is None:
        return Outcome("the phase was never reached", _ended(flight), _left(flight), put_in)
    return Outcome(_did(case, flight, begun_at), _ended(flight), _left(flight), put_in)


def _did(case: Case, flight: Flight, begun_at: float) -> str:
    """Return what was seen of the actions of this case, in order."""
    words = []
    for event in flight.events:
        if not isinstance(event, ActionTaken | ActionRefused) or event.at < begun_at:
            continue
        if event.by not in {f"contingency:{case.what}", BY_LIMIT, *PERSONS}:
            continue
        site = f" {event.site_id}" if isinstance(event, ActionTaken) and event.site_id else ""
        after_s = next(each for each in WITHIN_S if each >= event.at - begun_at)
        if isinstance(event, ActionTaken):
            words.append(f"{event.action}{site} (within {after_s} s)")
        else:
            words.append(f"{event.action} refused: {event.reason}")
    return "; ".join(words) or "nothing"


def _ended(flight: Flight) -> str:
    truth = flight.vehicle.truth
    place = _place(flight)
    parcel = "delivered" if truth.released else "not delivered"
    if truth.wrecked or truth.in_water:
        return f"lost {place}, {parcel}"
    if not truth.on_ground:
        return f"in the air, {parcel}"
    return f"landed {place}, {parcel}"


def _place(flight: Flight) -> str:
    plan, truth = flight.plan, flight.vehicle.truth
    here = (truth.latitude_deg, truth.longitude_deg)
    pads = {plan.landing_seq: "at home"} | {each.land_seq: f"at {each.site_id}" for each in plan.diverts}
    for seq, name in pads.items():
        item = plan.mission[seq]
        pad = place_of(item)
        if distance_m(here, pad) <= AT_PAD_M:
            return name
    return "where it was"


def _left(flight: Flight) -> int:
    """Return the charge in steps of ten percent: finer would change with every gust."""
    return 10 * round(10 * max(0.0, flight.vehicle.battery.charge))
