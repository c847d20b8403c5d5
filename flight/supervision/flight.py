"""Supervision of one flight: from telemetry to phases and events.

Every judgement is made on the newest state and not on a message that is seen once: each of ArduPilot's
messages that matters here is repeated for as long as it is true (mode, item, servo output, armed), so loss
only delays.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from flight.events import FlightPhase, Landed, PayloadReleased, PhaseChanged, ReturnStarted
from flight.geodesy import distance_from_home_m
from flight.order import Order
from flight.procedure import Announcement
from flight.protocol.names import LandedState
from flight.supervision.track import Point, Track
from flight.vehicle import Vehicle
from flight.vehicles.modes import DESCENDING, RETURNING

LANDED_AFTER_S = 2.0
LANDED_HEARTBEATS = 2
"""Two disarmed heartbeats in a row, two seconds apart from the first: one alone may have been overtaken."""

DISARMED_ANYHOW_S = 10.0
"""A vehicle that is disarmed for so long is down, whatever its landing detector says."""

SERVO_SILENT_S = 10.0
"""The servo output is asked for once a second; after this silence the current item has to do as evidence."""

REASON_WINDOW_S = 15.0
"""The vehicle gives its reason just before it turns back."""

REASON_PREFIXES = ("GCS Failsafe", "Battery", "Radio Failsafe", "Fence", "Return path", "Polygon", "EKF")
"""How ArduPilot's texts of the failsafes begin that send a vehicle home (recorded, and
``ArduCopter/events.cpp``)."""

ORDER_OF_PHASES = (
    FlightPhase.TAKING_OFF,
    FlightPhase.ENROUTE,
    FlightPhase.DELIVERING,
    FlightPhase.RETURNING,
    FlightPhase.LANDING,
    FlightPhase.ON_GROUND,
)
"""A flight never goes back in this list: an item that is current again (ArduPilot starts its mission over
after the landing, recorded) is no second take-off."""


@dataclass
class Baseline:
    """What the vehicle had used before this flight; ``None`` if we were not there."""

    energy_wh: float | None = None


class Supervision:
    """Follows one flight until it has landed.

    Parameters
    ----------
    order
        The sortie and its plan.
    vehicle
        The vehicle, whose telemetry is read each time.
    baseline
        For the energy of this flight alone.
    """

    def __init__(self, order: Order, vehicle: Vehicle, baseline: Baseline) -> None:
        self.order = order
        self.track = Track(order.plan)
        self.phase: FlightPhase | None = None
        self.released = False
        self.landed = False
        self._vehicle = vehicle
        self._baseline = baseline
        self._returning = False
        self._since: float | None = None
        self._furthest = 0

    def update(self, now: float) -> Iterator[Announcement]:
        """Look at the vehicle; yield what is new."""
        if self.landed:
            return
        self._since = now if self._since is None else self._since
        if self._vehicle.telemetry.armed:
            self._furthest = max(self._furthest, self._seq or 0)
        yield from self._look_for_release(now)
        yield from self._look_for_return(now)
        yield from self._look_for_phase(now)
        if self.landed:
            yield self._landing()

    @property
    def position(self) -> Point | None:
        """The newest position."""
        telemetry = self._vehicle.telemetry
        if telemetry.latitude_deg is None or telemetry.longitude_deg is None:
            return None
        return telemetry.latitude_deg, telemetry.longitude_deg

    @property
    def distance_to_go_m(self) -> float | None:
        """The way that is left; nothing after the landing."""
        if self.landed:
            return 0.0
        if self.position is None or self._seq is None:
            return None
        return self.track.distance_to_go_m(self._furthest, self.position)

    @property
    def energy_used_wh(self) -> float | None:
        """The energy of this flight."""
        used = self._vehicle.telemetry.energy_used_wh
        before = self._baseline.energy_wh
        return None if used is None or before is None else max(0.0, used - before)

    @property
    def _seq(self) -> int | None:
        return self._vehicle.telemetry.mission_seq

    def _look_for_release(self, now: float) -> Iterator[Announcement]:
        if self.released or not self._release_seen(now):
            return
        self.released = True
        latitude_deg, longitude_deg = self._release_place()
        yield self.order.announce(PayloadReleased, latitude_deg=latitude_deg, longitude_deg=longitude_deg)

    def _release_seen(self, now: float) -> bool:
        telemetry = self._vehicle.telemetry
        if telemetry.latch_open is not None and now - telemetry.servo9_at < SERVO_SILENT_S:
            return telemetry.latch_open
        plan = self.order.plan
        return self._seq is not None and plan.release_seq < self._seq < plan.return_seq

    def _release_is_judged(self, now: float) -> bool:
        """Say whether "not released" is knowledge: the servo output was heard, or was awaited long enough."""
        awaited_s = 0.0 if self._since is None else now - self._since
        return self._vehicle.telemetry.latch_open is not None or awaited_s >= SERVO_SILENT_S

    def _release_place(self) -> Point:
        """Return where the parcel is: here, or (seen late) at the planned place."""
        at_stop = self._seq is not None and self._seq <= self.order.plan.return_seq
        return self.position if at_stop and self.position is not None else self.track.release_point

    def _look_for_return(self, now: float) -> Iterator[Announcement]:
        if self._returning or self.released or not self._release_is_judged(now) or not self._turned_back():
            return
        self._returning = True
        words = self._vehicle.telemetry.texts_since(now - REASON_WINDOW_S, *REASON_PREFIXES)
        yield self.order.announce(ReturnStarted, reason="; ".join(words) or f"mode {self._vehicle.mode_name}")

    def _turned_back(self) -> bool:
        telemetry = self._vehicle.telemetry
        if not telemetry.armed:
            return False
        past_marker = self._seq is not None and self._seq > self.order.plan.return_seq
        return past_marker or telemetry.mode in RETURNING[self._vehicle.vehicle_class]

    def _look_for_phase(self, now: float) -> Iterator[Announcement]:
        seen = self._observed_phase(now)
        if seen is None or (self.phase is not None and _rank(seen) <= _rank(self.phase)):
            return
        self.phase = seen
        self.landed = seen is FlightPhase.ON_GROUND
        yield self.order.announce(PhaseChanged, phase=seen)

    def _observed_phase(self, now: float) -> FlightPhase | None:
        telemetry = self._vehicle.telemetry
        if not telemetry.armed:
            return FlightPhase.ON_GROUND if self._is_down(now) else None
        if telemetry.mode in DESCENDING[self._vehicle.vehicle_class]:
            return FlightPhase.LANDING
        if telemetry.mode in RETURNING[self._vehicle.vehicle_class]:
            return self._home_phase()
        return None if self._seq is None else self._phase_of_item(self._seq)

    def _is_down(self, now: float) -> bool:
        telemetry = self._vehicle.telemetry
        if telemetry.disarmed_since is None or telemetry.disarmed_heartbeats < LANDED_HEARTBEATS:
            return False
        disarmed_s = now - telemetry.disarmed_since
        return disarmed_s >= (LANDED_AFTER_S if telemetry.on_ground else DISARMED_ANYHOW_S)

    def _phase_of_item(self, seq: int) -> FlightPhase:
        if seq <= 1:
            return FlightPhase.TAKING_OFF
        if seq < self.track.stop_seq:
            return FlightPhase.ENROUTE
        if seq <= self.order.plan.return_seq:
            return FlightPhase.DELIVERING
        return self._home_phase()

    def _home_phase(self) -> FlightPhase:
        last_item = self._seq is not None and self._seq >= self.track.landing_seq
        landing = last_item or self._vehicle.telemetry.landed_state == LandedState.LANDING
        return FlightPhase.LANDING if landing else FlightPhase.RETURNING

    def _landing(self) -> Announcement:
        latitude_deg, longitude_deg = self.position or self.track.points[-1]
        return self.order.announce(
            Landed,
            latitude_deg=latitude_deg,
            longitude_deg=longitude_deg,
            distance_from_home_m=distance_from_home_m(self.order.plan, latitude_deg, longitude_deg),
            released=self.released,
            energy_used_wh=self.energy_used_wh,
        )


def _rank(phase: FlightPhase) -> int:
    return ORDER_OF_PHASES.index(phase)
