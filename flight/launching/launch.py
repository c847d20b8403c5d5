"""The verified launch: one transaction in spirit.

Anything unexpected: no arming, and a clear reason.
"""

from functools import partial

from flight.errors import PlanError, VehicleRefused
from flight.events import FlightAdopted, Launched, LaunchFailed, LaunchStarted, PlanVerified, UploadFailed
from flight.launching.adoption import differences_on_board
from flight.launching.arming import Arming, leave_safe, make_ready, start_mission
from flight.launching.identity import HEARTBEAT_TIMEOUT_S, await_heartbeat, check_on_ground
from flight.launching.transfer import read_back, transfer_plan
from flight.order import Order
from flight.plan import FlightPlan
from flight.preflight.preflight import Preflight
from flight.procedure import Procedure, Step, WaitUntil, perform
from flight.protocol.command import SendCommand
from flight.protocol.names import Command
from flight.protocol.parameters import EnsureParameter
from flight.vehicle import Vehicle
from flight.vehicles.deliveries import LATCH_SERVO
from flight.vehicles.parameters import FENCE_SWITCH, names_of

LATCH_CLOSED_US = 1000
LATCH_STAGE = "payload latch"

LATCH_TIMEOUT_S = 20.0
"""``SERVO_OUTPUT_RAW`` comes once a second when it was asked for, which is repeated after 5 s and 10 s."""


def launch(order: Order, vehicle: Vehicle, arming: Arming, preflight: Preflight) -> Procedure[bool]:
    """Carry a plan from dispatch to a vehicle that flies it; say whether it flies.

    The order of the steps is the safety rule: upload, read back, compare, preflight, arm, start. Whatever
    fails, by the vehicle, the link or ourselves, ends in `leave_safe`, which looks at the vehicle before it
    says how the launch ended. An order may come a second time after a crash: a vehicle that is armed with
    this very plan is flying it, and is adopted.
    """
    try:
        yield order.announce(LaunchStarted)
        yield from await_heartbeat(vehicle, HEARTBEAT_TIMEOUT_S)
        if vehicle.telemetry.armed and not (yield from differences_on_board(order.plan, vehicle)):
            yield order.announce(FlightAdopted, plan_hash=order.plan.hash)
            return True
        check_on_ground(vehicle)
        yield from set_parameters(order.plan, vehicle)
        yield from _close_latch(vehicle)
        yield from transfer_plan(order.plan, vehicle)
        yield from set_fence_switch(order.plan, vehicle)
        yield order.announce(PlanVerified, plan_hash=order.plan.hash)
        yield from _pass_preflight(order.plan, vehicle, preflight)
        yield from start_mission(vehicle, arming, ready=preflight.last_look)
    except Exception as error:
        flying = yield from leave_safe(vehicle, arming)
        if not flying:
            yield failure_of(order, LaunchFailed, error)
            return False
    yield order.announce(Launched)
    return True


def failure_of(order: Order, kind: type[LaunchFailed | UploadFailed], error: Exception) -> Step:
    """Return the announcement of a failure: where it stopped, and why."""
    stage = getattr(error, "stage", "internal error")
    reason = getattr(error, "reason", None) or str(error) or type(error).__name__
    return order.announce(kind, stage=stage, reason=reason)


def _pass_preflight(plan: FlightPlan, vehicle: Vehicle, preflight: Preflight) -> Procedure[None]:
    """Make every check, and the read-back once more if a person was waited for: minutes have gone by."""
    yield from preflight.await_position()
    yield from _enable_fence(plan, vehicle)
    yield from make_ready(vehicle)
    if (yield from preflight.clear()):
        check_on_ground(vehicle)
        yield from read_back(plan, vehicle)


def set_parameters(plan: FlightPlan, vehicle: Vehicle) -> Procedure[None]:
    """Set each but the fence's switch, and take the vehicle's own answer; preflight reads all again."""
    for name, value in plan.parameters:
        if name != FENCE_SWITCH:
            yield from _ensure(vehicle, name, value)


def set_fence_switch(plan: FlightPlan, vehicle: Vehicle) -> Procedure[None]:
    """Switch the fence on by its parameter, once the planned one is on board."""
    for name, value in plan.parameters:
        if name == FENCE_SWITCH:
            yield from _ensure(vehicle, name, value)


def _enable_fence(plan: FlightPlan, vehicle: Vehicle) -> Procedure[None]:
    """Switch the fence on by command, too, once the vehicle knows where it is.

    A way to a divert site switches it off in flight by command. That leaves the parameter as it is, and
    setting it once more changes nothing: only the command switches the fence on again (seen on ArduPilot
    4.7). It fails on a vehicle whose estimator has no origin yet, as a polygon counts as present only when
    it was loaded around that (seen there, too).
    """
    if plan.fence:
        yield from perform(SendCommand(vehicle.target, "fence", Command.DO_FENCE_ENABLE, 1.0))


def _ensure(vehicle: Vehicle, name: str, value: float) -> Procedure[None]:
    yield from perform(EnsureParameter(vehicle.target, "parameters", names_of(name), value, write=True))


def _close_latch(vehicle: Vehicle) -> Procedure[None]:
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


def check_order(order: Order, vehicle: Vehicle) -> None:
    """Raise PlanError if the plan is meant for another vehicle."""
    plan = order.plan
    if plan.vehicle != vehicle.address:
        raise PlanError(f"the plan is for {plan.vehicle} and not for {vehicle.address}")
    if plan.vehicle_class is not vehicle.vehicle_class:
        raise PlanError(
            f"the plan is for a {plan.vehicle_class} and {vehicle.address} is a {vehicle.vehicle_class}"
        )
