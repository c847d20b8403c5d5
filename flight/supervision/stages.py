"""The stages of a flight as its vehicle shows them: release, turning back, phases, landing.

Every judgement is made on the newest state and not on a message that is seen once: each of ArduPilot's
messages that matters here is repeated for as long as it is true (mode, item, servo output, armed), so loss
only delays.
"""

from collections.abc import Iterator

from flight.events import FlightPhase, Landed, PayloadReleased, PhaseChanged, ReturnStarted
from flight.geodesy import Point, distance_m
from flight.order import Order
from flight.plan import Delivery
from flight.procedure import Announcement
from flight.protocol.names import LandedState
from flight.supervision.reasons import reasons_of
from flight.supervision.release import AT_PAD_M, Release
from flight.supervision.track import Track
from flight.vehicle import Vehicle
from flight.vehicles.modes import RETURNING

LANDED_AFTER_S = 2.0
LANDED_HEARTBEATS = 2
"""Two disarmed heartbeats in a row, two seconds apart from the first: one alone may have been overtaken."""

LATCH_AWAITED_S = 20.0
"""After a silence the servo output comes within seconds, or is asked for again. A landing that is judged
before would have a parcel that was delivered come home, and be delivered twice."""

DISARMED_ANYHOW_S = 10.0
"""A vehicle that is disarmed for so long is down, whatever its landing detector says."""

ORDER_OF_PHASES = (
    FlightPhase.TAKING_OFF,
    FlightPhase.ENROUTE,
    FlightPhase.DELIVERING,
    FlightPhase.RETURNING,
    FlightPhase.LANDING,
    FlightPhase.ON_GROUND,
)
"""A flight never goes back in this list: an item that is current again (ArduPilot starts its mission over
after the landing, recorded) is no second take-off. But a landing in its own mode may be given up for a
return."""


