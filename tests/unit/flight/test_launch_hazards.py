"""Launches where the vehicle, its place or the link is not what it seemed."""

from flight.events import FlightAdopted, Landed, Launched, LaunchFailed
from flight.launching.arming import Arming, leave_safe
from flight.plan import VehicleClass
from flight.procedure import Runner
from flight.protocol.messages import Heartbeat
from flight.vehicle import Vehicle
from tests.unit.flight.fake_vehicle import FakeVehicle
from tests.unit.flight.harness import START, World
from tests.unit.flight.plans import ADDRESS, HOME_E7

AUTO_ARMED, AUTO_DISARMED = Heartbeat(1, 3, 81 + 128, 10, 4), Heartbeat(1, 3, 81, 10, 3)


def test_a_vehicle_that_was_carried_elsewhere_and_kept_its_home_is_not_launched() -> None:
    vehicle = FakeVehicle()
    vehicle.position_e7 = (HOME_E7[0] + 10_000, HOME_E7[1])
    world = World(vehicle)

    world.launch()
    world.run(300.0, lambda: bool(world.all(LaunchFailed) or world.all(Launched)))

    assert "the vehicle stands 111 m from the planned home" in world.one(LaunchFailed).reason
    assert vehicle.arm_commands == 0


def test_a_launch_is_not_called_failed_while_a_copy_of_the_arm_command_may_be_on_its_way() -> None:
    vehicle = Vehicle(ADDRESS, VehicleClass.QUADPLANE)
    runner = Runner(leave_safe(vehicle, Arming(commanded_at=START, set_auto=True)))
    runner.start(START)

    for second in range(1, 12):
        heartbeat = AUTO_DISARMED if second <= 6 else AUTO_ARMED
        vehicle.telemetry.receive(heartbeat, START + second)
        runner.receive(heartbeat, START + second)

    assert runner.value is True
    assert runner.take_messages() == []


def test_a_launch_that_is_ordered_again_after_a_crash_finds_the_vehicle_flying_and_adopts_it() -> None:
    world = World()
    world.launch()
    world.run_until(Launched)
    world.restart()

    world.launch()
    world.run_until(Landed)

    assert world.all(LaunchFailed) == []
    assert len(world.all(FlightAdopted)) == 1
    assert world.vehicles[0].arm_commands == 1
