"""The state after a restart is the state before."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.soak.invariants.base import Invariant
from dispatch.store.store import Store
from dispatch.values import Event
from flight.link_state import LinkState

if TYPE_CHECKING:
    from api.soak.world import World

TAKEN_UP_WITHIN_S = 600.0
"""From the restart until the gateway follows a flight again: it waits so long for a heartbeat, on purpose
(``flight.launching.adoption``)."""

RECOVERY_EVENT = "sortie.adoption_ordered"
"""The only thing that a start writes."""


@dataclass(frozen=True)
class Dump:
    """All that the database says, by name."""

    records: dict[str, str]
    events: tuple[Event, ...]
    unsent: frozenset[tuple[str, int, str]]


def dump_of(store: Store) -> Dump:
    """Return what is in a database."""
    with store.reading() as uow:
        records = {each.id: repr(each) for each in uow.requests.all()}
        records |= {each.id: repr(each) for each in uow.sorties.all()}
        records |= {each.id: repr(each) for each in uow.drones.all()}
        records |= {f"plan of {each.id}": repr(uow.sorties.plan(each.id)) for each in uow.sorties.all()}
        unsent = frozenset((each.sortie_id, each.attempt, str(each.kind)) for each in uow.outbox.unsent())
        return Dump(records, tuple(uow.journal.after(0, 100_000)), unsent)


@dataclass(frozen=True)
class _Followed:
    """A flight that the gateway followed when it died, and until when it must follow it again."""

    drone_id: str
    sortie_id: str
    until: float


class RestartKeepsState(Invariant):
    """A start changes nothing in the database but to order adoptions, and every flight is followed again."""

    name = "state after restart"

    def __init__(self) -> None:
        super().__init__()
        self._before: Dump | None = None
        self._followed: list[_Followed] = []

    def killed(self, world: "World") -> None:
        """Keep what is in the database, and whom the gateway follows."""
        self._before = dump_of(world.store)
        if world.service is not None:
            self._followed = [
                _Followed(drone_id, snapshot.sortie_id, 0.0)
                for drone_id, node in world.nodes.items()
                for snapshot in [world.service.gateway.snapshots().get(node.drone.address)]
                if snapshot and snapshot.sortie_id and snapshot.link is LinkState.FRESH
            ]

    def started(self, world: "World") -> None:
        """Compare the databases, and begin to wait for the flights."""
        if self._before is None:
            return
        before, after = self._before, dump_of(world.store)
        for name in sorted(before.records.keys() | after.records.keys()):
            one, other = before.records.get(name), after.records.get(name)
            if one != other:
                self.broken(world, f"{name} was {one} before the restart and is {other} after it")
        self._compare_events(world, before, after)
        until = world.now + TAKEN_UP_WITHIN_S
        self._followed = [_Followed(each.drone_id, each.sortie_id, until) for each in self._followed]

    def watch(self, world: "World") -> None:
        """See whether the flights are followed again."""
        if not self._followed or world.service is None:
            return
        snapshots = world.service.gateway.snapshots()
        for each in list(self._followed):
            node = world.nodes[each.drone_id]
            snapshot = snapshots.get(node.drone.address)
            if node.is_down() or (snapshot and snapshot.sortie_id == each.sortie_id):
                self._followed.remove(each)
            elif world.now > each.until:
                self._followed.remove(each)
                figures = f"still in the air, and not followed {TAKEN_UP_WITHIN_S:g} s after the restart"
                self.broken(world, figures, drones=(each.drone_id,), sortie_id=each.sortie_id)

    def _compare_events(self, world: "World", before: Dump, after: Dump) -> None:
        if after.events[: len(before.events)] != before.events:
            self.broken(world, "the history before the restart has changed")
        new = [event.type for event in after.events[len(before.events) :] if event.type != RECOVERY_EVENT]
        if new:
            self.broken(world, f"the start wrote {', '.join(new)}")
        withdrawn = {each for each in before.unsent - after.unsent if each[2] != "launch"}
        if withdrawn:
            self.broken(world, f"the start dropped the commands {sorted(withdrawn)}")
