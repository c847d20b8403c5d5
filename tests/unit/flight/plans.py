"""A small flight plan, made by hand: 1 km north of home and back."""

from flight.plan import FlightPlan, MissionItem, VehicleAddress, VehicleClass
from flight.vehicles.parameters import required_parameters

ADDRESS = VehicleAddress("udp:127.0.0.1:14550", 1)
OTHER = VehicleAddress("udp:127.0.0.1:14560", 2)
HOME_E7 = (326967600, 1288522800)
PAD_E7 = (327067600, 1288522800)
TAKE_OFF = {VehicleClass.COPTER: 22, VehicleClass.QUADPLANE: 84}
LAND = {VehicleClass.COPTER: 21, VehicleClass.QUADPLANE: 85}


def waypoint(north_e7: int, z_m: float) -> MissionItem:
    return MissionItem(16, 3, x_e7=HOME_E7[0] + north_e7, y_e7=HOME_E7[1], z_m=z_m)


def small_plan(
    vehicle_class: VehicleClass = VehicleClass.COPTER, vehicle: VehicleAddress = ADDRESS
) -> FlightPlan:
    param4 = 1.0 if vehicle_class is VehicleClass.COPTER else 0.0
    mission = (
        MissionItem(16, 0, x_e7=HOME_E7[0], y_e7=HOME_E7[1], z_m=4.0),
        MissionItem(TAKE_OFF[vehicle_class], 3, z_m=56.3),
        waypoint(50_000, 56.3),
        waypoint(100_000, 20.0),
        MissionItem(183, 0, 9.0, 1900.0),
        MissionItem(93, 0, 10.0, -1.0, -1.0, -1.0),
        waypoint(100_000, 81.0),
        MissionItem(188, 0),
        waypoint(50_000, 81.0),
        MissionItem(LAND[vehicle_class], 3, param4=param4, x_e7=HOME_E7[0], y_e7=HOME_E7[1]),
    )
    corners = ((-20_000, -20_000), (120_000, -20_000), (120_000, 20_000), (-20_000, 20_000))
    fence = tuple(
        MissionItem(5001, 0, 4.0, x_e7=HOME_E7[0] + north, y_e7=HOME_E7[1] + east) for north, east in corners
    )
    return FlightPlan(
        sortie_id="S1",
        vehicle=vehicle,
        vehicle_class=vehicle_class,
        home_latitude_e7=HOME_E7[0],
        home_longitude_e7=HOME_E7[1],
        home_amsl_m=4.0,
        mission=mission,
        release_seq=4,
        return_seq=7,
        fence=fence,
        rally=(),
        parameters=required_parameters(vehicle_class),
        airspace_version="a",
        certificate_digest="c",
        planned_energy_wh=100.0,
        planned_duration_s=200.0,
        energy_available_wh=900.0,
    )
