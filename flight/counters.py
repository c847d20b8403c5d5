"""What the gateway dropped, and why, since it began: for metrics."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GatewayCounters:
    """Counts since the start.

    ``bad_bytes`` were no part of a good frame; ``unknown_frames`` came from an address of no vehicle;
    ``rejected_frames`` are those of vehicles with a key that were not rightly signed, by the reason
    (``unsigned``, ``wrong signature``, ``replayed``); ``doubled_frames`` came over two links; ``moves`` are
    vehicles that were found at another address.
    """

    bad_bytes: int
    unknown_frames: int
    rejected_frames: Mapping[str, int]
    doubled_frames: int
    moves: int
