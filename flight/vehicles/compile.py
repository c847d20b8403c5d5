"""Compiles a certified way out and way home into what goes on board one vehicle."""

from flight.errors import PlanError
from flight.plan import Delivery, FlightPlan
from flight.vehicles.deliveries import HOVERING
from flight.vehicles.stop import Stop, StopItems, write_stop
from flight.vehicles.task import Task
from flight.vehicles.ways import fly_home, fly_out, land_there, take_off
from flight.vehicles.writer import MissionWriter
from geofences.route import Way


def compile_plan(task: Task) -> FlightPlan:
    """Return the flight plan of one sortie for one vehicle.

    A delivery by landing needs two plans, so that nothing takes off by itself beside a person: this one ends
    on the ground at the destination, and `compile_flight_home` makes the other one.

    Raises
    ------
    PlanError
        If ArduPilot could not fly the plan.
    """
    writer = task.writer(task.hub)
    take_off(writer, Way.OUT, task.way_out)
    stop = _land(task, writer) if task.delivery is Delivery.LAND else _hover(task, writer)
    return_seq, landing_seq = fly_home(writer, task.way_home, task.hub)
    return task.plan(writer, task.hub, stop, return_seq, landing_seq)


def compile_flight_home(task: Task) -> FlightPlan:
    """Return the plan of the flight home after a delivery by landing, a verified launch of its own.

    Home on board is the pad of the destination, where the vehicle arms. The return path begins right behind
    the take-off, so that a return goes on to where the plan leads anyway. Nothing is released: the item for
    it is that of the return path.

    Raises
    ------
    PlanError
        If ArduPilot could not fly the plan.
    """
    writer = task.writer(task.destination)
    take_off(writer, Way.HOME, task.way_home)
    return_seq, landing_seq = fly_home(writer, task.way_home, task.hub)
    return task.plan(writer, task.destination, StopItems(return_seq), return_seq, landing_seq)


def _hover(task: Task, writer: MissionWriter) -> StopItems:
    fly_out(writer, task.way_out)
    stop = Stop(
        writer,
        task.way_out.waypoints[-1],
        task.way_home,
        task.destination.elevation_amsl_m,
        task.drop_height_m,
    )
    return write_stop(stop, HOVERING[task.delivery], task.handshake_s)


def _land(task: Task, writer: MissionWriter) -> StopItems:
    if task.handshake_s is not None:
        raise PlanError(
            "a delivery by landing has no wait above the pad: ask the receiver before the launch, and leave"
            " out handshake_s"
        )
    return StopItems(land_there(writer, task.way_out, task.destination))
