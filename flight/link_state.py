"""How fresh the link to a vehicle is: one word for the protocol, for dispatch, and for the console."""

from enum import StrEnum


class LinkState(StrEnum):
    """How fresh the vehicle's heartbeat is."""

    UNKNOWN = "unknown"
    FRESH = "fresh"
    STALE = "stale"
    LOST = "lost"
