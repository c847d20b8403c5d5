"""What will go wrong in one world: filled in by the kinds of fault, and then built."""

from collections import Counter
from dataclasses import dataclass, field

from api.soak.crash import Crash
from api.soak.town import Town
from api.soak.weather import Weather


@dataclass(frozen=True)
class Trouble:
    """A fault of a kind that strikes one drone, or the whole town (""), from a time on."""

    kind: str
    drone_id: str
    begins_s: float


@dataclass
class Scene:
    """One town and its troubles.

    Parameters
    ----------
    town
        Who is there.
    weather
        Links and wind.
    crashes
        Kills of the service.
    recalls_after_s
        By sortie: how long after its launch an operator calls it back.
    cancels_at_s
        By the text of a wish: when it is called off.
    vehicle_faults
        By drone, in the text form of `simulator.faults`.
    troubles
        All of these, as they are counted and as they explain what happens.
    """

    town: Town
    weather: Weather = field(default_factory=Weather)
    crashes: list[Crash] = field(default_factory=list)
    recalls_after_s: dict[str, float] = field(default_factory=dict)
    cancels_at_s: dict[str, float] = field(default_factory=dict)
    vehicle_faults: dict[str, list[str]] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)

    def note(self, kind: str, drone_id: str = "", begins_s: float = 0.0) -> None:
        """Note a fault of a kind; it strikes one drone, or the whole town."""
        self.troubles.append(Trouble(kind, drone_id, begins_s))

    def kinds_on(self, drones: tuple[str, ...], at_s: float) -> set[str]:
        """Return the kinds of fault that may have had a hand in what befell some drones at a time."""
        concerned = {"", *drones}
        return {each.kind for each in self.troubles if each.drone_id in concerned and each.begins_s <= at_s}

    def injected(self, until_s: float) -> Counter[str]:
        """Return how many faults of each kind have begun by a time."""
        return Counter(each.kind for each in self.troubles if each.begins_s <= until_s)
