"""What an invariant is, and how it says that it was broken."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from api.soak.watching import Watcher

if TYPE_CHECKING:
    from api.soak.world import World


@dataclass(frozen=True)
class Violation:
    """A rule that was broken.

    Parameters
    ----------
    invariant
        Name of the rule.
    at_s
        Virtual seconds since the start of the world.
    drones
        Those concerned, if any.
    sortie_id
        That concerned, if any.
    figures
        What was wrong, with all figures, as a sentence.
    """

    invariant: str
    at_s: float
    drones: tuple[str, ...]
    sortie_id: str | None
    figures: str

    def __str__(self) -> str:
        about = ", ".join(filter(None, (*self.drones, self.sortie_id)))
        return f"{self.invariant} at {self.at_s:.0f} s{f' ({about})' if about else ''}: {self.figures}"


class Invariant(Watcher):
    """A rule that holds in every world.

    ``watch``, ``killed`` and ``started`` look while the world runs, ``check`` when it has ended. Each thing
    that is wrong is told once, by ``broken``.
    """

    name: ClassVar[str]

    def __init__(self) -> None:
        self.violations: list[Violation] = []

    def check(self, world: "World") -> None:
        """Look at the world as it ended."""

    def broken(
        self,
        world: "World",
        figures: str,
        *,
        drones: tuple[str, ...] = (),
        sortie_id: str | None = None,
        at: float | None = None,
    ) -> None:
        """Note that the rule was broken; ``at`` is Unix time, now if not told."""
        at_s = world.elapsed_s if at is None else world.elapsed_s - (world.now - at)
        self.violations.append(Violation(self.name, at_s, drones, sortie_id, figures))
