"""A flight plan as QGroundControl's ``.plan`` file.

Source: https://docs.qgroundcontrol.com/master/en/qgc-dev-guide/file_formats/plan.html
"""

from typing import Any

from flight.geodesy import home_of, place_of
from flight.plan import FlightPlan, MissionItem, VehicleClass
from flight.protocol.names import Command, Frame
from flight.vehicles.fencing import polygons_of

ARDUPILOT = 3
"""``firmwareType``: ``MAV_AUTOPILOT_ARDUPILOTMEGA``."""

VEHICLE_TYPES = {VehicleClass.COPTER: 2, VehicleClass.QUADPLANE: 20}
"""``vehicleType``: ``MAV_TYPE_QUADROTOR``, ``MAV_TYPE_VTOL_QUADROTOR``."""

CRUISE_SPEED_M_S = {VehicleClass.COPTER: 12, VehicleClass.QUADPLANE: 25}
"""Shown by QGroundControl as expected flight time only; the vehicle flies at its own speed."""

HOVER_SPEED_M_S = 5
RELATIVE_ALTITUDE_MODE = 1
ABSOLUTE_ALTITUDE_MODE = 2


def plan_document(plan: FlightPlan) -> dict[str, Any]:
    """Return the JSON document with mission, fence and rally points; item 0 is the planned home."""
    return {
        "fileType": "Plan",
        "version": 1,
        "groundStation": "Tsubaki",
        "mission": _mission(plan),
        "geoFence": {"version": 2, "circles": [], "polygons": _polygons(plan)},
        "rallyPoints": {"version": 2, "points": [[*place_of(item), item.z_m] for item in plan.rally]},
    }


def _mission(plan: FlightPlan) -> dict[str, Any]:
    return {
        "version": 2,
        "firmwareType": ARDUPILOT,
        "vehicleType": VEHICLE_TYPES[plan.vehicle_class],
        "cruiseSpeed": CRUISE_SPEED_M_S[plan.vehicle_class],
        "hoverSpeed": HOVER_SPEED_M_S,
        "globalPlanAltitudeMode": RELATIVE_ALTITUDE_MODE,
        "plannedHomePosition": [*home_of(plan), plan.home_amsl_m],
        "items": [_item(item, number) for number, item in enumerate(plan.mission[1:], start=1)],
    }


def _item(item: MissionItem, number: int) -> dict[str, Any]:
    relative = item.frame == Frame.GLOBAL_RELATIVE_ALT
    return {
        "type": "SimpleItem",
        "autoContinue": True,
        "command": int(item.command),
        "doJumpId": number,
        "frame": int(item.frame),
        "params": [item.param1, item.param2, item.param3, item.param4, *place_of(item), item.z_m],
        "Altitude": item.z_m,
        "AltitudeMode": RELATIVE_ALTITUDE_MODE if relative else ABSOLUTE_ALTITUDE_MODE,
        "AMSLAltAboveTerrain": None,
    }


def _polygons(plan: FlightPlan) -> list[dict[str, Any]]:
    return [
        {
            "version": 1,
            "inclusion": corners[0].command == Command.FENCE_POLYGON_VERTEX_INCLUSION,
            "polygon": [list(place_of(each)) for each in corners],
        }
        for corners in polygons_of(plan.fence)
    ]
