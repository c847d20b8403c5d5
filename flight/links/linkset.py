"""All links of one vehicle, and which of them is in use."""

from collections.abc import Sequence

from flight.link_state import LinkState
from flight.links.link import VehicleLink
from flight.links.quality import LinkQuality
from flight.protocol.timesync import TimeSyncer

LOSS_STEP = 0.15
"""Two links whose losses differ by less are equally good: with ten messages a second over 20 s, chance alone
makes a difference of 0.1 at 20 % loss."""

LOSS_BACK = 0.05
"""To go back to the preferred link its loss may be higher by this."""

PROVED_AFTER_S = 10.0
"""A link that is better, but not needed at once, is trusted when it has worked for so long."""

RANK = {LinkState.FRESH: 0, LinkState.STALE: 2, LinkState.UNKNOWN: 3, LinkState.LOST: 4}
"""The lower the better; 1 is a fresh link that carries ``HIGH_LATENCY2`` only."""


class LinkSet:
    """Chooses the best link: by freshness, then by loss, then by the order in which they were given.

    What is sent goes over the best link only, and state is read from it only: each link has a stream of its
    own, and a slow one would take the vehicle back in time. A link that carries nothing but
    ``HIGH_LATENCY2`` comes after every fresh other one. To go away from a link that is not fresh needs no
    proof; to go back to a better one does, so that a link at its limit does not make the vehicle's answers
    come now here, now there.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.links = [VehicleLink(name, order) for order, name in enumerate(names)]
        self.best = self.links[0]
        self.timesync = TimeSyncer()
        self._now = 0.0

    @property
    def freshness(self) -> LinkState:
        """How long ago the vehicle was heard, over whichever link."""
        if len(self.links) == 1:
            return self.best.freshness
        return min((link.freshness for link in self.links), key=RANK.__getitem__)

    def update(self, now: float) -> VehicleLink | None:
        """Judge all links again; return the one that was the best so far if now it is another."""
        self._now = now
        for link in self.links:
            link.update(now)
        if len(self.links) == 1:
            return None
        before, self.best = self.best, self._choice(now)
        return before if before is not self.best else None

    def next_timer(self) -> float | None:
        """Return when a judgement may change by silence alone."""
        if len(self.links) == 1:
            return self.best.watch.next_timer()
        timers = [link.watch.next_timer() for link in self.links]
        proofs = [_proved_at(link) for link in self.links if link is not self.best]
        timers += [proof for proof in proofs if proof is not None and proof > self._now]
        return min((timer for timer in timers if timer is not None), default=None)

    def quality(self) -> LinkQuality:
        """Return the figures of all links."""
        others = tuple(link.statistics(self._now) for link in self.links if link is not self.best)
        sample = self.timesync.best
        return LinkQuality(
            self.best.statistics(self._now),
            others,
            None if sample is None else sample.round_trip_s,
            None if sample is None else sample.offset_s,
        )

    def _choice(self, now: float) -> VehicleLink:
        choice = self.best
        for link in self.links:
            if _rank(link) < _rank(choice) or (_is_better(link, choice) and _is_proved(link, now)):
                choice = link
        return choice


def _rank(link: VehicleLink) -> int:
    rank = RANK[link.freshness]
    return 1 if rank == 0 and link.high_latency else rank


def _is_better(link: VehicleLink, other: VehicleLink) -> bool:
    """Say whether a link is better than one that is as fresh."""
    if link.freshness is not LinkState.FRESH or _rank(link) != _rank(other):
        return False
    gain = (other.loss or 0.0) - (link.loss or 0.0)
    return gain >= LOSS_STEP or (gain > -LOSS_BACK and link.order < other.order)


def _proved_at(link: VehicleLink) -> float | None:
    return None if link.fresh_since is None else link.fresh_since + PROVED_AFTER_S


def _is_proved(link: VehicleLink, now: float) -> bool:
    proof = _proved_at(link)
    return proof is not None and now >= proof


def worst(links: Sequence[VehicleLink]) -> VehicleLink | None:
    """Return the link that can best be spared: the least fresh, and the last of several."""
    return max(links, key=lambda link: (_rank(link), link.order), default=None)
