"""From what happens to what browsers see: stored events in order, telemetry at a bounded rate."""

import asyncio
from datetime import UTC, datetime

from api.auth import Principal
from api.desk import Desk
from api.hub import LiveEvent
from api.roles import Role
from api.schemas import EventOut
from api.service import Service
from dispatch.errors import NotFound
from flight.events import TelemetryUpdated
from flight.plan import VehicleAddress

TELEMETRY_WALL_S = 0.5
"""Wall time between two telemetry messages about one drone, whatever the speedup: the map moves at 2 Hz."""
BATCH = 200
"""Stored events read at once."""
EVERYTHING = Principal("feed", "feed", Role.OPERATOR, None)


class Feed:
    """Publishes to the hub."""

    def __init__(self, service: Service, desk: Desk) -> None:
        self._service = service
        self._desk = desk
        self._sent_at: dict[VehicleAddress, float] = {}
        self._telemetry_tasks: set[asyncio.Task[None]] = set()
        self.last_id = 0
        self.lag_s = 0.0

    async def start(self) -> None:
        """Begin after the newest stored event: older ones are for those who ask to resume."""
        while batch := await self._service.read(self._desk.events, self.last_id, BATCH):
            self.last_id = batch[-1].id

    async def publish_stored(self) -> None:
        """Publish the events that have been stored since the last time."""
        while batch := await self._service.read(self.live_events, self.last_id):
            for event in batch:
                self._service.hub.publish(event)
            newest = batch[-1]
            self.last_id = newest.id or self.last_id
            self.lag_s = self._service.clock.now() - datetime.fromisoformat(newest.at).timestamp()

    def live_events(self, after: int) -> list[LiveEvent]:
        """Return a batch of stored events with the newest state of their subject."""
        return [self._live_event(event) for event in self._desk.events(after, BATCH)]

    def telemetry(self, event: TelemetryUpdated) -> None:
        """Publish the newest telemetry of a vehicle, unless its last message was just now."""
        now_s = asyncio.get_running_loop().time()
        if now_s - self._sent_at.get(event.vehicle, -TELEMETRY_WALL_S) < TELEMETRY_WALL_S:
            return
        self._sent_at[event.vehicle] = now_s
        task = asyncio.create_task(self._publish_telemetry(event), name=f"telemetry {event.vehicle}")
        self._telemetry_tasks.add(task)
        task.add_done_callback(self._telemetry_tasks.discard)

    async def _publish_telemetry(self, event: TelemetryUpdated) -> None:
        found = await self._service.read(self._desk.drone_at, event.vehicle)
        if found is not None:
            drone, request_id = found
            at = datetime.fromtimestamp(event.at, UTC).isoformat()
            requests = frozenset({request_id} if request_id else ())
            self._service.hub.publish(
                LiveEvent(None, "telemetry", at, drone.model_dump(mode="json"), requests)
            )

    def _live_event(self, event: EventOut) -> LiveEvent:
        at = event.at.isoformat()
        subject = event.type.partition(".")[0]
        try:
            if subject == "request":
                request = self._desk.request(EVERYTHING, event.subject_id)
                data = request.model_dump(mode="json")
                return LiveEvent(event.id, "request_changed", at, data, frozenset({request.id}))
            if subject == "sortie":
                sortie = self._desk.sortie(EVERYTHING, event.subject_id)
                data = sortie.model_dump(mode="json", exclude={"events"})
                return LiveEvent(event.id, "sortie_changed", at, data, frozenset(sortie.request_ids))
        except NotFound:
            pass
        return LiveEvent(event.id, event.type, at, event.model_dump(mode="json"))
