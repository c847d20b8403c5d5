"""Whether the payload has left the vehicle, by what the vehicle shows of it."""

from collections.abc import Callable

from flight.geodesy import Point, distance_m
from flight.plan import Delivery, FlightPlan
from flight.vehicle import Vehicle

SERVO_SILENT_S = 10.0
"""The servo output is asked for once a second; after this silence the current item has to do as evidence."""

AT_PAD_M = 50.0
"""So near to its pad a vehicle stands on it: the pad, and as much as a landing may be off."""

NOT_PLACED = "Payload place aborted"
"""What ArduPilot says when it touches nothing within the limit of its descent, and goes on with the payload
(recorded)."""


class Release:
    """Judges by the kind of delivery.

    A latch tells of itself by its servo output. Gripper, winch and placement do not: for them the item behind
    the release, seen as current, is the evidence. A delivery by landing is done by standing at the stop.

    Parameters
    ----------
    plan
        The plan; a flight home from a delivery by landing has nothing to release.
    place
        Where the payload is released.
    vehicle
        The vehicle, whose telemetry is read each time.
    """

    def __init__(self, plan: FlightPlan, place: Point, vehicle: Vehicle) -> None:
        self.is_planned = plan.release_seq < plan.return_seq
        self._plan, self._place, self._vehicle = plan, place, vehicle
        self._since: float | None = None
        kinds: dict[Delivery, Callable[[float], bool]] = {
            Delivery.SERVO: self._latch_opened,
            Delivery.PLACE: self._placed,
            Delivery.LAND: self._stands_there,
        }
        self._is_seen = kinds.get(plan.delivery, self._passed)

    def seen(self, now: float) -> bool:
        """Say whether the payload has left."""
        self._since = now if self._since is None else self._since
        return self.is_planned and self._is_seen(now)

    def is_judged(self, now: float) -> bool:
        """Say whether "not released" is knowledge: a servo output was heard, or was awaited long enough."""
        awaited_s = 0.0 if self._since is None else now - self._since
        told = self._vehicle.telemetry.latch_open is not None
        return told or self._plan.delivery is not Delivery.SERVO or awaited_s >= SERVO_SILENT_S

    def is_told_since(self, since: float) -> bool:
        """Say whether the evidence is newer than a time: from before a silence it tells nothing."""
        return self._plan.delivery is not Delivery.SERVO or self._vehicle.telemetry.servo9_at >= since

    def _latch_opened(self, now: float) -> bool:
        telemetry = self._vehicle.telemetry
        if telemetry.latch_open is not None and now - telemetry.servo9_at < SERVO_SILENT_S:
            return telemetry.latch_open
        return self._passed(now)

    def _passed(self, _: float) -> bool:
        seq = self._vehicle.telemetry.mission_seq
        return seq is not None and self._plan.release_seq < seq < self._plan.return_seq

    def _placed(self, now: float) -> bool:
        since = now if self._since is None else self._since
        return self._passed(now) and not self._vehicle.telemetry.texts_since(since, NOT_PLACED)

    def _stands_there(self, _: float) -> bool:
        telemetry = self._vehicle.telemetry
        if telemetry.armed or telemetry.place is None:
            return False
        return telemetry.on_ground and distance_m(telemetry.place, self._place) <= AT_PAD_M
