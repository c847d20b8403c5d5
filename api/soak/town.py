"""The town of one seed: hubs, drones, and what the clinics ask for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dispatch.values import Drone, TemperatureClass, Urgency
from flight.plan import VehicleAddress
from geofences.values import Site
from simulator.geodesy import LocalFrame
from simulator.values import HomePoint

PLACES_APART_M = 6.0
"""Between the drones of one hub, in a row on the quay."""

FIRST_ASKED_S = (10.0, 70.0)
"""The first request comes when the drones have just booted, or while they do."""

DAY_S = 10 * 3600.0
"""From dawn to dusk: nobody flies at night."""


@dataclass(frozen=True)
class Errand:
    """Where a type of drone goes from a hub, and how often, as a weight."""

    hub: str
    type_id: str
    destination: str
    weight: float


ERRANDS = (
    Errand("FKP", "quadplane", "HSC", 5.0),
    Errand("FKP", "quadplane", "IFC", 1.5),
    Errand("FKP", "quadplane", "AKP", 0.7),
    Errand("FKP", "quadplane", "NRP", 0.4),
    Errand("FKP", "quadplane", "OSC", 0.4),
    Errand("NRP", "quadplane", "HSC", 6.0),
    Errand("NRP", "quadplane", "IFC", 1.5),
    Errand("NRP", "quadplane", "HGC", 0.5),
    Errand("NRP", "quadplane", "WKC", 0.4),
    Errand("NRP", "copter", "HSC", 1.6),
)
"""Round trips of 15 to 30 minutes, most of them short: the longest of the islands take an hour and more, and
show nothing that these do not."""


@dataclass(frozen=True)
class Wish:
    """What a clinic asks for, and when (seconds from the start of the world)."""

    at_s: float
    items: str
    mass_kg: float
    temperature: TemperatureClass
    urgency: Urgency
    patience_s: float
    from_site_id: str
    to_site_id: str


@dataclass(frozen=True)
class Town:
    """Drones and wishes; ``shares_air`` says whether drones of one hub may fly at once.

    All parcels of a town have one mass, so that what hangs under a drone is what was asked for.
    """

    fleet: tuple[Drone, ...]
    wishes: tuple[Wish, ...]
    shares_air: bool

    @property
    def parcel_kg(self) -> float:
        """The mass of each parcel."""
        return self.wishes[0].mass_kg


def short_town(chance: np.random.Generator) -> Town:
    """Return an hour of a small town: one to three wishes, and a drone for each."""
    count = int(chance.choice([1, 2, 3], p=[0.88, 0.1, 0.02]))
    errands = _draw(chance, ERRANDS, count)
    asked_s = np.sort(chance.uniform(*FIRST_ASKED_S, count))
    return Town(_fleet(errands), _wishes(chance, errands, asked_s), shares_air=bool(chance.random() < 0.5))


def day_town(chance: np.random.Generator) -> Town:
    """Return a day of two hubs with six drones: two to four dozen wishes."""
    errands = _draw(chance, ERRANDS, int(chance.integers(24, 49)))
    asked_s = np.sort(chance.uniform(FIRST_ASKED_S[0], DAY_S - 7200.0, len(errands)))
    based = (
        [("FKP", "quadplane")] * 2 + [("FKP", "copter")] + [("NRP", "quadplane")] * 2 + [("NRP", "copter")]
    )
    fleet = _drones(based)
    return Town(fleet, _wishes(chance, errands, asked_s), shares_air=bool(chance.random() < 0.5))


def home_of(drone: Drone, fleet: Sequence[Drone], base: Site) -> HomePoint:
    """Return where a drone stands: in a row from west to east on the pad of its base."""
    neighbours = [each.id for each in fleet if each.base_site_id == drone.base_site_id]
    east_m = (neighbours.index(drone.id) - (len(neighbours) - 1) / 2) * PLACES_APART_M
    frame = LocalFrame(base.position.latitude_deg, base.position.longitude_deg)
    return HomePoint(*frame.degrees_from_local(0.0, east_m), base.elevation_amsl_m)


def _draw(chance: np.random.Generator, errands: Sequence[Errand], count: int) -> list[Errand]:
    weights = np.array([errand.weight for errand in errands])
    return [errands[index] for index in chance.choice(len(errands), count, p=weights / weights.sum())]


def _fleet(errands: Sequence[Errand]) -> tuple[Drone, ...]:
    return _drones([(errand.hub, errand.type_id) for errand in errands])


def _drones(based: Sequence[tuple[str, str]]) -> tuple[Drone, ...]:
    counts: dict[str, int] = {}
    fleet = []
    for number, (hub, type_id) in enumerate(based, start=1):
        counts[type_id] = counts.get(type_id, 0) + 1
        name = f"{type_id[0].upper()}{counts[type_id]}"
        fleet.append(Drone(name, type_id, VehicleAddress(f"udp:127.0.0.1:{14560 + number}", number), hub))
    return tuple(fleet)


def _wishes(
    chance: np.random.Generator, errands: Sequence[Errand], asked_s: Sequence[float] | np.ndarray
) -> tuple[Wish, ...]:
    mass_kg = round(float(chance.uniform(0.2, 2.4)), 2)
    return tuple(
        _wish(chance, number, errand, float(at_s), mass_kg)
        for number, (errand, at_s) in enumerate(zip(errands, asked_s, strict=True), start=1)
    )


def _wish(chance: np.random.Generator, number: int, errand: Errand, at_s: float, mass_kg: float) -> Wish:
    box = [TemperatureClass.AMBIENT, TemperatureClass.COLD]
    if errand.type_id == "copter":
        box.append(TemperatureClass.FROZEN)
    return Wish(
        at_s=at_s,
        items=f"医薬品 {number}",
        mass_kg=mass_kg,
        temperature=box[int(chance.integers(len(box)))],
        urgency=list(Urgency)[int(chance.choice(3, p=[0.5, 0.3, 0.2]))],
        patience_s=float(chance.uniform(3600.0, 4 * 3600.0)),
        from_site_id=errand.hub,
        to_site_id=errand.destination,
    )
