"""TCP: a connection that we open to one vehicle, and open again when it ends."""

import asyncio
import logging
from contextlib import suppress

from flight.errors import LocalFlightError
from flight.transports.udp import Received

PREFIX = "tcp:"

FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 15.0
"""On the wall. Each failed try doubles the wait: a vehicle that is switched off costs nothing, and one that
comes back is found within a quarter of a minute."""

CONNECT_TIMEOUT_S = 10.0

MOST_UNSENT_BYTES = 65536
"""A peer that takes nothing for so long is behind by minutes: newer frames are worth more than older ones."""

READ_BYTES = 65536

_log = logging.getLogger(__name__)


def address_of_stream(link: str) -> tuple[str, int]:
    """Return host and port of a link ``tcp:HOST:PORT``."""
    host, separator, port = link.removeprefix(PREFIX).rpartition(":")
    if not link.startswith(PREFIX) or not separator or not host or not port.isdecimal():
        raise LocalFlightError(
            f"{link!r} is no TCP link; write tcp:ADDRESS:PORT, for example tcp:127.0.0.1:5760"
        )
    return host, int(port)


class TcpClient:
    """Keeps a connection to one vehicle."""

    def __init__(self, link: str, received: Received) -> None:
        self.unsent = 0
        self.link = link
        self._host, self._port = address_of_stream(link)
        self._received = received
        self._writer: asyncio.StreamWriter | None = None

    def send(self, data: bytes) -> None:
        """Send a frame; without a connection, or to a peer that does not read, it is lost."""
        writer = self._writer
        if writer is None or writer.transport.get_write_buffer_size() > MOST_UNSENT_BYTES:
            self.unsent += 1
            return
        writer.write(data)

    async def run(self) -> None:
        """Connect, read, and connect again, for ever; the wait between two tries grows up to a limit."""
        wait_s = FIRST_WAIT_S
        while True:
            try:
                async with asyncio.timeout(CONNECT_TIMEOUT_S):
                    reader, writer = await asyncio.open_connection(self._host, self._port)
            except OSError as error:  # a TimeoutError is one
                _log.warning("%s", self._complaint(error, wait_s))
                await asyncio.sleep(wait_s)
                wait_s = min(2 * wait_s, LONGEST_WAIT_S)
                continue
            wait_s = FIRST_WAIT_S
            _log.info("%s is connected", self.link)
            await self._read(reader, writer)
            await asyncio.sleep(wait_s)

    async def _read(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        try:
            while data := await reader.read(READ_BYTES):
                self._received(data, self.link)
            _log.warning("%s was closed by the vehicle; connecting again", self.link)
        except OSError as error:
            _log.warning("%s broke: %s; connecting again", self.link, error)
        finally:
            self._writer = None
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    def _complaint(self, error: OSError, wait_s: float) -> str:
        reason = error.strerror or "no answer"
        return (
            f"{self.link} cannot be reached: {reason}; switch the vehicle on, or correct its link in the "
            f"fleet file; trying again in {wait_s:g} s"
        )
