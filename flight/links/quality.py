"""How good the links of a vehicle are, in figures, for preflight, supervision and metrics."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flight.link_state import LinkState


@dataclass(frozen=True, slots=True)
class LinkStatistics:
    """One link.

    ``loss`` is the lost share of frames, 0 to 1, by the gaps in their numbers, and ``rates_hz`` the messages
    per second by their MAVLink name, both over the last 20 to 40 seconds. ``loss`` is ``None`` while too
    little came to tell. ``high_latency`` says that nothing but ``HIGH_LATENCY2`` comes.
    """

    link: str
    freshness: LinkState = LinkState.UNKNOWN
    heard_at: float | None = None
    loss: float | None = None
    rates_hz: Mapping[str, float] = field(default_factory=dict)
    high_latency: bool = False


@dataclass(frozen=True, slots=True)
class LinkQuality:
    """All links: ``best`` is the one in use, ``others`` the rest in the order in which they were given.

    ``round_trip_s`` is that of the last time syncs; ``clock_offset_s`` the vehicle's clock minus ours.
    """

    best: LinkStatistics
    others: tuple[LinkStatistics, ...] = ()
    round_trip_s: float | None = None
    clock_offset_s: float | None = None

    @property
    def heard_at(self) -> float | None:
        """When anything was heard of the vehicle, over whichever link."""
        times = [each.heard_at for each in (self.best, *self.others) if each.heard_at is not None]
        return max(times, default=None)
