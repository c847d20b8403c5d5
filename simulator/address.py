"""Addresses to listen on: ``udp:HOST:PORT`` and ``tcp:HOST:PORT``."""

from dataclasses import dataclass, replace

from simulator.errors import ConfigurationError

_FORM = "udp:HOST:PORT or tcp:HOST:PORT"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a vehicle listens; port 0 lets the operating system choose."""

    protocol: str
    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.protocol}:{self.host}:{self.port}"

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Read ``udp:HOST:PORT`` or ``tcp:HOST:PORT``."""
        protocol, _, rest = text.partition(":")
        host, _, port = rest.rpartition(":")
        if protocol not in {"udp", "tcp"} or not host or not port.isdecimal() or int(port) > 65535:
            raise ConfigurationError("listen", f"{text!r} is not an address", f"write it as {_FORM}")
        return cls(protocol, host, int(port))

    def with_port(self, port: int) -> "Address":
        """Return the same address with another port."""
        return replace(self, port=port)
