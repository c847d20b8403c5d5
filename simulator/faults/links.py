"""Faults of the radio link: every datagram of both directions, or of one, has its luck."""

from dataclasses import dataclass
from typing import ClassVar

from simulator.errors import ConfigurationError
from simulator.faults.base import Fault
from simulator.hazards import Hazards

DIRECTIONS = ("up", "down")


def check_share(kind: str, share: float) -> None:
    """Raise ConfigurationError where a number is not a share."""
    if not 0.0 < share <= 1.0:
        raise ConfigurationError(f"fault {kind}", f"share {share}", "give a number above 0, up to 1")


@dataclass(frozen=True, slots=True)
class LinkLoss(Fault):
    """A share of all datagrams is lost, in both directions; 1 is silence."""

    kind: ClassVar[str] = "link_loss"
    share: float = 1.0

    def __post_init__(self) -> None:
        check_share(self.kind, self.share)

    def harm(self, hazards: Hazards, elapsed_s: float) -> None:
        """Lose more than is lost already."""
        hazards.loss_up = 1.0 - (1.0 - hazards.loss_up) * (1.0 - self.share)
        hazards.loss_down = 1.0 - (1.0 - hazards.loss_down) * (1.0 - self.share)


@dataclass(frozen=True, slots=True)
class LinkOneWay(Fault):
    """One direction is dead: ``up`` what the ground sends, ``down`` what the vehicle sends."""

    kind: ClassVar[str] = "link_one_way"
    direction: str = "down"

    def __post_init__(self) -> None:
        if self.direction not in DIRECTIONS:
            raise ConfigurationError(f"fault {self.kind}", f"{self.direction!r}", "choose up or down")

    def harm(self, hazards: Hazards, elapsed_s: float) -> None:
        """Lose everything in the direction."""
        if self.direction == "up":
            hazards.loss_up = 1.0
        else:
            hazards.loss_down = 1.0


@dataclass(frozen=True, slots=True)
class LinkDelay(Fault):
    """Every datagram takes longer."""

    kind: ClassVar[str] = "link_delay"
    delay_s: float = 1.0

    def __post_init__(self) -> None:
        if not 0.0 < self.delay_s <= 600.0:
            raise ConfigurationError(f"fault {self.kind}", f"delay {self.delay_s} s", "give up to 600 s")

    def harm(self, hazards: Hazards, elapsed_s: float) -> None:
        """Add the delay."""
        hazards.delay_s += self.delay_s


@dataclass(frozen=True, slots=True)
class LinkDuplicate(Fault):
    """A share of all datagrams comes twice."""

    kind: ClassVar[str] = "link_duplicate"
    share: float = 0.2

    def __post_init__(self) -> None:
        check_share(self.kind, self.share)

    def harm(self, hazards: Hazards, elapsed_s: float) -> None:
        """Repeat more than is repeated already."""
        hazards.duplicate = 1.0 - (1.0 - hazards.duplicate) * (1.0 - self.share)


@dataclass(frozen=True, slots=True)
class LinkReorder(Fault):
    """A share of all datagrams is held back, so that later ones overtake them."""

    kind: ClassVar[str] = "link_reorder"
    share: float = 0.2

    def __post_init__(self) -> None:
        check_share(self.kind, self.share)

    def harm(self, hazards: Hazards, elapsed_s: float) -> None:
        """Hold back more than is held back already."""
        hazards.reorder = 1.0 - (1.0 - hazards.reorder) * (1.0 - self.share)
