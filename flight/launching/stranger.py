"""A vehicle that flies something unknown: watched, shown and named, and never written to."""

from functools import partial

from flight.errors import FlightError
from flight.events import FlightEvent, UnknownFlightSeen
from flight.plan import MissionItem, hash_of
from flight.procedure import Procedure, Runner, perform
from flight.protocol.download import DownloadList
from flight.protocol.messages import Message
from flight.protocol.names import MissionType
from flight.vehicle import Vehicle

PATIENCE_S = 30.0
"""After a restart dispatch says within seconds what its vehicles fly; until then they are no strangers."""


class StrangerWatch:
    """Notices that a vehicle flies without an order of ours, and finds out once what it has on board.

    It reads the three lists, and that is all that it ever sends: whoever flies this vehicle is not disturbed.
    """

    def __init__(self, vehicle: Vehicle) -> None:
        self._vehicle = vehicle
        self._since: float | None = None
        self._told = False
        self._runner: Runner[None] | None = None
        self._events: list[FlightEvent] = []

    def update(self, now: float, *, is_known: bool) -> None:
        """Look at the vehicle, once a second or so.

        ``is_known`` says that there is an order of ours, or that it is not ours to ask.
        """
        armed = self._vehicle.telemetry.armed
        if is_known or not armed:
            self._since, self._runner = None, None
            self._told = self._told and armed
            return
        if self._since is None:
            self._since = now
        if not self._told and now >= self._since + PATIENCE_S:
            self._told = True
            self._runner = Runner(_identify(self._vehicle))
            self._runner.start(now)

    def receive(self, message: Message, now: float) -> None:
        """Pass a message of the vehicle on."""
        if self._runner is not None:
            self._runner.receive(message, now)
            self._collect()

    def handle_timer(self, now: float) -> None:
        """Pass the time on."""
        if self._runner is not None:
            self._runner.handle_timer(now)
            self._collect()

    def next_timer(self) -> float | None:
        """Return when `handle_timer` wants to be called, while it asks."""
        return None if self._runner is None else self._runner.next_timer()

    def take_messages(self) -> list[Message]:
        """Return the messages to send, and forget them."""
        return [] if self._runner is None else self._runner.take_messages()

    def take_events(self) -> list[FlightEvent]:
        """Return the events since the last call."""
        events, self._events = self._events, []
        return events

    def _collect(self) -> None:
        if self._runner is not None:
            self._events.extend(self._runner.take_events())


def _identify(vehicle: Vehicle) -> Procedure[None]:
    """Read what is on board, and tell it; also that it could not be read."""
    lists: dict[MissionType, tuple[MissionItem, ...]] = {}
    try:
        for kind in MissionType:
            lists[kind] = yield from perform(DownloadList(vehicle.target, kind))
    except FlightError as error:
        yield partial(
            UnknownFlightSeen, vehicle=vehicle.address, items=None, plan_hash=None, reason=str(error)
        )
        return
    mission, fence, rally = lists.values()
    yield partial(
        UnknownFlightSeen,
        vehicle=vehicle.address,
        items=len(mission),
        plan_hash=hash_of(mission, fence, rally),
        reason=f"armed, in {vehicle.mode_name}, without an order of ours",
    )
