"""Small towns for the tests of the soak: one hub, one destination a quarter of an hour away and back."""

from dataclasses import replace

from api.soak.crash import Crash
from api.soak.run import Run, finish, prepare
from api.soak.scene import Scene
from api.soak.town import Town, Wish
from dispatch.values import Drone, TemperatureClass, Urgency
from flight.contingencies.policy import Policy
from flight.plan import VehicleAddress

LIMIT_S = 2400.0


def small_town(drones: int = 1) -> Town:
    """Return a town in which each drone is wanted, all at once."""
    return Town(tuple(map(_drone, range(1, drones + 1))), tuple(map(_wish, range(drones))), shares_air=False)


def run_of(scene: Scene, policy: Policy | None = None) -> Run:
    """Return the world of a scene, which ends before long whatever happens."""
    return replace(prepare(1, scene, policy=policy), limit_s=LIMIT_S)


def broken_rules(run: Run) -> set[str]:
    """Let the world end; return the names of the rules that were broken."""
    failures = finish(run).failures
    names = {invariant.name for invariant in run.invariants}
    return {name for name in names for failure in failures if failure.startswith(name)}


def scene(drones: int = 1, crashes: tuple[Crash, ...] = ()) -> Scene:
    """Return a small town without any trouble but crashes."""
    return Scene(small_town(drones), crashes=list(crashes))


def _drone(number: int) -> Drone:
    return Drone(f"Q{number}", "quadplane", VehicleAddress(f"udp:127.0.0.1:{14560 + number}", number), "NRP")


def _wish(number: int) -> Wish:
    urgency, box = Urgency.URGENT, TemperatureClass.COLD
    return Wish(20.0, f"医薬品 {number}", 1.2, box, urgency, 7200.0, from_site_id="NRP", to_site_id="HSC")
