"""Preflight within a launch: what stops it, what a person may let pass, and what is told of it."""

from dataclasses import replace

import pytest

from flight.commands import CancelLaunch, Launch, OverridePreflight
from flight.errors import LocalFlightError
from flight.events import Landed, Launched, LaunchFailed, PlanVerified, PreflightReported, Severity
from flight.gateway import Gateway
from flight.plan import VehicleClass
from flight.preflight.settings import PreflightSettings
from tests.unit.flight.fake_vehicle import FakeVehicle
from tests.unit.flight.harness import World
from tests.unit.flight.plans import small_plan

OLD = 0x04040000


def outcome(event: PreflightReported, name: str) -> Severity:
    (result,) = (each for each in event.checks if each.name == name)
    return result.severity


def world_with(vehicle: FakeVehicle, settings: PreflightSettings) -> World:
    world = World(vehicle)
    world.gateway = Gateway(vehicles=[(vehicle.address, vehicle.vehicle_class)], preflight=settings)
    return world


def waiting_world(vehicle: FakeVehicle) -> World:
    """A launch that has reported soft failures and waits for a person."""
    world = World(vehicle)
    world.launch()
    world.run_until(PreflightReported)
    return world


def override(reason: str = "the plate on the autopilot says 4.6") -> OverridePreflight:
    return OverridePreflight("S1", 1, "sato", reason)


def test_a_launch_that_passes_reports_every_check_once_and_goes_on() -> None:
    world = World()

    world.launch()
    world.run_until(Launched)

    report = world.one(PreflightReported)
    assert len(report.checks) == 12
    assert {each.severity for each in report.checks} <= {Severity.PASSED, Severity.WARNING}
    assert report.overridden_by is None


@pytest.mark.parametrize(
    ("vehicle", "name", "words"),
    [
        (FakeVehicle(firmware=OLD), "firmware", "ArduPilot 4.4.0; 4.5 or newer is needed"),
        (FakeVehicle(fence_enabled=False, fence_stuck=True), "fence", "not enabled"),
        (FakeVehicle(fence_breached=True), "fence", "outside its fence"),
        (FakeVehicle(battery=11), "battery", "99 Wh and the flight needs 100 Wh"),
        (FakeVehicle(prearm_problem="Compass not calibrated"), "arming", "PreArm: Compass not calibrated"),
    ],
)
def test_a_hard_failure_is_reported_and_nothing_is_armed_whatever_a_person_says(
    vehicle: FakeVehicle, name: str, words: str
) -> None:
    world = World(vehicle)
    world.launch()
    report = world.run_until(PreflightReported)

    world.command(override())
    failed = world.run_until(LaunchFailed)

    assert outcome(report, name) is Severity.HARD_FAILURE
    assert failed.stage == "preflight"
    assert words in failed.reason
    assert len(world.all(PreflightReported)) == 1
    assert vehicle.arm_commands == 0


def test_a_fence_that_an_earlier_divert_switched_off_is_switched_on_by_command() -> None:
    vehicle = FakeVehicle(fence_enabled=False)
    world = World(vehicle)

    world.launch()
    world.run_until(Launched)

    assert vehicle.fence_enabled


def test_a_plan_of_another_airspace_than_that_in_force_is_not_flown() -> None:
    world = World()

    world.command(Launch("S1", 1, small_plan(), airspace_version="b"))

    assert "planned in airspace a, and b is in force" in world.run_until(LaunchFailed).reason
    assert world.vehicles[0].arm_commands == 0


def test_a_plan_of_the_airspace_in_force_is_flown() -> None:
    world = World()

    world.command(Launch("S1", 1, small_plan(), airspace_version="a"))

    world.run_until(Launched)
    assert outcome(world.one(PreflightReported), "airspace") is Severity.PASSED


def test_a_plan_for_another_board_is_not_flown() -> None:
    world = World()

    world.command(Launch("S1", 1, replace(small_plan(), vehicle_uid="00" * 18)))

    assert "planned for board" in world.run_until(LaunchFailed).reason
    assert world.vehicles[0].arm_commands == 0


def test_a_parameter_that_somebody_changes_after_it_was_set_is_noticed_with_its_purpose() -> None:
    vehicle = FakeVehicle()
    world = World(vehicle)
    world.launch()
    world.run_until(PlanVerified)

    vehicle.parameters["BATT_FS_LOW_ACT"] = 2.0
    failed = world.run_until(LaunchFailed)

    assert "BATT_FS_LOW_ACT is 2 and not 6 (on low battery the way home is the return path" in failed.reason
    assert vehicle.arm_commands == 0


def test_a_soft_failure_waits_and_an_override_lets_it_pass_with_name_and_reason() -> None:
    vehicle = FakeVehicle(firmware=None)
    world = waiting_world(vehicle)
    world.run(30)
    armed_before = vehicle.arm_commands

    world.command(override())
    world.run_until(Landed)

    first, decision = world.all(PreflightReported)
    assert armed_before == 0
    assert (first.overridden_by, first.override_reason) == (None, None)
    assert (decision.overridden_by, decision.override_reason) == (
        "sato",
        "the plate on the autopilot says 4.6",
    )
    assert outcome(decision, "firmware") is Severity.SOFT_FAILURE


def test_an_override_that_never_comes_ends_the_launch_with_a_second_report() -> None:
    vehicle = FakeVehicle(firmware=None)
    world = waiting_world(vehicle)

    failed = world.run_until(LaunchFailed)

    assert "firmware" in failed.reason
    assert failed.at - world.all(PreflightReported)[0].at == pytest.approx(300, abs=2)
    assert [each.overridden_by for each in world.all(PreflightReported)] == [None, None]
    assert vehicle.arm_commands == 0


