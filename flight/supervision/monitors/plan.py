"""The plan on board is another one."""

from flight.situations import Situation
from flight.supervision.look import Look
from flight.supervision.monitors.base import Monitor, Reading
from flight.telemetry_state import TelemetryState

UPLOAD_TEXTS = ("Flight plan received",)
"""What ArduPilot says after an upload (recorded). Nobody here uploads in flight."""

STATE_UNKNOWN = 0
"""``MISSION_STATE_UNKNOWN``: a vehicle that does not fill this field does not fill ``total`` either."""

SENSOR_GEOFENCE = 0x100000
"""``MAV_SYS_STATUS_GEOFENCE``; it follows ``DO_FENCE_ENABLE`` (recorded)."""


class PlanChanged(Monitor):
    """Another number of items, an upload by another station, or a fence that was on and is off.

    The value is the number of items that are too many or missing; at least 1 where the change is another.
    """

    situation = Situation.PLAN_CHANGED
    unit = "items"

    def __init__(self) -> None:
        super().__init__()
        self._fence_was_on = False
        self._ids = [0, 0, 0]

    def read(self, look: Look) -> Reading | None:
        """Return how much is different."""
        different = _different_items(look)
        changed = self._changes(look)
        value = float(max(different or 0, bool(changed)))
        if value == 0.0 and different is None:
            return None
        return Reading(value, 0.0, beyond=value > 0.0, within=value == 0.0)

    def text(self, look: Look, reading: Reading) -> str:
        """Name every difference."""
        different, planned = _different_items(look), len(look.plan.mission) - 1
        total = look.vehicle.telemetry.mission_total
        counts = [f"{total} items are on board, {planned} were verified"] if different else []
        return "; ".join([*counts, *self._changes(look)])

    def _changes(self, look: Look) -> list[str]:
        telemetry = look.vehicle.telemetry
        words = telemetry.texts_since(look.since, *UPLOAD_TEXTS)
        uploads = [f'the vehicle says "{text}"' for text in words]
        return [*uploads, *self._other_ids(look), *self._fence_changes(look, telemetry)]

    def _other_ids(self, look: Look) -> list[str]:
        """Compare the vehicle's ids of its lists with those of our upload, or else at first; 0 is none."""
        telemetry = look.vehicle.telemetry
        if not any(self._ids):
            self._ids = list(look.vehicle.uploaded_ids)
        self._ids = [known or told for known, told in zip(self._ids, telemetry.plan_ids, strict=True)]
        lists = zip(("mission", "fence", "rally"), self._ids, telemetry.plan_ids, strict=True)
        return [
            f"the {name} on board has another id" for name, known, told in lists if told and told != known
        ]

    def _fence_changes(self, look: Look, telemetry: TelemetryState) -> list[str]:
        """Say whether the fence was switched off; the way to a divert site does that on purpose."""
        is_on = bool(telemetry.sensors_enabled & SENSOR_GEOFENCE)
        self._fence_was_on |= is_on
        diverts = look.seq is not None and look.seq > look.plan.landing_seq
        return ["the fence is off"] if self._fence_was_on and not is_on and not diverts else []


def _different_items(look: Look) -> int | None:
    telemetry = look.vehicle.telemetry
    if telemetry.mission_state == STATE_UNKNOWN:
        return None
    return abs(telemetry.mission_total - (len(look.plan.mission) - 1))
