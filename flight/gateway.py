"""The gateway: many vehicles, sans-IO. Datagrams, commands and ``now`` in; datagrams and events out."""

import logging
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial

from flight.commands import Adopt, FlightCommand, Launch
from flight.errors import AddressInUse
from flight.events import AdoptionFailed, FlightEvent, LaunchFailed, VehicleSnapshot
from flight.order import Order
from flight.plan import VehicleAddress, VehicleClass
from flight.protocol.codec import Decoder, Encoder
from flight.records.tlog import FrameLog
from flight.session import VehicleSession
from flight.vehicle import Vehicle

_log = logging.getLogger(__name__)


class Gateway:
    """Speaks MAVLink with every vehicle that it was told of, each at its own link and system id.

    Parameters
    ----------
    system_id, component_id
        Our own MAVLink address; 190 is ``MAV_COMP_ID_MISSIONPLANNER``, a ground station.
    vehicles
        Addresses and classes to begin with.
    tlog
        Takes every frame in either direction, if given.

    Raises
    ------
    AddressInUse
        If two vehicles have one address.
    """

    def __init__(
        self,
        *,
        system_id: int = 255,
        component_id: int = 190,
        vehicles: Iterable[tuple[VehicleAddress, VehicleClass]] = (),
        tlog: FrameLog | None = None,
    ) -> None:
        self.unknown_frames = 0
        self._source = (system_id, component_id)
        self._tlog = tlog
        self._now = 0.0
        self._decoder = Decoder()
        self._encoders: dict[str, Encoder] = {}
        self._sessions: dict[VehicleAddress, VehicleSession] = {}
        self._events: deque[FlightEvent] = deque()
        for address, vehicle_class in vehicles:
            self.add_vehicle(address, vehicle_class)

    @property
    def bad_bytes(self) -> int:
        """How many bytes came that were no part of a good frame."""
        return self._decoder.bad_bytes

    def add_vehicle(self, address: VehicleAddress, vehicle_class: VehicleClass) -> None:
        """Begin to speak with a vehicle; raise AddressInUse if there is one at that address."""
        if address in self._sessions:
            raise AddressInUse(f"two drones were given the address {address}")
        self._sessions[address] = VehicleSession(Vehicle(address, vehicle_class))
        self._encoders.setdefault(address.link, Encoder(*self._source))

    def receive(self, datagram: bytes, link: str, now: float) -> None:
        """Take a datagram that came over a link."""
        self._now = now
        for frame in self._decoder.frames(datagram):
            session = self._sessions.get(VehicleAddress(link, frame.system_id))
            if session is None:
                self.unknown_frames += 1
                continue
            self._record(frame.raw, now)
            self._isolated(session, partial(session.receive, frame, now))

    def handle_timer(self, now: float) -> None:
        """Act on the time, for every vehicle."""
        self._now = now
        for session in self._sessions.values():
            self._isolated(session, partial(session.handle_timer, now))

    def next_timer(self) -> float | None:
        """Return when `handle_timer` and `send` want to be called."""
        timers = (session.next_timer() for session in self._sessions.values())
        return min((timer for timer in timers if timer is not None), default=None)

    def send(self, now: float) -> list[tuple[bytes, str]]:
        """Return the datagrams to send now, each with its link."""
        datagrams: list[tuple[bytes, str]] = []
        for address, session in self._sessions.items():
            self._isolated(session, partial(self._collect, address, session, datagrams, now))
        return datagrams

    def next_event(self) -> FlightEvent | None:
        """Return the oldest event that was not taken yet, or ``None``."""
        return self._events.popleft() if self._events else None

    def command(self, command: FlightCommand, now: float) -> None:
        """Carry out a command; what comes of it is told by events.

        A command about a sortie that no vehicle is flying is out of date, and nothing happens: the outbox of
        dispatch may deliver a command twice or late.
        """
        self._now = now
        if isinstance(command, Launch | Adopt):
            self._command_with_plan(command, now)
            return
        for session in self._sessions.values():
            if session.is_about(command):
                self._isolated(session, partial(session.command, command, now))

    def snapshots(self) -> dict[VehicleAddress, VehicleSnapshot]:
        """Return the newest state of every vehicle."""
        return {address: session.snapshot(self._now) for address, session in self._sessions.items()}

    def _command_with_plan(self, command: Launch | Adopt, now: float) -> None:
        session = self._sessions.get(command.plan.vehicle)
        if session is not None:
            self._isolated(session, partial(session.command, command, now))
            return
        order = Order(command.sortie_id, command.attempt, command.plan)
        reason = f"this gateway has no vehicle at {command.plan.vehicle}"
        if isinstance(command, Launch):
            self._events.append(order.announce(LaunchFailed, stage="refused", reason=reason)(now))
        else:
            self._events.append(order.announce(AdoptionFailed, reason=reason)(now))

    def _collect(
        self, address: VehicleAddress, session: VehicleSession, datagrams: list[tuple[bytes, str]], now: float
    ) -> None:
        encoder = self._encoders[address.link]
        for message in session.take_messages(now):
            raw = encoder.encode(message)
            self._record(raw, now)
            datagrams.append((raw, address.link))

    def _record(self, frame: bytes, now: float) -> None:
        if self._tlog is not None:
            self._tlog.write(frame, now)

    def _isolated(self, session: VehicleSession, call: Callable[[], None]) -> None:
        """Keep one vehicle's trouble from the others; take the events that came of the call."""
        try:
            call()
        except Exception:
            _log.exception("the session of %s failed", session.vehicle.address)
        self._events.extend(session.take_events())