def test_a_soft_failure_that_ends_by_itself_needs_nobody() -> None:
    vehicle = FakeVehicle(battery=14)
    world = waiting_world(vehicle)

    vehicle.battery = 100
    world.run_until(Launched)

    assert [each.overridden_by for each in world.all(PreflightReported)] == [None, None]
    assert [outcome(each, "battery") for each in world.all(PreflightReported)] == [
        Severity.SOFT_FAILURE,
        Severity.PASSED,
    ]


def test_an_override_does_not_cover_a_failure_that_was_not_shown() -> None:
    vehicle = FakeVehicle(firmware=None)
    world = waiting_world(vehicle)

    vehicle.battery = 14
    world.run(5)
    world.command(override())
    failed = world.run_until(LaunchFailed)

    assert "reserve" in failed.reason
    assert "firmware" not in failed.reason
    assert vehicle.arm_commands == 0


def test_an_override_does_not_cover_a_hard_failure_that_comes_while_a_person_is_waited_for() -> None:
    vehicle = FakeVehicle(battery=14)
    world = waiting_world(vehicle)

    vehicle.battery = 5
    world.run(5)
    world.command(override())
    failed = world.run_until(LaunchFailed)

    assert "45 Wh" in failed.reason
    assert vehicle.arm_commands == 0


def test_an_override_before_the_report_is_of_no_use() -> None:
    vehicle = FakeVehicle(firmware=None)
    world = World(vehicle)
    world.launch()

    world.command(override())
    world.run_until(LaunchFailed)

    assert vehicle.arm_commands == 0


@pytest.mark.parametrize("reason", ["", "  "])
def test_an_override_without_a_reason_does_not_exist(reason: str) -> None:
    with pytest.raises(LocalFlightError, match="needs a reason"):
        override(reason)


def test_a_plan_that_is_changed_while_a_person_is_waited_for_is_not_flown() -> None:
    vehicle = FakeVehicle(firmware=None)
    world = waiting_world(vehicle)

    vehicle.lists.stored[0] = vehicle.lists.stored[0][:-1]
    world.command(override())
    failed = world.run_until(LaunchFailed)

    assert failed.stage == "mission read-back"
    assert vehicle.arm_commands == 0


def test_a_fence_that_is_switched_off_while_a_person_is_waited_for_is_noticed() -> None:
    vehicle = FakeVehicle(firmware=None)
    world = waiting_world(vehicle)

    vehicle.fence_enabled = False
    world.command(override())
    failed = world.run_until(LaunchFailed)

    assert "fence is not enabled" in failed.reason
    assert vehicle.arm_commands == 0


def test_a_launch_that_waits_for_a_person_can_be_cancelled() -> None:
    vehicle = FakeVehicle(firmware=None)
    world = waiting_world(vehicle)

    world.command(CancelLaunch("S1", 1))

    assert world.run_until(LaunchFailed).stage == "cancelled"
    assert vehicle.arm_commands == 0


@pytest.mark.parametrize("vehicle_class", list(VehicleClass))
def test_a_vehicle_that_becomes_unfit_right_before_the_arm_command_is_not_armed(
    vehicle_class: VehicleClass,
) -> None:
    vehicle = FakeVehicle(vehicle_class)
    world = World(vehicle)
    world.launch()
    world.run_until(PreflightReported)

    vehicle.prearm_problem = "Battery failsafe"
    failed = world.run_until(LaunchFailed)

    assert "PreArm: Battery failsafe" in failed.reason
    assert vehicle.arm_commands == 0


def test_a_quadplane_waits_for_a_person_in_a_mode_in_which_arming_does_not_start_the_mission() -> None:
    vehicle = FakeVehicle(VehicleClass.QUADPLANE, firmware=None, mode=10)
    world = waiting_world(vehicle)

    world.run(60)

    assert vehicle.mode == 5


def test_a_quadplane_that_is_not_armed_after_all_does_not_stay_in_auto() -> None:
    vehicle = FakeVehicle(VehicleClass.QUADPLANE)
    world = World(vehicle)
    world.launch()
    world.run(100, lambda: vehicle.mode == 10)

    vehicle.prearm_problem = "Battery failsafe"
    world.run_until(LaunchFailed)

    assert vehicle.mode == 5


def test_a_quadplane_that_refuses_to_arm_does_not_stay_in_auto() -> None:
    vehicle = FakeVehicle(VehicleClass.QUADPLANE, arming_refusal="Compass not healthy")
    world = World(vehicle)

    world.launch()
    world.run_until(LaunchFailed)

    assert vehicle.mode == 5


def test_a_quadplane_that_somebody_else_flies_in_auto_is_left_in_it() -> None:
    vehicle = FakeVehicle(VehicleClass.QUADPLANE, mode=10, armed=True)
    world = World(vehicle)

    world.launch()
    world.run_until(LaunchFailed)

    assert vehicle.mode == 10


def test_a_check_that_is_switched_off_stops_nothing() -> None:
    vehicle = FakeVehicle(firmware=OLD)
    world = world_with(vehicle, PreflightSettings({"firmware": Severity.OFF}))

    world.launch()
    world.run_until(Launched)

    assert outcome(world.one(PreflightReported), "firmware") is Severity.OFF


def test_the_time_that_a_person_has_is_a_setting() -> None:
    world = world_with(FakeVehicle(firmware=None), PreflightSettings(override_wait_s=20))

    world.launch()
    first = world.run_until(PreflightReported)
    failed = world.run_until(LaunchFailed)

    assert failed.at - first.at == pytest.approx(20, abs=2)
