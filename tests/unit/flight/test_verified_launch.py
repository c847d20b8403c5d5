"""The verified launch against a scripted vehicle: what must happen, and how it may fail."""

from dataclasses import replace

import pytest

from flight.commands import CancelLaunch, Launch
from flight.errors import PlanDiffers
from flight.events import Landed, Launched, LaunchFailed, LaunchStarted, PayloadReleased, PlanVerified
from flight.plan import MissionItem, VehicleClass
from tests.unit.flight.fake_vehicle import FakeVehicle
from tests.unit.flight.harness import World
from tests.unit.flight.plans import ADDRESS, OTHER, small_plan

DELIVERY = [
    "LaunchStarted",
    "PlanVerified",
    "PreflightReported",
    "Launched",
    "PhaseChanged",
    "PhaseChanged",
    "PhaseChanged",
    "PayloadReleased",
    "PhaseChanged",
    "PhaseChanged",
    "PhaseChanged",
    "Landed",
]


@pytest.mark.parametrize("vehicle_class", list(VehicleClass))
def test_a_delivery_is_launched_flown_and_landed(vehicle_class: VehicleClass) -> None:
    world = World(FakeVehicle(vehicle_class))
    world.run(5)

    world.launch()
    landed = world.run_until(Landed)

    assert world.story == DELIVERY
    assert landed.released
    assert landed.distance_from_home_m < 1
    assert world.one(PayloadReleased).latitude_deg == pytest.approx(32.70676)
    assert world.one(PlanVerified).plan_hash == small_plan(vehicle_class).hash


def test_the_required_parameters_are_on_board_before_anything_is_armed() -> None:
    world = World()

    world.launch()
    world.run_until(PlanVerified)

    assert not world.vehicles[0].armed
    assert world.vehicles[0].parameters == dict(small_plan().parameters)


def test_a_vehicle_that_never_answers_fails_the_launch_by_its_identity() -> None:
    world = World(FakeVehicle(silent=True))

    world.launch()
    failed = world.run_until(LaunchFailed)

    assert failed.stage == "identity"
    assert "no heartbeat" in failed.reason


def test_a_vehicle_that_falls_silent_during_the_upload_fails_the_launch_in_bounded_time() -> None:
    world = World()
    world.launch()
    world.run(3)

    world.vehicles[0].silent = True
    failed = world.run_until(LaunchFailed, 400)

    assert "no" in failed.reason
    assert not world.vehicles[0].armed


def test_an_upload_whose_acknowledgement_never_comes_ends_in_bounded_time() -> None:
    vehicle = FakeVehicle()
    vehicle.lists.acks_swallowed = 1000
    world = World(vehicle)

    world.launch()
    failed = world.run_until(LaunchFailed)

    assert failed.stage == "mission upload"
    assert failed.at - world.one(LaunchStarted).at < 120
    assert vehicle.arm_commands == 0


def test_a_lost_acknowledgement_repeats_the_upload_and_the_launch_goes_on() -> None:
    vehicle = FakeVehicle()
    vehicle.lists.acks_swallowed = 2
    world = World(vehicle)

    world.launch()

    world.run_until(Launched)


@pytest.mark.parametrize(
    ("kind", "result", "stage", "words"),
    [
        (0, 4, "mission upload", "NO_SPACE"),
        (0, 10, "mission upload", "INVALID_PARAM5_X"),
        (1, 1, "fence upload", "ERROR"),
    ],
)
def test_a_refused_list_names_the_list_and_the_result(kind: int, result: int, stage: str, words: str) -> None:
    vehicle = FakeVehicle()
    vehicle.lists.refusal[kind] = result
    world = World(vehicle)

    world.launch()
    failed = world.run_until(LaunchFailed)

    assert failed.stage == stage
    assert words in failed.reason
    assert vehicle.arm_commands == 0


