"""One blocking socket to one vehicle: messages out, frames in."""

import socket

from flight.errors import LocalFlightError, VehicleSilent
from flight.protocol.codec import Decoder, Encoder, ReceivedFrame, StreamDecoder
from flight.protocol.messages import Message
from flight.transports import tcp, udp
from flight.transports.link_text import check_link

STAGE = "connection"

SOURCE = (254, 190)
"""Not the gateway's 255: the vehicle shall not take who only asks for the ground station it depends on."""

CONNECT_S = 10.0
"""On the wall, for a TCP connection, and for a peer that does not read."""

LEAST_WAIT_S = 0.001
"""A timeout of zero means another thing to a socket: not to wait, and to fail."""

READ_BYTES = 65536
"""More than the longest datagram."""


class Wire:
    """A connected socket; whoever opens it closes it.

    Parameters
    ----------
    link
        ``udp:HOST:PORT`` for a vehicle that listens there, ``tcp:HOST:PORT`` for one that is connected to.

    Raises
    ------
    LocalFlightError
        If the link is none, or has an address that there is not.
    VehicleSilent
        If a TCP connection is not accepted, or ends. A datagram that nobody takes is lost, as others are.
    """

    def __init__(self, link: str) -> None:
        check_link(link)
        self._is_stream = link.startswith(tcp.PREFIX)
        self._link = link
        self._encoder = Encoder(*SOURCE)
        self._decoder = StreamDecoder() if self._is_stream else Decoder()
        self._socket = self._opened()

    def close(self) -> None:
        """Close the socket; a second time does nothing."""
        self._socket.close()

    def send(self, message: Message) -> None:
        """Send a message."""
        self._socket.settimeout(CONNECT_S)
        try:
            self._socket.sendall(self._encoder.encode(message))
        except OSError as error:
            self._note(error)

    def frames(self, wait_s: float) -> list[ReceivedFrame]:
        """Return what has come, or comes within a time on the wall."""
        self._socket.settimeout(max(wait_s, LEAST_WAIT_S))
        try:
            data = self._socket.recv(READ_BYTES)
        except TimeoutError:
            return []
        except OSError as error:
            self._note(error)
            return []
        if self._is_stream and not data:
            raise VehicleSilent(STAGE, f"{self._link} was closed by the vehicle")
        return self._decoder.frames(data)

    def _opened(self) -> socket.socket:
        address = (tcp.address_of_stream if self._is_stream else udp.address_of_link)(self._link)
        opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM if self._is_stream else socket.SOCK_DGRAM)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, udp.BUFFER_BYTES)
        opened.settimeout(CONNECT_S)
        try:
            opened.connect(address)
        except (socket.gaierror, OverflowError) as error:
            opened.close()
            reason = (
                f"{self._link} has no address that there is: {error}; write for example udp:127.0.0.1:14550"
            )
            raise LocalFlightError(reason) from error
        except OSError as error:
            opened.close()
            raise VehicleSilent(STAGE, f"{self._link}: {error.strerror or error}") from error
        return opened

    def _note(self, error: OSError) -> None:
        """Raise the error of a connection that broke; datagrams are refused where nobody listens yet."""
        if self._is_stream:
            raise VehicleSilent(STAGE, f"{self._link} broke: {error.strerror or error}") from error
