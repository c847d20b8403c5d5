"""The ground station's end of a MAVLink link: what it says and hears, when, and how long it waits."""

from collections import deque
from collections.abc import Callable
from typing import Any, Protocol

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity.recorder import Recorder

Message = Any

_PUMP_S = 1.0
_BEAT_S = 1.0


class Transport(Protocol):
    """Bytes to and from a vehicle, and the vehicle's time."""

    def now(self) -> float:
        """Return seconds since the vehicle's first boot."""

    def stamped(self, boot_s: float) -> float:
        """Learn the vehicle's time from a message; return by how much earlier times have to be corrected."""

    def open(self) -> None:
        """Open the link, or open it again."""

    def close(self) -> None:
        """Close the link; the time goes on."""

    def read(self, at_most_s: float) -> bytes:
        """Return what has arrived; if nothing has, let at most so many seconds of vehicle time pass."""

    def write(self, data: bytes) -> None:
        """Send bytes, if the link is open."""

    def another(self) -> "Transport":
        """Return a further link to the same vehicle, not open yet."""


class Link:
    """Records everything that goes over a transport.

    Parameters
    ----------
    transport
        The way to the vehicle; it gets opened.
    recorder
        Where the trace is kept.
    system, component
        MAVLink address of the ground station.
    """

    def __init__(
        self, transport: Transport, recorder: Recorder, system: int = 255, component: int = 190
    ) -> None:
        self.transport = transport
        self.recorder = recorder
        self.heartbeats = True
        self.connected = True
        self.target = (1, 1)
        self.system = system
        self.tx = mavlink.MAVLink(None, srcSystem=system, srcComponent=component)
        self._rx = self._parser()
        self._inbox: deque[tuple[float, Message]] = deque()
        self._hooks: list[Callable[[float, Message], None]] = []
        self._all = [self]
        self._beat_at_s = -1e9
        transport.open()

    @staticmethod
    def _parser() -> mavlink.MAVLink:
        parser = mavlink.MAVLink(None)
        parser.robust_parsing = True
        return parser

    def another(self, system: int) -> "Link":
        """Open a further link to the same vehicle, as another ground station; each keeps all alive."""
        other = Link(self.transport.another(), Recorder(), system)
        other.target = self.target
        other._all = self._all
        self._all.append(other)
        return other

    @property
    def now(self) -> float:
        """Vehicle time in seconds."""
        return self.transport.now()

    def note(self, kind: str, /, **fields: Any) -> None:
        """Put a remark into the trace."""
        self.recorder.note(self.now, kind, fields)

    def send(self, message: Message, system: int | None = None) -> None:
        """Send one message, if wanted as another system id."""
        if not self.connected:
            return
        self.tx.srcSystem = self.system if system is None else system
        data = bytes(message.pack(self.tx))
        self.tx.seq = (self.tx.seq + 1) % 256
        self.tx.srcSystem = self.system
        self.recorder.message(self.now, "out", message)
        self.transport.write(data)

    def beat(self) -> None:
        """Send the heartbeat of a ground station."""
        self.send(
            mavlink.MAVLink_heartbeat_message(
                mavlink.MAV_TYPE_GCS, mavlink.MAV_AUTOPILOT_INVALID, 0, 0, mavlink.MAV_STATE_ACTIVE, 3
            )
        )

    def add_hook(self, hook: Callable[[float, Message], None]) -> None:
        """Call ``hook(time_s, message)`` for every message taken from the inbox."""
        self._hooks.append(hook)

    def pump(self, at_most_s: float) -> None:
        """Exchange bytes; let at most so many seconds pass."""
        for link in self._all:
            link._exchange(at_most_s if link is self else 0.0)

    def _exchange(self, at_most_s: float) -> None:
        if self.heartbeats and self.now - self._beat_at_s >= _BEAT_S:
            self._beat_at_s = self.now
            self.beat()
        for message in self._rx.parse_buffer(self.transport.read(at_most_s)) or ():
            self._accept(message)

    def _accept(self, message: Message) -> None:
        if message.get_type() == "BAD_DATA":
            return
        boot_ms = getattr(message, "time_boot_ms", None)
        if boot_ms and message.get_srcSystem() == self.target[0]:
            correction_s = self.transport.stamped(boot_ms / 1000.0)
            if correction_s:
                self.recorder.shift(correction_s)
                self._beat_at_s += correction_s
        self.recorder.message(self.now, "in", message)
        self._inbox.append((self.now, message))

    def next(self, timeout_s: float) -> Message | None:
        """Return the next message within ``timeout_s``."""
        deadline = self.now + timeout_s
        while not self._inbox:
            left_s = deadline - self.now
            if left_s <= 0:
                return None
            self.pump(min(_PUMP_S, left_s))
        time_s, message = self._inbox.popleft()
        for hook in self._hooks:
            hook(time_s, message)
        return message

    def drain(self) -> None:
        """Take everything already received out of the inbox."""
        self.pump(0.0)
        while self._inbox:
            self.next(0.0)

    def wait(self, match: Callable[[Message], bool], timeout_s: float) -> Message | None:
        """Return the first message that matches, or None after ``timeout_s``."""
        deadline = self.now + timeout_s
        while (left_s := deadline - self.now) > 0:
            message = self.next(left_s)
            if message is not None and match(message):
                return message
        while self._inbox:
            message = self.next(0.0)
            if match(message):
                return message
        return None

    def wait_type(self, kind: str, timeout_s: float, **want: Any) -> Message | None:
        """Return the first message of a type whose fields equal ``want``."""
        return self.wait(
            lambda message: (
                message.get_type() == kind
                and all(getattr(message, name, None) == value for name, value in want.items())
            ),
            timeout_s,
        )

    def until(self, condition: Callable[[], bool], timeout_s: float) -> bool:
        """Wait until a condition on what is known holds."""
        return condition() or self.wait(lambda _: condition(), timeout_s) is not None

    def sleep(self, seconds: float) -> None:
        """Let vehicle time pass."""
        self.wait(lambda _: False, seconds)

    def disconnect(self) -> None:
        """Drop the connection; vehicle time goes on."""
        self.note("LINK", state="closed")
        self.connected = False
        self.transport.close()

    def reconnect(self) -> None:
        """Open the connection again."""
        self.transport.open()
        self._rx = self._parser()
        self.connected = True
        self.note("LINK", state="open")

    def close(self) -> None:
        """Close this link and all others to the vehicle."""
        for link in self._all:
            link.transport.close()
