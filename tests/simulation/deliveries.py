"""One delivery over a link that loses, repeats and reorders a fifth of all datagrams."""

from dispatch.states import RequestState
from flight.events import Launched, LaunchFailed, PayloadReleased, PlanVerified
from tests.simulation.judge import PlainStation
from tests.simulation.world import Weather, World

FIFTH = Weather(loss=0.2, duplicate=0.2, reorder=0.2, delay_s=0.1)
LAUNCH_LIMIT_S = 900.0


def launch_over_a_bad_link(seed: int) -> World:
    """Let a delivery launch; check that it flies the right plan, or never armed and says why."""
    world = World(seed, FIFTH)
    request = world.ask()

    def is_decided() -> bool:
        return any(isinstance(event, Launched | LaunchFailed) for event in world.events)

    assert world.run_until(is_decided, LAUNCH_LIMIT_S), f"seed {seed}: undecided"
    vehicle = world.nodes["Q1"].vehicle
    failures = [event for event in world.events if isinstance(event, LaunchFailed)]
    if failures:
        assert failures[0].reason, f"seed {seed}: no reason"
        assert not any(sample.armed for sample in vehicle.track), f"seed {seed}: armed, and called failed"
        return world
    plan = world.dispatcher.plan("S-0001").flight_plan
    on_board = PlainStation(vehicle, world.now).mission()[1:]
    wanted = [(item.command, item.x_e7, item.y_e7) for item in plan.mission[1:]]
    assert [(item.command, item.x, item.y) for item in on_board] == wanted, f"seed {seed}: wrong plan"
    assert [event.plan_hash for event in world.events if isinstance(event, PlanVerified)] == [plan.hash]
    assert world.dispatcher.request(request.id).state in (RequestState.LOADED, RequestState.IN_FLIGHT)
    return world


def finish(world: World, seed: int) -> str:
    """Let the delivery come to its end; return the request's state."""
    assert world.run_until(lambda: world.is_closed("R-0001")), f"seed {seed}: never ended"
    request = world.dispatcher.request("R-0001")
    if not any(isinstance(event, LaunchFailed) for event in world.events):
        assert request.state is RequestState.DELIVERED, f"seed {seed}: {request.state} {request.reason}"
        assert sum(isinstance(event, PayloadReleased) for event in world.events) == 1, f"seed {seed}"
        assert sum(isinstance(event, Launched) for event in world.events) == 1, f"seed {seed}"
    return str(request.state)
