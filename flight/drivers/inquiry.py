"""One operation that only asks, with one vehicle and without a gateway, for a person at a terminal."""

from contextlib import closing
from typing import Generic, TypeVar

from flight.drivers.wire import STAGE, Wire
from flight.errors import VehicleSilent
from flight.plan import VehicleAddress
from flight.protocol.codec import ReceivedFrame
from flight.protocol.heartbeat import OWN_HEARTBEAT, HeartbeatSender
from flight.protocol.messages import Heartbeat
from flight.protocol.operation import Operation
from flight.transports.clock import Clock

HEARTBEAT_S = 10.0
"""A vehicle that is there sends one a second."""

AT_ONCE_PHASE = 1.0
"""One station alone need not spread its heartbeats."""

Outcome = TypeVar("Outcome")


def inquire(address: VehicleAddress, operation: Operation[Outcome], clock: Clock) -> Outcome:
    """Open a link, wait for the vehicle's heartbeat, run an operation, and close the link.

    Nothing is sent but our heartbeats, which make a vehicle on UDP speak to us at all, and what the operation
    sends. Frames are neither signed nor are their signatures looked at.

    Raises
    ------
    VehicleSilent
        If the vehicle cannot be reached, no heartbeat comes in time, or what the operation waits for.
    LocalFlightError
        If the link is none.
    """
    with closing(Wire(address.link)) as wire:
        return _Inquiry(address, operation, clock, wire).run()


class _Inquiry(Generic[Outcome]):
    def __init__(
        self, address: VehicleAddress, operation: Operation[Outcome], clock: Clock, wire: Wire
    ) -> None:
        self._address = address
        self._operation = operation
        self._clock = clock
        self._wire = wire
        self._heartbeats = HeartbeatSender(AT_ONCE_PHASE)
        self._is_heard = False

    def run(self) -> Outcome:
        """Listen and speak until the operation is done."""
        give_up_at = self._clock.now() + HEARTBEAT_S
        while not self._operation.done:
            now = self._clock.now()
            if not self._is_heard and now >= give_up_at:
                raise VehicleSilent(STAGE, f"no heartbeat of {self._address} in {HEARTBEAT_S:.0f} s")
            self._speak(now)
            for frame in self._wire.frames(self._clock.wall_s(self._wake_at() - now)):
                self._take(frame)
        return self._operation.result()

    def _speak(self, now: float) -> None:
        if self._is_heard:
            self._operation.handle_timer(now)
        if self._heartbeats.due(now):
            self._wire.send(OWN_HEARTBEAT)
        for message in self._operation.take_messages():
            self._wire.send(message)

    def _wake_at(self) -> float:
        timer = self._operation.next_timer()
        return self._heartbeats.next if timer is None else min(timer, self._heartbeats.next)

    def _take(self, frame: ReceivedFrame) -> None:
        source = (frame.system_id, frame.component_id)
        if frame.message is None or source != (self._address.system_id, self._address.component_id):
            return
        if self._is_heard:
            self._operation.receive(frame.message, self._clock.now())
        elif isinstance(frame.message, Heartbeat):
            self._is_heard = True
            self._operation.start(self._clock.now())
