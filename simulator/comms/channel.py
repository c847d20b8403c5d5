"""The radio link of a vehicle, in both directions, as good as its hazards let it be."""

from collections.abc import Hashable

from simulator.comms.link import BadLink, Luck
from simulator.hazards import Hazards

_STREAM = 3
"""Keeps these numbers apart from other chance that comes from the same seed."""

Packet = tuple[bytes, Hashable]


class Channel:
    """Carries datagrams between a vehicle and its peers.

    Parameters
    ----------
    hazards
        What is wrong with the link; looked at for every datagram.
    seed
        Seed of the luck of datagrams.
    """

    def __init__(self, hazards: Hazards, seed: int) -> None:
        self._hazards = hazards
        self._up: BadLink[Packet] = BadLink([seed, _STREAM, 0])
        self._down: BadLink[Packet] = BadLink([seed, _STREAM, 1])

    @property
    def is_spoilt(self) -> bool:
        """Say whether datagrams do not go straight through, or some are still under way."""
        return self._up.is_busy or self._down.is_busy or self._hazards.spoils_link

    def to_vehicle(self, packets: list[Packet], now: float) -> list[Packet]:
        """Take in what was sent to the vehicle; return what arrives there."""
        return self._carry(self._up, packets, self._hazards.loss_up, now)

    def to_ground(self, packets: list[Packet], now: float) -> list[Packet]:
        """Take in what the vehicle sent; return what arrives on the ground."""
        return self._carry(self._down, packets, self._hazards.loss_down, now)

    def _carry(self, link: BadLink[Packet], packets: list[Packet], loss: float, now: float) -> list[Packet]:
        hazards = self._hazards
        if not link.is_busy and not hazards.spoils_link:
            return packets
        link.luck = Luck(loss, hazards.duplicate, hazards.reorder, hazards.delay_s)
        for packet in packets:
            link.put(packet, now)
        return link.due(now)
