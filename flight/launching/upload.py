"""A plan onto a vehicle that stands on the ground, verified, and nothing armed."""

from flight.events import PlanVerified, UploadFailed
from flight.launching.identity import HEARTBEAT_TIMEOUT_S, await_heartbeat, check_on_ground
from flight.launching.launch import failure_of, set_fence_switch, set_parameters
from flight.launching.transfer import transfer_plan
from flight.order import Order
from flight.procedure import Procedure
from flight.vehicle import Vehicle


def upload(order: Order, vehicle: Vehicle) -> Procedure[bool]:
    """Do what a verified launch does up to its preflight; say that nothing flies.

    The latch stays as it is: somebody may be loading. A launch closes it.
    """
    try:
        yield from await_heartbeat(vehicle, HEARTBEAT_TIMEOUT_S)
        check_on_ground(vehicle)
        yield from set_parameters(order.plan, vehicle)
        yield from transfer_plan(order.plan, vehicle)
        yield from set_fence_switch(order.plan, vehicle)
    except Exception as error:
        yield failure_of(order, UploadFailed, error)
        return False
    yield order.announce(PlanVerified, plan_hash=order.plan.hash)
    return False
