"""The forms of a link's text."""

from flight.errors import LocalFlightError
from flight.transports import tcp, udp


def check_link(link: str) -> None:
    """Raise LocalFlightError if a link is neither ``udp:ADDRESS:PORT`` nor ``tcp:ADDRESS:PORT``."""
    if link.startswith(tcp.PREFIX):
        tcp.address_of_stream(link)
    elif link.startswith(udp.PREFIX):
        udp.address_of_link(link)
    else:
        raise LocalFlightError(
            f"{link!r} is no link; write udp:ADDRESS:PORT, for example udp:127.0.0.1:14550, "
            "or tcp:ADDRESS:PORT, for example tcp:127.0.0.1:5760"
        )
