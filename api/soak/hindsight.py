"""Could a lost flight have been saved? Its world is flown again, and told what to do once it knew.

The moment of knowledge is the first alert after the last fault that struck the drone. From there on the same
seed is flown with each order that an operator could have given then, and without the reactions of the table.
Where one of them brings the drone down whole, the answer that was given was the wrong one, whatever the
fault. Before that moment both worlds are the same, datagram by datagram.
"""

from collections.abc import Callable, Iterator
from contextlib import closing

from api.soak.flight_end import FlightEnd, end_of
from api.soak.flights import Flight
from api.soak.people.rescuer import Rescuer
from api.soak.run import Run, to_the_end
from api.soak.watching import Person
from flight.commands import Divert, InFlight, ReturnHome
from flight.contingencies.policy import Policy
from flight.events import AlertRaised
from flight.situations import Situation

ORDERS: tuple[type[InFlight], ...] = (ReturnHome, Divert)
"""What may save a drone over the sea; to land there is a loss."""

TELLS_NOTHING = frozenset(
    {Situation.LINK_LOST, Situation.BEHIND_SCHEDULE, Situation.TRAFFIC, Situation.POSITION_LOST}
)
"""Alerts that say nothing of the drone's own health, and the one after which nobody knows where it is: that
it then comes down by itself is a risk that was accepted before the launch."""

HANDS_OFF = Policy(switched_off=frozenset(Situation) - TELLS_NOTHING)
"""The table would else answer the same alert, and a stronger action of its own replaces an order."""

Again = Callable[[tuple[Person, ...], Policy], Run]
"""Makes the same world anew, with some people more, and with a policy of the gateway."""


def avoidable_losses(run: Run, again: Again) -> Iterator[str]:
    """Yield a sentence for each lost flight that an order at its first alert would have saved."""
    for number, flight in enumerate(run.world.ledger.flights):
        alert = _first_alert(run, flight)
        if end_of(run.world, flight) is not FlightEnd.LOST or alert is None:
            continue
        for order in ORDERS:
            rescuer = Rescuer(order(alert.sortie_id, alert.attempt, "hindsight"), alert.at)
            end = _end_with(again((rescuer,), HANDS_OFF), number)
            if end not in {FlightEnd.LOST, FlightEnd.UNDER_WAY, None}:
                yield (
                    f"lost for nothing: {flight.drone_id}, {alert.sortie_id}: {order.__name__} at the first "
                    f"alert ({alert.situation}: {alert.text}) would have ended it as {end}"
                )
                break


def _first_alert(run: Run, flight: Flight) -> AlertRaised | None:
    ended_at = run.world.now if flight.ended_at is None else flight.ended_at
    alerts = (
        event
        for event in run.world.events
        if isinstance(event, AlertRaised)
        and event.situation not in TELLS_NOTHING
        and (event.sortie_id, event.attempt) == flight.attempt
        and max(flight.armed_at, _struck_at(run, flight, ended_at)) <= event.at <= ended_at
    )
    return next(alerts, None)


def _struck_at(run: Run, flight: Flight, ended_at: float) -> float:
    """Return when the last fault before the loss began: an earlier alert knew nothing of that fault."""
    start = run.world.now - run.world.elapsed_s
    own = (start + each.begins_s for each in run.scene.troubles if each.drone_id == flight.drone_id)
    return max((at for at in own if at <= ended_at), default=0.0)


def _end_with(run: Run, number: int) -> FlightEnd | None:
    """Return how the flight of the same number ends in another course of the same world."""
    with closing(run.world.store):
        to_the_end(run)
        flights = run.world.ledger.flights
        return end_of(run.world, flights[number]) if number < len(flights) else None
