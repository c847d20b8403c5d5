"""Uploads without a launch: verified, and nothing armed."""

from dataclasses import replace

from flight.commands import Adopt, CancelLaunch, Launch, Upload
from flight.events import Landed, Launched, LaunchFailed, LaunchStarted, PlanVerified, UploadFailed
from flight.plan import VehicleClass
from flight.protocol.names import MissionType
from tests.unit.flight.fake_vehicle import FakeVehicle
from tests.unit.flight.harness import World
from tests.unit.flight.plans import OTHER, small_plan

PLAN = small_plan()
UPLOAD = Upload("S1", 1, PLAN)


def test_an_upload_puts_plan_and_parameters_on_board_and_arms_nothing() -> None:
    world = World()

    world.command(UPLOAD)
    verified = world.run_until(PlanVerified)
    world.run(60.0)

    assert world.story == ["PlanVerified"]
    assert verified.plan_hash == PLAN.hash
    assert world.vehicles[0].parameters == dict(PLAN.parameters)
    assert world.vehicles[0].arm_commands == 0


def test_the_ids_that_the_vehicle_gives_to_its_lists_are_kept_and_forgotten_at_an_adoption() -> None:
    world = World()
    world.vehicles[0].lists.opaque_ids = {MissionType.MISSION: 7, MissionType.FENCE: 8}
    world.command(UPLOAD)
    world.run_until(PlanVerified)
    vehicle = world.gateway._sessions[PLAN.vehicle].vehicle
    uploaded = list(vehicle.uploaded_ids)

    world.command(Adopt("S1", 2, PLAN))
    world.run(1.0)

    assert uploaded == [7, 8, 0]
    assert vehicle.uploaded_ids == [0, 0, 0]


def test_a_loaded_latch_is_left_as_it_is() -> None:
    world = World(FakeVehicle(servo9_us=1900))

    world.command(UPLOAD)
    world.run_until(PlanVerified)

    assert world.vehicles[0].servo9_us == 1900


def test_a_launch_follows_an_upload() -> None:
    world = World()
    world.command(UPLOAD)
    world.run_until(PlanVerified)

    world.command(Launch("S1", 2, PLAN))
    landed = world.run_until(Landed)

    assert landed.attempt == 2


def test_an_upload_that_the_vehicle_refuses_names_the_list() -> None:
    vehicle = FakeVehicle()
    vehicle.lists.refusal[0] = 3
    world = World(vehicle)

    world.command(UPLOAD)
    failed = world.run_until(UploadFailed)

    assert failed.stage == "mission upload"
    assert failed.reason.startswith("UNSUPPORTED (3)")


def test_nothing_is_uploaded_to_a_vehicle_that_flies() -> None:
    world = World()
    world.launch()
    world.run_until(Launched)
    stranger = World(FakeVehicle(armed=True, mode=5))

    world.command(replace(UPLOAD, attempt=2))
    stranger.command(UPLOAD)

    assert "busy" in world.run_until(UploadFailed).reason
    assert "armed" in stranger.run_until(UploadFailed).reason


def test_an_upload_for_an_unknown_vehicle_is_refused() -> None:
    world = World()

    world.command(Upload("S1", 1, small_plan(VehicleClass.COPTER, OTHER)))
    failed = world.run_until(UploadFailed)

    assert (failed.stage, failed.vehicle) == ("refused", OTHER)


def test_a_second_upload_of_the_same_attempt_is_ignored() -> None:
    world = World()

    world.command(UPLOAD)
    world.run_until(PlanVerified)
    world.command(UPLOAD)
    world.run(60.0)

    assert world.story == ["PlanVerified"]


def test_an_upload_can_be_cancelled() -> None:
    world = World(FakeVehicle(silent=True))
    world.command(UPLOAD)
    world.run(1.0)

    world.command(CancelLaunch("S1", 1))
    failed = world.run_until(UploadFailed)

    assert failed.stage == "cancelled"


def test_the_fence_is_switched_on_by_command_after_the_vehicle_knows_where_it_is() -> None:
    world = World(FakeVehicle(fence_enabled=False, home_e7=(0, 0)))

    world.launch()
    failed = world.run_until(LaunchFailed)

    assert "no position" in failed.reason
    assert not world.vehicles[0].fence_enabled
    assert world.all(LaunchStarted)
