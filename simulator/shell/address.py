"""Addresses of a vehicle: ``udp:HOST:PORT`` and ``tcp:HOST:PORT`` listen, ``udpout:HOST:PORT`` calls.

A vehicle that listens waits until a ground station speaks. One that calls sends its heartbeat to the
station's own port from the start, as ArduPilot's ``udpclient`` does, so that a station which only listens
(QGroundControl on UDP 14550) finds it by itself.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from simulator.errors import ConfigurationError

_FORM = "udp:HOST:PORT, tcp:HOST:PORT or udpout:HOST:PORT"
_PORTS = 65536


class Protocol(StrEnum):
    """The kinds of address."""

    UDP = "udp"
    TCP = "tcp"
    UDP_OUT = "udpout"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a vehicle listens, or whom it calls; to listen on port 0 lets the operating system choose."""

    protocol: str
    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.protocol}:{self.host}:{self.port}"

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Read ``udp:HOST:PORT``, ``tcp:HOST:PORT`` or ``udpout:HOST:PORT``."""
        protocol, _, rest = text.partition(":")
        host, _, port = rest.rpartition(":")
        known = protocol in tuple(Protocol)
        if not known or not host or not port.isdecimal() or not 0 <= int(port) < _PORTS:
            raise ConfigurationError("listen", f"{text!r} is not an address", f"write it as {_FORM}")
        address = cls(protocol, host, int(port))
        if address.calls and address.port == 0:
            raise ConfigurationError("listen", f"{text!r} calls no port", "give the port of the station")
        return address

    @property
    def calls(self) -> bool:
        """Say whether the vehicle speaks first."""
        return self.protocol == Protocol.UDP_OUT

    def with_port(self, port: int) -> "Address":
        """Return the same address with another port."""
        return replace(self, port=port)

    def moved(self, by: int) -> "Address":
        """Return the address that many ports higher; a port that is chosen freely stays so.

        Raises
        ------
        ConfigurationError
            There is no such port.
        """
        if self.port == 0:
            return self
        if not 0 < self.port + by < _PORTS:
            raise ConfigurationError(
                "instance", f"{self} cannot move by {by} ports", "choose a smaller instance"
            )
        return self.with_port(self.port + by)
