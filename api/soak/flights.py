"""What was really flown: every time a drone was armed, with what it had on board then.

From the simulator's truth. What is on board is read from the memory of the vehicle itself, not by way of its
radio, which may be told to lose and delay what is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from api.soak.node import Node
from dispatch.values import Sortie
from simulator.values import TrackSample, VehicleTruth

if TYPE_CHECKING:
    from api.soak.world import World

ListItem = tuple[int, int, int, float]
"""Command, latitude and longitude (1e7 degrees), height (m): what makes an item of a list."""


@dataclass(frozen=True)
class Drop:
    """Where a parcel left its drone."""

    at: float
    latitude_deg: float
    longitude_deg: float


@dataclass
class Flight:
    """From arming until the drone is down and disarmed, wrecked, or switched off.

    ``sortie`` is the newest sortie of the drone as stored when it armed, ``on_board`` the mission (without
    home), fence and rally list at that instant, ``capacity_wh`` what the battery holds when full.
    """

    drone_id: str
    armed_at: float
    on_board: tuple[tuple[ListItem, ...], ...]
    sortie: Sortie | None
    before: VehicleTruth
    capacity_wh: float
    has_left_ground: bool = False
    drop: Drop | None = None
    ended_at: float | None = None
    after: VehicleTruth | None = None
    _payload_kg: float = field(default=0.0)

    @property
    def attempt(self) -> tuple[str, int] | None:
        """Sortie and attempt."""
        return None if self.sortie is None else (self.sortie.id, self.sortie.attempt)

    @property
    def energy_used_wh(self) -> float:
        """What the flight took from the battery; nothing before it has ended."""
        return 0.0 if self.after is None else self.after.energy_used_wh - self.before.energy_used_wh

    def part_of(self, track: Sequence[TrackSample]) -> list[TrackSample]:
        """Return the samples of this flight."""
        return [
            sample
            for sample in track
            if sample.armed
            and self.armed_at - 1.0 <= sample.time
            and (self.ended_at is None or sample.time <= self.ended_at)
        ]

    def note(self, truth: VehicleTruth, *, is_in_use: bool) -> None:
        """Take in what is so now."""
        self.has_left_ground |= not truth.on_ground
        if self.drop is None and self._payload_kg > 0.0 and truth.payload_kg == 0.0:
            self.drop = Drop(truth.time, truth.latitude_deg, truth.longitude_deg)
        self._payload_kg = truth.payload_kg
        if truth.wrecked or not is_in_use or (truth.on_ground and not truth.armed):
            self.ended_at, self.after = truth.time, truth


class Ledger:
    """Keeps all flights of a world, in the order in which they began."""

    def __init__(self) -> None:
        self.flights: list[Flight] = []
        self._under_way: dict[str, Flight] = {}

    def watch(self, world: "World") -> None:
        """Look at every drone."""
        for node in world.nodes.values():
            self._look_at(world, node)

    def of(self, drone_id: str) -> list[Flight]:
        """Return the flights of one drone."""
        return [flight for flight in self.flights if flight.drone_id == drone_id]

    def is_flying(self, drone_id: str) -> bool:
        """Say whether a drone is armed."""
        return drone_id in self._under_way

    def _look_at(self, world: "World", node: Node) -> None:
        truth = node.vehicle.truth
        flight = self._under_way.get(node.drone.id)
        if flight is None and node.is_in_use and truth.armed and not truth.wrecked:
            flight = _begun(world, node, truth)
            self._under_way[node.drone.id] = flight
            self.flights.append(flight)
        if flight is not None:
            flight.note(truth, is_in_use=node.is_in_use)
            if flight.ended_at is not None:
                del self._under_way[node.drone.id]


def _begun(world: "World", node: Node, truth: VehicleTruth) -> Flight:
    with world.store.reading() as uow:
        sorties = [each for each in uow.sorties.all() if each.drone_id == node.drone.id]
    return Flight(
        drone_id=node.drone.id,
        armed_at=truth.time,
        on_board=on_board(node),
        sortie=sorties[-1] if sorties else None,
        before=truth,
        capacity_wh=node.capacity_wh,
    )


def on_board(node: Node) -> tuple[tuple[ListItem, ...], ...]:
    """Return mission (without home), fence and rally list in the memory of a vehicle."""
    memory = node.vehicle.craft.memory
    stores = (memory.mission.items()[1:], memory.fence.items(), memory.rally.items())
    return tuple(tuple((each.command, each.x_e7, each.y_e7, each.z_m) for each in store) for store in stores)
