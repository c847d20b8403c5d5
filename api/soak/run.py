"""One seed, one world: made, run to its end, and judged."""

import logging
import time
import traceback
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from api.soak.airspace import goto
from api.soak.crash import CrashGate
from api.soak.faults import FaultKind, excuse
from api.soak.flight_end import end_of
from api.soak.invariants import Invariant, all_invariants
from api.soak.node import Berth
from api.soak.outcome import Outcome
from api.soak.people.clinic import Clinic
from api.soak.people.crew import GroundCrew
from api.soak.people.operator import Operator
from api.soak.scene import Scene
from api.soak.town import DAY_S, day_town, home_of, short_town
from api.soak.watching import Person
from api.soak.world import START, World
from dispatch.catalogue import load_drone_types
from dispatch.states import RequestState
from flight.contingencies.policy import Policy
from simulator.faults import parse_fault
from simulator.values import VehicleClass, VehicleConfig

LIMIT_S = 3 * 3600.0
"""A short town: the longest of its flights take half an hour, and each may be tried again."""

QUIET_S = 1500.0
"""Nobody flies by the record and nothing was recorded for so long: what waits now waits for good."""

LOOK_EVERY_S = 30.0
"""How often it is asked whether all is over."""

_OVER = frozenset(
    {
        RequestState.RECEIVED,
        RequestState.REJECTED,
        RequestState.CANCELLED,
        RequestState.HANDED_OVER,
    }
)


@dataclass(frozen=True)
class Run:
    """One world and all who are in it."""

    seed: int
    scene: Scene
    world: World
    clinic: Clinic
    invariants: Sequence[Invariant]
    limit_s: float


def scene_of(seed: int, kinds: Sequence[FaultKind], *, is_day: bool) -> Scene:
    """Return the town of a seed and its troubles.

    Town and kinds have random numbers of their own: with fewer kinds of fault a seed keeps its town, and what
    is left of its faults.
    """
    town = (day_town if is_day else short_town)(np.random.default_rng((seed, 0)))
    scene = Scene(town)
    for kind in kinds:
        chance = np.random.default_rng((seed, 1, zlib.crc32(kind.name.encode())))
        if chance.random() < kind.share:
            kind.draw(scene, chance)
    return scene


def prepare(
    seed: int,
    scene: Scene,
    *,
    is_day: bool = False,
    people: Sequence[Person] = (),
    policy: Policy | None = None,
) -> Run:
    """Return the world of a scene, at its start.

    ``people`` are there beside those of the town; ``policy`` is the gateway's.
    """
    chance = np.random.default_rng((seed, 2))
    clinic = Clinic(scene.town.wishes, dict(scene.cancels_at_s))
    operator = Operator(dict(scene.recalls_after_s), retries=bool(chance.random() < 0.15) or is_day)
    invariants = all_invariants(seed)
    world = World(
        _berths(seed, scene),
        scene.weather,
        gate=CrashGate(scene.crashes, START.timestamp()),
        people=(clinic, operator, GroundCrew(), *people),
        watchers=invariants,
        shares_air=scene.town.shares_air,
        policy=policy,
    )
    return Run(seed, scene, world, clinic, invariants, DAY_S if is_day else LIMIT_S)


def finish(run: Run) -> Outcome:
    """Let a world come to its end, and judge it."""
    begun = time.process_time()
    with _errors_logged() as errors:
        failures = to_the_end(run)
    excused = _judge(run, failures)
    world = run.world
    with world.store.reading() as uow:
        endings = Counter(str(request.state) for request in uow.requests.all())
    return Outcome(
        seed=run.seed,
        faults=_injected(run),
        endings=endings,
        flights=_flights(run),
        failures=(*failures, *errors),
        excused=tuple(excused),
        simulated_s=world.elapsed_s,
        cpu_s=time.process_time() - begun,
        log_hash=world.log.hash,
    )


def _flights(run: Run) -> Counter[tuple[str, str]]:
    """Count how the flights ended, for each kind of fault that had struck the drone or the town by then."""
    world = run.world
    counts: Counter[tuple[str, str]] = Counter()
    for flight in world.ledger.flights:
        end = end_of(world, flight)
        if end is not None:
            ended_s = world.elapsed_s - (world.now - (flight.ended_at or world.now))
            kinds = run.scene.kinds_on((flight.drone_id,), ended_s) or {"none"}
            counts.update((kind, str(end)) for kind in kinds)
            counts["all", str(end)] += 1
    return counts


def _injected(run: Run) -> Counter[str]:
    """Return the faults that have really begun; a crash may wait in vain for what it is to follow upon."""
    planned = run.scene.injected(run.world.elapsed_s)
    del planned["crash"]
    kills = len(run.world.gate.kills)
    return planned + Counter(crash=kills)


def is_over(run: Run) -> bool:
    """Say whether nothing more will happen."""
    world = run.world
    if run.clinic.left or any(world.ledger.is_flying(drone_id) for drone_id in world.nodes):
        return False
    with world.store.reading() as uow:
        active, requests = uow.sorties.active(), uow.requests.all()
    if not active and all(request.state in _OVER for request in requests):
        return True
    is_quiet = world.now - world.history[-1].at.timestamp() > QUIET_S
    return is_quiet and all(sortie.launched_at is None for sortie in active)


def to_the_end(run: Run) -> list[str]:
    """Let the world go on until it is over; return what broke it, if anything did."""
    try:
        while run.world.elapsed_s < run.limit_s and not is_over(run):
            run.world.run_for(LOOK_EVERY_S)
    except Exception:
        return [f"broken at {run.world.elapsed_s:.0f} s:\n{traceback.format_exc()}"]
    return []


def _judge(run: Run, failures: list[str]) -> list[str]:
    """Add what broke a rule to the failures; return what a fault explains."""
    excused, came_to_its_end = [], not failures
    run.world.read_journal()
    for invariant in run.invariants:
        if came_to_its_end:
            invariant.check(run.world)
        for violation in invariant.violations:
            reason = excuse(run.scene, violation)
            if reason is None:
                failures.append(str(violation))
            else:
                excused.append(f"{violation} ({reason})")
    return excused


def _berths(seed: int, scene: Scene) -> list[Berth]:
    types = load_drone_types()
    fleet, airspace = scene.town.fleet, goto()
    return [
        Berth(
            drone,
            VehicleConfig(
                drone.id,
                VehicleClass(types[drone.type_id].vehicle_class.value),
                home_of(drone, fleet, airspace.site(drone.base_site_id)),
                drone.address.system_id,
                scene.weather.wind,
                100 * seed + number,
                payload_kg=scene.town.parcel_kg,
                faults=tuple(map(parse_fault, scene.vehicle_faults.get(drone.id, ()))),
            ),
        )
        for number, drone in enumerate(fleet)
    ]


@contextmanager
def _errors_logged() -> Iterator[list[str]]:
    """Collect what the gateway logs as an error: it never lets an exception out, and none is expected."""
    errors = _Errors()
    logger = logging.getLogger("flight")
    logger.addHandler(errors)
    try:
        yield errors.texts
    finally:
        logger.removeHandler(errors)


class _Errors(logging.Handler):
    """Keeps what is logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.texts.append(f"logged: {logging.Formatter().format(record)}")
