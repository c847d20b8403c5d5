"""Compiles a certified way out and way home into what goes on board one vehicle."""

from flight.errors import PlanError
from flight.plan import Delivery, FlightPlan, VehicleAddress, VehicleClass
from flight.vehicles.deliveries import HOVERING
from flight.vehicles.stop import Stop, StopItems, write_stop
from flight.vehicles.task import Task
from flight.vehicles.ways import fly_home, fly_out, land_there, take_off
from flight.vehicles.writer import MissionWriter
from geofences.airspace import Airspace
from geofences.route import Certificate, Route, Way


def compile_plan(
    *,
    sortie_id: str,
    vehicle: VehicleAddress,
    vehicle_class: VehicleClass,
    way_out: Route,
    way_home: Route,
    certificate: Certificate,
    airspace: Airspace,
    delivery: Delivery = Delivery.SERVO,
    drop_height_m: float = 20.0,
    handshake_s: float | None = None,
    wind_limit_m_s: float | None = None,
    vehicle_uid: str | None = None,
) -> FlightPlan:
    """Return the flight plan of one sortie for one vehicle.

    A delivery by landing needs two plans, so that nothing takes off by itself beside a person: this one ends
    on the ground at the destination, and `compile_flight_home` makes the other one.

    Parameters
    ----------
    drop_height_m
        Height above the destination's pad at which the payload is released; for a placement the length of
        the line that it hangs on.
    handshake_s
        The longest wait above the pad for the receiver to say that it is clear, after which the vehicle goes
        home with its payload; ``None``: it does not wait.
    wind_limit_m_s
        The strongest wind that the flight was planned to bear.
    vehicle_uid
        The unique id of the autopilot board, where it is known.

    Raises
    ------
    PlanError
        If the certificate is not for these routes and this airspace, or ArduPilot could not fly the plan.
    """
    task = Task(
        sortie_id,
        vehicle,
        vehicle_class,
        way_out,
        way_home,
        certificate,
        airspace,
        delivery,
        handshake_s,
        wind_limit_m_s,
        vehicle_uid,
    )
    writer = task.writer(task.hub)
    take_off(writer, Way.OUT, way_out)
    stop = _land(task, writer) if delivery is Delivery.LAND else _hover(task, writer, drop_height_m)
    return_seq, landing_seq = fly_home(writer, way_home, task.hub)
    return task.plan(writer, task.hub, stop, return_seq, landing_seq)


def compile_flight_home(
    *,
    sortie_id: str,
    vehicle: VehicleAddress,
    vehicle_class: VehicleClass,
    way_out: Route,
    way_home: Route,
    certificate: Certificate,
    airspace: Airspace,
    wind_limit_m_s: float | None = None,
    vehicle_uid: str | None = None,
) -> FlightPlan:
    """Return the plan of the flight home after a delivery by landing, a verified launch of its own.

    Home on board is the pad of the destination, where the vehicle arms. The return path begins right behind
    the take-off, so that a return goes on to where the plan leads anyway. Nothing is released: the item for
    it is that of the return path.

    Raises
    ------
    PlanError
        As `compile_plan` does.
    """
    task = Task(
        sortie_id,
        vehicle,
        vehicle_class,
        way_out,
        way_home,
        certificate,
        airspace,
        Delivery.LAND,
        None,
        wind_limit_m_s,
        vehicle_uid,
    )
    writer = task.writer(task.destination)
    take_off(writer, Way.HOME, way_home)
    return_seq, landing_seq = fly_home(writer, way_home, task.hub)
    return task.plan(writer, task.destination, StopItems(return_seq), return_seq, landing_seq)


def _hover(task: Task, writer: MissionWriter, drop_height_m: float) -> StopItems:
    fly_out(writer, task.way_out)
    stop = Stop(
        writer, task.way_out.waypoints[-1], task.way_home, task.destination.elevation_amsl_m, drop_height_m
    )
    return write_stop(stop, HOVERING[task.delivery], task.hold_s)


def _land(task: Task, writer: MissionWriter) -> StopItems:
    if task.hold_s is not None:
        raise PlanError(
            "a delivery by landing has no wait above the pad: ask the receiver before the launch, and leave"
            " out handshake_s"
        )
    return StopItems(land_there(writer, task.way_out, task.destination))
