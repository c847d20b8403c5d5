"""The gateway: many vehicles, sans-IO. Datagrams, commands and ``now`` in; datagrams and events out."""

import logging
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial

from flight.commands import Adopt, FlightCommand, Launch, Upload
from flight.contingencies.policy import Policy
from flight.counters import GatewayCounters
from flight.duty import Duty
from flight.errors import LocalFlightError
from flight.events import FlightEvent, VehicleSnapshot
from flight.lease import Lease, refused
from flight.leased_duty import LeasedDuty
from flight.links.link import VehicleLink
from flight.links.quality import LinkQuality
from flight.log_fields import log_fields
from flight.plan import VehicleAddress, VehicleClass
from flight.preflight.settings import PreflightSettings
from flight.protocol.codec import ReceivedFrame
from flight.protocol.messages import Unsigned
from flight.protocol.signing import SigningKey, SigningMemory
from flight.records.tlog import FrameLog
from flight.roster import Roster
from flight.session import VehicleSession
from flight.sky import Sky
from flight.station import Station
from flight.timers import Timers
from flight.vehicle import Vehicle
from flight.wires import Wires

_log = logging.getLogger(__name__)


class Gateway:
    """Speaks MAVLink with every vehicle that it was told of, each at its own links and system id.

    Only vehicles about which there is something to do are looked at: those that a datagram or a command is
    about, and those whose time has come.

    Parameters
    ----------
    system_id, component_id
        Our own MAVLink address; 190 is ``MAV_COMP_ID_MISSIONPLANNER``, a ground station. Of several gateways
        that hear one vehicle each needs a system id of its own, or they take each other's answers for theirs.
    vehicles
        Addresses and classes to begin with.
    tlog
        Takes every frame in either direction, if given, with the vehicle that it is about.
    preflight
        How bad each failure of a preflight check is here.
    policy
        Which reactions to situations are switched off, and who may stop motors in flight.
    commands_need_grant
        Command a vehicle only while there is a `grant` for it, and else only listen.

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
        preflight: PreflightSettings | None = None,
        policy: Policy | None = None,
        commands_need_grant: bool = False,
    ) -> None:
        self._tlog = tlog
        self._preflight = preflight or PreflightSettings()
        self._policy = policy or Policy()
        self._commands_need_grant = commands_need_grant
        self._now = 0.0
        station = Station(system_id, component_id)
        self._wires = Wires(station)
        self._roster = Roster(station, self._wires, self._duty_of)
        self._sessions = self._roster.sessions
        self._sky = Sky(self._sessions)
        self._timers: Timers[VehicleSession] = Timers()
        self._to_send: dict[VehicleSession, None] = {}
        self._events: deque[FlightEvent] = deque()
        for address, vehicle_class in vehicles:
            self.add_vehicle(address, vehicle_class)

    def add_vehicle(
        self,
        address: VehicleAddress,
        vehicle_class: VehicleClass,
        *,
        backup_links: Iterable[str] = (),
        key: SigningKey | None = None,
        memory: SigningMemory | None = None,
        may_move: bool = False,
    ) -> None:
        """Begin to speak with a vehicle.

        Parameters
        ----------
        address
            Its first link and its ids; this stays its name.
        vehicle_class
            What it is.
        backup_links
            Further links to the same vehicle, the preferred first.
        key, memory
            Sign everything, and take only what is rightly signed; ``memory`` is what was stored of an earlier
            run. With a key the vehicle may change its address at any time.
        may_move
            Without a key: believe a heartbeat from another address if none comes from its own any more.

        Raises
        ------
        AddressInUse
            If there is a vehicle at one of these addresses.
        """
        session = self._roster.add(
            address, vehicle_class, backup_links=backup_links, key=key, memory=memory, may_move=may_move
        )
        self._tend(session)

    def grant(self, address: VehicleAddress, until: float, now: float) -> None:
        """Allow to command a vehicle up to a time (Unix seconds); raise LocalFlightError if there is none.

        A grant that comes after the last one ran out finds what was under way silent, and leaves it so.
        """
        self._now = now
        session = self._sessions.get(address)
        if session is None:
            raise LocalFlightError(f"this gateway has no vehicle at {address} to grant; add it first")
        session.grant(until, now)
        self._tend(session)

    def receive(self, datagram: bytes, link: str, now: float) -> None:
        """Take a datagram, or a piece of a stream, that came over a link."""
        self._now = now
        for frame in self._wires.frames(datagram, link):
            found = self._roster.find(frame, link)
            if found is None:
                self._receive_from_elsewhere(frame, link, now)
                continue
            session, way = found
            if session.accepts(frame, way, now):
                self._take(session, frame, way, now)
            elif session.stirred:
                self._tend(session)

    def handle_timer(self, now: float) -> None:
        """Act on the time, for every vehicle whose time has come."""
        self._now = now
        self._sky.look(now)
        for session in list(self._timers.due(now)):
            self._isolated(session, partial(session.handle_timer, now))
            self._tend(session)

    def next_timer(self) -> float | None:
        """Return when `handle_timer` and `send` want to be called."""
        return self._now if self._to_send else self._timers.next()

    def send(self, now: float) -> list[tuple[bytes, str]]:
        """Return the datagrams to send now, each with its link."""
        self.handle_timer(now)
        waiting, self._to_send = self._to_send, {}
        datagrams: list[tuple[bytes, str]] = []
        for session in waiting:
            self._isolated(session, partial(self._collect, session, datagrams, now))
            self._events.extend(session.take_events())
            self._timers.schedule(session, session.next_timer())
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
        if isinstance(command, Launch | Upload | Adopt):
            self._command_with_plan(command, now)
            return
        for session in self._sessions.values():
            if session.is_about(command):
                self._give(session, command, now)

    def snapshots(self) -> dict[VehicleAddress, VehicleSnapshot]:
        """Return the newest state of every vehicle."""
        return {address: session.snapshot(self._now) for address, session in self._sessions.items()}

    @property
    def links(self) -> frozenset[str]:
        """All links over which there are vehicles now."""
        return self._roster.links

    @property
    def counters(self) -> GatewayCounters:
        """What was dropped, and why."""
        return self._roster.counters

    def link_qualities(self) -> dict[VehicleAddress, LinkQuality]:
        """Return how good the links of every vehicle are, in figures."""
        return {address: session.vehicle.link_quality for address, session in self._sessions.items()}

    def signing_memory(self, address: VehicleAddress) -> SigningMemory | None:
        """Return what has to be stored of a vehicle with a key, at least every 30 s, and handed in again."""
        seal = self._sessions[address].seal
        return None if seal is None else seal.memory

    def _command_with_plan(self, command: Launch | Upload | Adopt, now: float) -> None:
        session = self._sessions.get(command.plan.vehicle)
        if session is not None:
            self._give(session, command, now)
            return
        reason = f"this gateway has no vehicle at {command.plan.vehicle}"
        self._events.append(refused(command, reason, now))

    def _give(self, session: VehicleSession, command: FlightCommand, now: float) -> None:
        self._isolated(session, partial(session.command, command, now))
        self._tend(session)

    def _receive_from_elsewhere(self, frame: ReceivedFrame, link: str, now: float) -> None:
        """Take a frame from an address that is not listed: of a camera, a vehicle that moved, a stranger."""
        owner = self._roster.owner_of_companion(frame, link)
        if owner is not None:
            if owner.admits(frame, now):
                self._record(owner.vehicle.address, frame.raw, now)
            return
        found = self._roster.find_moved(frame, link, now)
        if found is not None:
            session, way = found
            self._take(session, frame, way, now)

    def _duty_of(self, vehicle: Vehicle) -> LeasedDuty:
        lease = Lease(needed=self._commands_need_grant)
        return LeasedDuty(vehicle, Duty(vehicle, self._preflight, self._policy), lease)

    def _take(self, session: VehicleSession, frame: ReceivedFrame, way: VehicleLink, now: float) -> None:
        self._record(session.vehicle.address, frame.raw, now)
        try:
            session.receive(frame, way, now)
        except Exception:
            self._complain(session)
        if session.stirred:
            self._tend(session)

    def _tend(self, session: VehicleSession) -> None:
        """Take what came of a call; `send` takes what is to be sent, and sees when it wants to go on."""
        session.stirred = False
        self._events.extend(session.take_events())
        self._to_send[session] = None

    def _collect(self, session: VehicleSession, datagrams: list[tuple[bytes, str]], now: float) -> None:
        for message, way in session.take_messages(now):
            raw = self._wires.encode(message, way.name)
            if session.seal is not None and not isinstance(message, Unsigned):
                raw = session.seal.sign(raw, way.order, now)
            self._record(session.vehicle.address, raw, now)
            datagrams.append((raw, way.name))

    def _record(self, address: VehicleAddress, frame: bytes, now: float) -> None:
        if self._tlog is not None:
            self._tlog.write(address, frame, now)

    def _isolated(self, session: VehicleSession, call: Callable[[], None]) -> None:
        """Keep one vehicle's trouble from the others."""
        try:
            call()
        except Exception:
            self._complain(session)

    def _complain(self, session: VehicleSession) -> None:
        _log.exception("a session failed", extra=log_fields(session.vehicle.address, session.order))
