"""What goes wrong before take-off: a clear reason, the request survives, and nothing is armed."""

from flight.events import LaunchFailed, LaunchStarted
from tests.simulation.judge import PlainStation
from tests.simulation.world import World


def is_settled(world: World) -> bool:
    return any(isinstance(event, LaunchFailed) for event in world.events)


def test_a_drone_that_never_answers_leaves_the_request_waiting_with_the_reason() -> None:
    world = World(drones=())
    request = world.ask()

    world.run_for(120.0)

    kept = world.dispatcher.request(request.id)
    assert kept.state == "accepted"
    assert kept.reason is not None
    assert "Q1" in kept.reason.en


def test_a_link_that_dies_during_the_upload_fails_the_launch_and_keeps_the_request() -> None:
    world = World()
    request = world.ask()
    assert world.run_until(lambda: any(isinstance(event, LaunchStarted) for event in world.events), 600.0)

    world.nodes["Q1"].is_heard = False
    assert world.run_until(lambda: is_settled(world), 600.0)

    kept = world.dispatcher.request(request.id)
    assert kept.state == "failed"
    assert kept.reason is not None
    assert [sortie.state for sortie in world.dispatcher.sorties()] == ["aborted"]
    assert not any(sample.armed for sample in world.nodes["Q1"].vehicle.track)


def test_a_vehicle_that_refuses_arming_is_quoted_and_the_request_survives() -> None:
    world = World()
    world.run_for(60.0)
    PlainStation(world.nodes["Q1"].vehicle, world.now).set_parameter("BATT_LOW_VOLT", 13.0)
    request = world.ask()

    assert world.run_until(lambda: is_settled(world), 900.0)

    kept = world.dispatcher.request(request.id)
    assert kept.state == "failed"
    assert kept.reason is not None
    assert "attery" in kept.reason.en
    assert not any(sample.armed for sample in world.nodes["Q1"].vehicle.track)
