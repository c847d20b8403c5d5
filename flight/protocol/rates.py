"""Message rates by ``SET_MESSAGE_INTERVAL``.

Source: https://ardupilot.org/dev/docs/mavlink-requesting-data.html
"""

from dataclasses import dataclass

from flight.protocol.messages import (
    BatteryStatus,
    CommandLong,
    EkfStatusReport,
    ExtendedSysState,
    GlobalPositionInt,
    GpsRawInt,
    HomePosition,
    Message,
    MissionCurrent,
    RequestDataStream,
    ServoOutputRaw,
    SysStatus,
    VfrHud,
)
from flight.protocol.names import Command
from flight.protocol.operation import Target

CHECK_S = 5.0
"""How often the rates are looked at; also the first wait after a request."""

LONGEST_WAIT_S = 60.0
"""A message that the vehicle has nothing to say in (home before the position is known) is asked for this
rarely."""

MISSED_INTERVALS = 4
"""With 20 % loss four in a row are missed once in six hundred; asking once too often does no harm."""


@dataclass(frozen=True, slots=True)
class WantedMessage:
    """A message, its MAVLink id, and how often we want it."""

    kind: type[Message]
    message_id: int
    interval_s: float


WANTED = (
    WantedMessage(GlobalPositionInt, 33, 0.5),
    WantedMessage(SysStatus, 1, 1.0),
    WantedMessage(ExtendedSysState, 245, 1.0),
    WantedMessage(MissionCurrent, 42, 1.0),
    WantedMessage(ServoOutputRaw, 36, 1.0),
    WantedMessage(VfrHud, 74, 1.0),
    WantedMessage(GpsRawInt, 24, 2.0),
    WantedMessage(EkfStatusReport, 193, 2.0),
    WantedMessage(BatteryStatus, 147, 2.0),
    WantedMessage(HomePosition, 242, 5.0),
)
"""What supervision and preflight read, and no more: a satellite link pays by the byte. On a copter all
rates are 0 by default (recorded)."""


UNWANTED_PER_S = 3.0
"""With more messages than this that nobody reads, the default streams are switched off. ArduPlane sends some
thirty a second (recorded), ArduCopter none; texts, answers and `TIMESYNC` stay far below."""


@dataclass
class _State:
    heard: float | None = None
    ask_at: float = 0.0
    wait_s: float = CHECK_S


class RateKeeper:
    """Asks for each message that is wanted and does not come, again after silence or a reboot of the vehicle.

    No acknowledgement is read: the message itself is the answer. So neither a lost request nor a vehicle
    that has forgotten its rates needs a case of its own.
    """

    def __init__(self, target: Target, wanted: tuple[WantedMessage, ...] = WANTED) -> None:
        self._target = target
        self._states = {each: _State() for each in wanted}
        self._by_kind = {each.kind: each for each in wanted}
        self._next = 0.0
        self._unwanted = 0

    def receive_unwanted(self) -> None:
        """Note that a message came that nothing here reads."""
        self._unwanted += 1

    def receive(self, message: Message, now: float) -> None:
        """Note that a message came."""
        wanted = self._by_kind.get(type(message))
        if wanted is not None:
            self._states[wanted].heard = now
            self._states[wanted].wait_s = CHECK_S

    def next_timer(self) -> float:
        """Return when to look next."""
        return self._next

    def requests(self, now: float) -> list[Message]:
        """Return the requests to send now."""
        if now < self._next:
            return []
        self._next = now + CHECK_S
        is_noisy, self._unwanted = self._unwanted > UNWANTED_PER_S * CHECK_S, 0
        if is_noisy:
            self._states = {each: _State() for each in self._states}
        missing = [each for each, state in self._states.items() if _missing(each, state, now)]
        for each in missing:
            state = self._states[each]
            state.ask_at = now + state.wait_s
            state.wait_s = min(2 * state.wait_s, LONGEST_WAIT_S)
        requests = [self._request(each) for each in missing]
        return [self._silence(), *requests] if is_noisy else requests

    def _silence(self) -> Message:
        """Stop ``MAV_DATA_STREAM_ALL`` (`REQUEST_DATA_STREAM`): what is wanted is asked for anew."""
        return RequestDataStream(self._target.system_id, self._target.component_id, 0, 0, 0)

    def _request(self, wanted: WantedMessage) -> Message:
        interval_us = wanted.interval_s * 1e6
        system, component = self._target.system_id, self._target.component_id
        return CommandLong(system, component, Command.SET_MESSAGE_INTERVAL, 0, wanted.message_id, interval_us)


def _missing(wanted: WantedMessage, state: _State, now: float) -> bool:
    silent = state.heard is None or now - state.heard > MISSED_INTERVALS * wanted.interval_s
    return silent and now >= state.ask_at