def test_a_plan_that_reads_back_differently_is_not_flown() -> None:
    vehicle = FakeVehicle()
    original = small_plan().mission[2]
    vehicle.lists.damage[0, 2] = replace(original, x_e7=original.x_e7 + 2)
    world = World(vehicle)

    world.launch()
    failed = world.run_until(LaunchFailed)

    assert failed.stage == "mission read-back"
    assert "mission item 2: x_e7" in failed.reason
    assert vehicle.arm_commands == 0


def test_an_old_rally_list_is_cleared() -> None:
    vehicle = FakeVehicle()
    vehicle.lists.stored[2] = (MissionItem(5100, 3, x_e7=1, y_e7=1),)
    world = World(vehicle)

    world.launch()
    world.run_until(Launched)

    assert vehicle.lists.stored[2] == ()


def test_a_vehicle_that_refuses_to_arm_is_quoted() -> None:
    world = World(FakeVehicle(arming_refusal="Compass not healthy"))

    world.launch()
    failed = world.run_until(LaunchFailed)

    assert failed.stage == "arm"
    assert failed.reason == "Arm: Compass not healthy"
    assert not world.vehicles[0].armed


def test_failing_pre_arm_checks_are_quoted_and_nothing_is_armed() -> None:
    world = World(FakeVehicle(prearm_problem="GPS 1: Bad fix"))

    world.launch()
    failed = world.run_until(LaunchFailed)

    assert failed.stage == "preflight"
    assert "PreArm: GPS 1: Bad fix" in failed.reason
    assert world.vehicles[0].arm_commands == 0


def test_a_battery_that_holds_too_little_for_the_flight_stops_the_launch() -> None:
    world = World(FakeVehicle(battery=10))

    world.launch()
    failed = world.run_until(LaunchFailed)

    assert "90 Wh and the flight needs 100 Wh" in failed.reason


def test_a_vehicle_that_stands_elsewhere_than_planned_is_not_launched() -> None:
    home = small_plan().home_latitude_e7 + 10_000, small_plan().home_longitude_e7
    world = World(FakeVehicle(home_e7=home))

    world.launch()
    failed = world.run_until(LaunchFailed)

    assert failed.stage == "preflight"
    assert "111 m from the planned home" in failed.reason


@pytest.mark.parametrize(
    ("vehicle", "words"),
    [
        (FakeVehicle(autopilot=12), "PX4"),
        (FakeVehicle(VehicleClass.QUADPLANE), "the plan is for a copter"),
        (FakeVehicle(armed=True), "the vehicle is armed"),
    ],
)
def test_a_vehicle_of_the_wrong_kind_or_state_is_refused(vehicle: FakeVehicle, words: str) -> None:
    world = World(vehicle)
    plan = small_plan()

    world.command(Launch("S1", 1, plan))
    failed = world.run_until(LaunchFailed)

    assert words in failed.reason
    assert vehicle.lists.stored[0] == ()


def test_a_quadplane_that_calls_itself_a_copter_is_refused() -> None:
    vehicle = FakeVehicle(VehicleClass.COPTER)
    world = World(vehicle)
    world.gateway = type(world.gateway)(vehicles=[(ADDRESS, VehicleClass.QUADPLANE)])

    world.command(Launch("S1", 1, small_plan(VehicleClass.QUADPLANE)))

    assert "no quadplane" in world.run_until(LaunchFailed).reason


def test_a_parameter_that_the_vehicle_does_not_have_is_named() -> None:
    vehicle = FakeVehicle()
    del vehicle.parameters["BATT_FS_LOW_ACT"]
    world = World(vehicle)

    world.launch()
    failed = world.run_until(LaunchFailed)

    assert failed.stage == "parameters"
    assert "BATT_FS_LOW_ACT" in failed.reason


def test_a_plan_for_an_unknown_vehicle_is_refused() -> None:
    world = World()

    world.command(Launch("S1", 1, small_plan(vehicle=OTHER)))
    failed = world.run_until(LaunchFailed)

    assert failed.stage == "refused"
    assert str(OTHER) in failed.reason


