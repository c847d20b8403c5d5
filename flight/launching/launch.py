"""The verified launch: one transaction in spirit.

Anything unexpected: no arming, and a clear reason.
"""

from collections.abc import Generator
from functools import partial

from flight.errors import PlanDiffers, PlanError, VehicleRefused
from flight.events import Launched, LaunchFailed, LaunchStarted, PlanVerified
from flight.launching.arming import Arming, leave_safe, start_mission
from flight.launching.compare import differences, planned_lists
from flight.launching.identity import HEARTBEAT_TIMEOUT_S, await_heartbeat, check_on_ground
from flight.order import Order
from flight.plan import FlightPlan
from flight.preflight.waits import wait_for_checks, wait_for_position
from flight.procedure import Step, WaitUntil, perform
from flight.protocol.command import SendCommand
from flight.protocol.download import DownloadList
from flight.protocol.names import Command
from flight.protocol.parameters import EnsureParameter
from flight.protocol.upload import UploadList
from flight.vehicle import Vehicle
from flight.vehicles.parameters import FENCE_SWITCH, names_of

LATCH_SERVO = 9
LATCH_CLOSED_US = 1000
LATCH_STAGE = "payload latch"

LATCH_TIMEOUT_S = 20.0
"""``SERVO_OUTPUT_RAW`` comes once a second when it was asked for, which is repeated after 5 s and 10 s."""


def launch(order: Order, vehicle: Vehicle, arming: Arming) -> Generator[Step, None, bool]:
    """Carry a plan from dispatch to a vehicle that flies it; say whether it flies.

    The order of the steps is the safety rule: upload, read back, compare, preflight, arm, start. Whatever
    fails, by the vehicle, the link or ourselves, ends in `leave_safe`, which looks at the vehicle before it
    says how the launch ended.
    """
    try:
        yield order.announce(LaunchStarted)
        yield from await_heartbeat(vehicle, HEARTBEAT_TIMEOUT_S)
        check_on_ground(vehicle)
        yield from _set_parameters(order.plan, vehicle)
        yield from _close_latch(vehicle)
        yield from _upload(order.plan, vehicle)
        yield from _read_back(order.plan, vehicle)
        yield from _enable_fence_and_verify_parameters(order.plan, vehicle)
        yield order.announce(PlanVerified, plan_hash=order.plan.hash)
        yield from wait_for_position(order.plan, vehicle)
        yield from start_mission(vehicle, arming, ready=lambda: wait_for_checks(order.plan, vehicle))
    except Exception as error:
        flying = yield from leave_safe(vehicle, arming)
        if not flying:
            yield _failure(order, error)
            return False
    yield order.announce(Launched)
    return True


def _failure(order: Order, error: Exception) -> Step:
    stage = getattr(error, "stage", "internal error")
    reason = getattr(error, "reason", None) or str(error) or type(error).__name__
    return order.announce(LaunchFailed, stage=stage, reason=reason)


def _set_parameters(plan: FlightPlan, vehicle: Vehicle) -> Generator[Step, None, None]:
    for name, value in plan.parameters:
        if name != FENCE_SWITCH:
            yield from _ensure(vehicle, name, value, write=True)


def _enable_fence_and_verify_parameters(plan: FlightPlan, vehicle: Vehicle) -> Generator[Step, None, None]:
    for name, value in plan.parameters:
        yield from _ensure(vehicle, name, value, write=name == FENCE_SWITCH)


def _ensure(vehicle: Vehicle, name: str, value: float, *, write: bool) -> Generator[Step, None, None]:
    yield from perform(EnsureParameter(vehicle.target, "parameters", names_of(name), value, write=write))


def _close_latch(vehicle: Vehicle) -> Generator[Step, None, None]:
    """Close the payload latch and see it closed, so that later an open one tells that the parcel left."""
    yield from perform(
        SendCommand(vehicle.target, LATCH_STAGE, Command.DO_SET_SERVO, LATCH_SERVO, LATCH_CLOSED_US)
    )
    yield from perform(
        WaitUntil(
            lambda _: vehicle.telemetry.latch_open is False, LATCH_TIMEOUT_S, partial(_latch_error, vehicle)
        )
    )


def _latch_error(vehicle: Vehicle) -> VehicleRefused:
    output_us = vehicle.telemetry.servo9_us
    told = "is not told" if output_us is None else f"is still {output_us} us"
    return VehicleRefused(LATCH_STAGE, f"the output of servo {LATCH_SERVO} {told} after the command to close")


def _upload(plan: FlightPlan, vehicle: Vehicle) -> Generator[Step, None, None]:
    """Replace all three lists; an empty one is cleared, so that no old one stays active."""
    for kind, items in planned_lists(plan).items():
        yield from perform(UploadList(vehicle.target, kind, items))


def _read_back(plan: FlightPlan, vehicle: Vehicle) -> Generator[Step, None, None]:
    for kind, planned in planned_lists(plan).items():
        found = yield from perform(DownloadList(vehicle.target, kind))
        differing = differences(kind, planned, found)
        if differing:
            raise PlanDiffers(f"{kind.label} read-back", differing)


def check_order(order: Order, vehicle: Vehicle) -> None:
    """Raise PlanError if the plan is meant for another vehicle."""
    plan = order.plan
    if plan.vehicle != vehicle.address:
        raise PlanError(f"the plan is for {plan.vehicle} and not for {vehicle.address}")
    if plan.vehicle_class is not vehicle.vehicle_class:
        raise PlanError(
            f"the plan is for a {plan.vehicle_class} and {vehicle.address} is a {vehicle.vehicle_class}"
        )
