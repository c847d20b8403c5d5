"""Stay in the air where it is, for a limited time."""

from flight.actions.action import Steps
from flight.actions.ahead import point_ahead
from flight.actions.airborne import Airborne
from flight.actions.steps import (
    CHANGE_MODE,
    SPEED_AS_IS,
    TAKES_EFFECT_S,
    command,
    lost_link_changes_nothing,
    lost_link_sends_home,
    see,
    set_mode,
)
from flight.errors import RemoteFlightError, VehicleRefused
from flight.events import FlightPhase
from flight.geodesy import e7_from_degrees
from flight.procedure import Procedure, WaitUntil, perform
from flight.protocol.command import Place
from flight.protocol.names import Command
from flight.situations import Action
from flight.vehicles.modes import HOLDING

STAGE = "hold"

HOLD_LIMIT_S = 300.0
"""Long enough to speak with a clinic or to let another aircraft pass, and a fifth of what a copter's battery
holds; a quadplane uses four times as much on its rotors as on its wing."""

LEAST_HEIGHT_M = 10.0
"""Lower down a landing is in its last, slow part (``LAND_ALT_LOW`` 1000 cm): safest is to end it."""

STOPS_WITHIN_S = 90.0
"""A quadplane flies 160 m to its point, brakes past it, and comes back to it on rotors: 35 s (simulated)."""

FRESH_S = 5.0
"""How old a position may be: ten times the interval at which it is asked for."""

STANDS_M_S = 3.0
"""A hover in gusts moves by less; a circle on the wing never does."""


class Hold:
    """Holds a copter in BRAKE, and a quadplane in GUIDED over a point of its way.

    A copter in BRAKE that hears nothing takes the return path (``FS_GCS_ENABLE`` 6). A quadplane in GUIDED
    would wait until its battery is empty (``FS_LONG_ACTN`` 0), so this is changed for as long as it is in
    GUIDED, also where it was not seen to stand. On the way to a site nothing is held: there the way home that
    both would take is not certified.
    """

    kind = Action.HOLD

    def refusal(self, flight: Airborne) -> str | None:
        """Return why a hold would be worse than to go on."""
        if flight.phase is FlightPhase.TAKING_OFF and flight.is_quadplane:
            return "a take-off is not interrupted: ArduPlane would begin it anew from the height it has"
        if flight.phase is FlightPhase.LANDING and (flight.height_m or 0.0) < LEAST_HEIGHT_M:
            return f"the landing is ending, below {LEAST_HEIGHT_M:.0f} m"
        if flight.lands_here:
            return "the vehicle is landing where it is"
        if flight.divert_under_way is not None:
            return "no way home is certified from here, and a held vehicle takes one when it hears nothing"
        return None

    def is_done(self, flight: Airborne) -> bool:
        """Say whether it waits."""
        return flight.held

    def steps(self, flight: Airborne) -> Steps:
        """Stop, and see it stand."""
        if flight.is_quadplane:
            yield from lost_link_sends_home(flight, STAGE)
        try:
            yield from _stop(flight)
        except RemoteFlightError:
            if not flight.held:
                yield from lost_link_changes_nothing(flight, STAGE)
            raise
        return None


def _stop(flight: Airborne) -> Steps:
    mode = HOLDING[flight.vehicle.vehicle_class]
    telemetry = flight.vehicle.telemetry
    if flight.is_quadplane and flight.rotors_seq is None:
        place = yield from _place_ahead(flight)
        yield from command(flight, STAGE, Command.DO_REPOSITION, SPEED_AS_IS, CHANGE_MODE, place=place)
        yield from see(flight, lambda: telemetry.mode == mode, STAGE)
    else:
        yield from set_mode(flight, mode, STAGE)
    yield from see(flight, lambda: _stands(flight), STAGE, STOPS_WITHIN_S)
    return None


def _place_ahead(flight: Airborne) -> Procedure[Place]:
    """Return where a quadplane can stop on its way, at the height that it has.

    From a position of some time ago it would turn back, against whoever comes behind it.
    """
    telemetry = flight.vehicle.telemetry
    old = VehicleRefused(STAGE, f"the vehicle has not told its position for {FRESH_S:.0f} s")
    fresh = WaitUntil(lambda now: now - telemetry.position_at <= FRESH_S, TAKES_EFFECT_S, lambda: old)
    yield from perform(fresh)
    point = point_ahead(flight)
    if point is None or flight.height_m is None:
        raise VehicleRefused(STAGE, "the vehicle has not told its position")
    return Place(e7_from_degrees(point[0]), e7_from_degrees(point[1]), flight.height_m)


def _stands(flight: Airborne) -> bool:
    speed_m_s = flight.vehicle.telemetry.ground_speed_m_s
    return speed_m_s is not None and speed_m_s < STANDS_M_S