class Stages:
    """Follows one flight from stage to stage.

    On the way to a divert site, whose items lie behind the landing at home, a flight is RETURNING and then
    LANDING, as on its way home; but it has not turned back, so there is no `ReturnStarted`.

    Parameters
    ----------
    order
        The sortie and its plan.
    track
        The line of the plan.
    vehicle
        The vehicle, whose telemetry is read each time.
    """

    def __init__(self, order: Order, track: Track, vehicle: Vehicle) -> None:
        self.phase: FlightPhase | None = None
        self.released = False
        self._order, self._track, self._vehicle = order, track, vehicle
        self._returning = self._lands_here = False
        self._release = Release(order.plan, track.release_point, vehicle)
        self._furthest = 0
        self._before = 0

    @property
    def landed(self) -> bool:
        """Say whether the flight is over."""
        return self.phase is FlightPhase.ON_GROUND

    @property
    def seq(self) -> int | None:
        """The item under way; behind the way out, an item of it is the mission starting over (recorded)."""
        return None if self._seq is None else self._furthest

    def update(self, now: float, position: Point | None) -> Iterator[Announcement]:
        """Look at the vehicle; yield what is new."""
        self._follow()
        yield from self._look_for_release(now, position)
        yield from self._look_for_return(now)
        yield from self._look_for_phase(now)

    def landing(self, position: Point | None, energy_used_wh: float | None) -> Announcement:
        """Return the end of the flight."""
        planned = self._planned_landing()
        latitude_deg, longitude_deg = place = position or planned
        return self._order.announce(
            Landed,
            latitude_deg=latitude_deg,
            longitude_deg=longitude_deg,
            distance_from_home_m=distance_m(planned, place),
            released=self.released,
            energy_used_wh=energy_used_wh,
            site_id=self._site_at(place),
        )

    def _planned_landing(self) -> Point:
        """Return where it was to land: at home, or where a delivery by landing is done."""
        delivered = self.released and self._order.plan.delivery is Delivery.LAND
        return self._track.release_point if delivered else self._track.points[self._track.landing_seq]

    @property
    def _seq(self) -> int | None:
        return self._vehicle.telemetry.mission_seq

    @property
    def _diverts(self) -> bool:
        return self._seq is not None and self._seq > self._track.landing_seq

    def _follow(self) -> None:
        seq = self._seq or 0
        goes_back = seq < self._furthest and seq <= self._order.plan.return_seq
        if self._vehicle.telemetry.armed and not goes_back and seq != self._furthest:
            self._before, self._furthest = self._furthest, seq

    def _look_for_release(self, now: float, position: Point | None) -> Iterator[Announcement]:
        if self.released or not self._release.seen(now):
            return
        self.released = True
        latitude_deg, longitude_deg = self._release_place(position)
        yield self._order.announce(PayloadReleased, latitude_deg=latitude_deg, longitude_deg=longitude_deg)

    def _release_place(self, position: Point | None) -> Point:
        """Return where the parcel is: here, or (seen late) at the planned place."""
        at_stop = self._seq is not None and self._seq <= self._order.plan.return_seq
        return position if at_stop and position is not None else self._track.release_point

    def _look_for_return(self, now: float) -> Iterator[Announcement]:
        if self._returning or self.released or not self._release.is_planned:
            return
        if not self._release.is_judged(now) or not self._turned_back():
            return
        self._returning = True
        yield self._order.announce(ReturnStarted, reason=self._reason(now))

    def _reason(self, now: float) -> str:
        """Return why it turned back: its own words, or that it waited in vain above the pad."""
        words = "; ".join(reasons_of(self._vehicle, now))
        waits, descends = self._order.plan.hold_seq, self._order.plan.descend_seq
        if not words and waits is not None and descends is not None and waits <= self._before < descends:
            return "the receiver did not say in time that the pad is clear"
        return words or f"mode {self._vehicle.mode_name}"

    def _turned_back(self) -> bool:
        telemetry = self._vehicle.telemetry
        if not telemetry.armed or self._diverts:
            return False
        past_marker = self._seq is not None and self._seq > self._order.plan.return_seq
        return past_marker or telemetry.mode in RETURNING[self._vehicle.vehicle_class]

    def _look_for_phase(self, now: float) -> Iterator[Announcement]:
        seen = self._observed_phase(now)
        gives_up = self._lands_here and seen is FlightPhase.RETURNING
        if seen is None or (self.phase is not None and _rank(seen) <= _rank(self.phase) and not gives_up):
            return
        self.phase = seen
        self._lands_here = seen is FlightPhase.LANDING and self._vehicle.lands_here
        yield self._order.announce(PhaseChanged, phase=seen)

    def _observed_phase(self, now: float) -> FlightPhase | None:
        telemetry = self._vehicle.telemetry
        if not telemetry.armed:
            return FlightPhase.ON_GROUND if self._is_down(now) else None
        if self._vehicle.lands_here:
            return FlightPhase.LANDING
        if telemetry.mode in RETURNING[self._vehicle.vehicle_class]:
            return self._homeward_phase()
        return None if self._seq is None else self._phase_of_item(self._seq)

    def _is_down(self, now: float) -> bool:
        telemetry = self._vehicle.telemetry
        if telemetry.disarmed_since is None or telemetry.disarmed_heartbeats < LANDED_HEARTBEATS:
            return False
        disarmed_s = now - telemetry.disarmed_since
        if not self._release.is_told_since(telemetry.disarmed_since) and disarmed_s < LATCH_AWAITED_S:
            return False
        return disarmed_s >= (LANDED_AFTER_S if telemetry.on_ground else DISARMED_ANYHOW_S)

    def _phase_of_item(self, seq: int) -> FlightPhase:
        if seq <= 1:
            return FlightPhase.TAKING_OFF
        if seq < self._track.stop_seq:
            return FlightPhase.ENROUTE
        if seq <= self._order.plan.return_seq:
            return FlightPhase.DELIVERING
        return self._homeward_phase()

    def _homeward_phase(self) -> FlightPhase:
        lands = self._seq == self._track.landing_seq or self._seq in self._track.divert_landings
        descends = self._vehicle.telemetry.landed_state == LandedState.LANDING
        return FlightPhase.LANDING if lands or descends else FlightPhase.RETURNING

    def _site_at(self, place: Point) -> str | None:
        """Return the divert site that a place is at, if it is."""
        points = {each.site_id: self._track.points[each.land_seq] for each in self._order.plan.diverts}
        off_m = {site_id: distance_m(point, place) for site_id, point in points.items()}
        nearest = min(off_m, key=off_m.__getitem__, default=None)
        return nearest if nearest is not None and off_m[nearest] <= AT_PAD_M else None


def _rank(phase: FlightPhase) -> int:
    return ORDER_OF_PHASES.index(phase)
