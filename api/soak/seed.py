"""One seed: flown, judged, and looked at again with hindsight."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from api.soak.faults import FaultKind
from api.soak.hindsight import avoidable_losses
from api.soak.outcome import Outcome
from api.soak.run import Run, finish, prepare, scene_of
from api.soak.watching import Person
from flight.contingencies.policy import Policy


def fly(seed: int, kinds: Sequence[FaultKind], *, is_day: bool = False, log: Path | None = None) -> Outcome:
    """Run the world of a seed to its end, and judge it; ``log`` is a file for its event log."""

    def world_of_seed(people: Sequence[Person] = (), policy: Policy | None = None) -> Run:
        scene = scene_of(seed, kinds, is_day=is_day)
        return prepare(seed, scene, is_day=is_day, people=people, policy=policy)

    run = world_of_seed()
    with closing(run.world.store):
        outcome = finish(run)
        avoidable = tuple(avoidable_losses(run, world_of_seed))
    if log is not None:
        run.world.log.save(log)
    return replace(outcome, failures=outcome.failures + avoidable)