def test_a_second_launch_of_the_same_attempt_is_ignored() -> None:
    world = World()

    world.launch()
    world.run_until(PlanVerified)
    world.launch()
    world.run_until(Landed)
    world.launch()
    world.run(30)

    assert world.story == DELIVERY
    assert world.vehicles[0].arm_commands == 1


def test_a_launch_for_a_busy_vehicle_is_refused_and_the_flight_goes_on() -> None:
    world = World()
    world.launch()
    world.run_until(Launched)

    world.command(Launch("S2", 1, small_plan()))

    assert "busy with sortie S1" in world.run_until(LaunchFailed).reason
    assert world.run_until(Landed).sortie_id == "S1"


def test_a_second_attempt_after_a_failed_one_can_succeed() -> None:
    vehicle = FakeVehicle(arming_refusal="Compass not healthy")
    world = World(vehicle)
    world.launch(attempt=1)
    world.run_until(LaunchFailed)

    vehicle.arming_refusal = None
    world.launch(attempt=2)

    assert world.run_until(Landed).attempt == 2


def test_a_vehicle_can_fly_again_after_it_landed() -> None:
    world = World(FakeVehicle(VehicleClass.QUADPLANE))
    world.launch(attempt=1)
    world.run_until(Landed)

    world.events.clear()
    world.vehicles[0].seq = 9
    world.launch(attempt=2)
    landed = world.run_until(Landed)

    assert world.story == DELIVERY
    assert landed.attempt == 2


def test_a_launch_can_be_cancelled_before_arming() -> None:
    world = World()
    world.launch()
    world.run_until(LaunchStarted)

    world.command(CancelLaunch("S1", 1))
    failed = world.run_until(LaunchFailed)

    assert failed.stage == "cancelled"
    assert world.vehicles[0].arm_commands == 0


def test_a_launch_cannot_be_cancelled_in_the_air() -> None:
    world = World()
    world.launch()
    world.run_until(Launched)

    world.command(CancelLaunch("S1", 1))

    world.run_until(Landed)
    assert world.story == DELIVERY


def test_a_copter_that_armed_but_did_not_start_is_disarmed() -> None:
    world = World(FakeVehicle(ignored_commands={300}))

    world.launch()
    failed = world.run_until(LaunchFailed)

    assert failed.stage == "start"
    assert not world.vehicles[0].armed


def test_a_quadplane_whose_arm_acknowledgement_was_lost_has_launched() -> None:
    world = World(FakeVehicle(VehicleClass.QUADPLANE, deaf_to_arm_ack=True))

    world.launch()
    world.run_until(Launched)

    assert world.vehicles[0].flying
    assert not world.all(LaunchFailed)


def test_a_copter_whose_arm_acknowledgement_was_lost_is_disarmed_again() -> None:
    world = World(FakeVehicle(VehicleClass.COPTER, deaf_to_arm_ack=True))

    world.launch()
    failed = world.run_until(LaunchFailed)

    assert failed.stage == "arm"
    assert not world.vehicles[0].armed


def test_a_vehicle_that_is_silent_after_the_arm_command_is_not_called_failed_and_is_found_flying() -> None:
    vehicle = FakeVehicle(VehicleClass.QUADPLANE, silent_once_armed=True)
    world = World(vehicle)
    world.launch()
    world.run(200, lambda: vehicle.silent)

    world.run(40)
    told_in_silence = list(world.story)
    vehicle.silent = False
    world.run_until(Launched)

    assert told_in_silence == ["LaunchStarted", "PlanVerified", "PreflightReported"]
    assert world.vehicles[0].flying


def test_a_latch_that_does_not_close_stops_the_launch() -> None:
    world = World(FakeVehicle(servo9_us=1900, latch_stuck=True))

    world.launch()
    failed = world.run_until(LaunchFailed)

    assert failed.stage == "payload latch"
    assert "still 1900 us" in failed.reason


def test_a_wholly_different_plan_is_told_in_a_few_words() -> None:
    error = PlanDiffers("mission read-back", [f"mission item {number}: missing" for number in range(60)])

    assert error.reason.endswith("mission item 4: missing; and 55 more")
    assert len(error.differences) == 60
