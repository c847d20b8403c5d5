"""Our gateway over the connection of a DroneKit vehicle.

DroneKit reads and writes; what it reads is passed on by a message listener, and what the gateway has to say
goes out by ``send_mavlink``, so that DroneKit numbers, addresses and signs it as all that the script sends.
"""

from threading import Event, Lock, Thread
from typing import Any

import dronekit
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from flight.commands import FlightCommand
from flight.drivers.mailbox import Mailbox
from flight.errors import LocalFlightError
from flight.events import VehicleSnapshot
from flight.gateway import Gateway
from flight.plan import VehicleAddress
from flight.transports.clock import Clock
from flight.transports.shell import LONGEST_SLEEP_S, SHORTEST_SLEEP_S

EVERYTHING = "*"
BAD_DATA = "BAD_DATA"
"""What DroneKit calls bytes that are no frame."""

END_S = 10.0
"""On the wall: the pump looks many times a second whether it shall end."""


class DroneKitEngine:
    """Runs a gateway in a thread of its own; DroneKit's reading thread hands it what comes."""

    def __init__(
        self,
        vehicle: dronekit.Vehicle,
        gateway: Gateway,
        address: VehicleAddress,
        clock: Clock,
        mailbox: Mailbox,
    ) -> None:
        self._vehicle = vehicle
        self._gateway = gateway
        self._address = address
        self._clock = clock
        self._mailbox = mailbox
        self._turn = Lock()
        self._wake = Event()
        self._stopping = Event()
        self._parser = mavlink.MAVLink(None)
        self._thread = Thread(target=self._run, name=f"dronekit driver {address}", daemon=True)
        vehicle.add_message_listener(EVERYTHING, self._receive)
        self._thread.start()

    def command(self, command: FlightCommand) -> None:
        """Hand a command to the gateway."""
        with self._turn:
            self._gateway.command(command, self._clock.now())
        self._wake.set()

    def snapshot(self) -> VehicleSnapshot:
        """Return the newest state of the vehicle."""
        with self._turn:
            return self._gateway.snapshots()[self._address]

    def stop(self) -> None:
        """End the thread; a second time does nothing."""
        if not self._stopping.is_set():
            self._stopping.set()
            self._vehicle.remove_message_listener(EVERYTHING, self._receive)
        self._wake.set()
        self._thread.join(END_S)

    def _receive(self, vehicle: dronekit.Vehicle, name: str, message: Any) -> None:
        if name == BAD_DATA:
            return
        with self._turn:
            self._gateway.receive(bytes(message.get_msgbuf()), self._address.link, self._clock.now())
        self._wake.set()

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._pump()
                self._wake.wait(self._sleep_s())
                self._wake.clear()
                self._stopping.wait(SHORTEST_SLEEP_S)
        except Exception as error:
            reason = f"the gateway of {self._address} stopped: {error!r}; connect again"
            self._mailbox.end(LocalFlightError(reason))

    def _pump(self) -> None:
        with self._turn:
            datagrams = self._gateway.send(self._clock.now())
            while (event := self._gateway.next_event()) is not None:
                self._mailbox.put(event)
        for datagram, _ in datagrams:
            for message in self._parser.parse_buffer(bytearray(datagram)) or ():
                self._vehicle.send_mavlink(message)

    def _sleep_s(self) -> float:
        with self._turn:
            timer = self._gateway.next_timer()
        wall_s = LONGEST_SLEEP_S if timer is None else self._clock.wall_s(timer - self._clock.now())
        return min(max(wall_s, 0.0), LONGEST_SLEEP_S)
