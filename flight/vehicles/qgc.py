"""A flight plan as QGroundControl's ``.plan`` file.

Source: https://docs.qgroundcontrol.com/master/en/qgc-dev-guide/file_formats/plan.html
"""

from typing import Any

from flight.geodesy import degrees_from_e7
from flight.plan import FlightPlan, MissionItem, VehicleClass
from flight.protocol.names import Command, Frame

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
        "rallyPoints": {"version": 2, "points": [[*_place(item), item.z_m] for item in plan.rally]},
    }


def _mission(plan: FlightPlan) -> dict[str, Any]:
    home = [
        degrees_from_e7(plan.home_latitude_e7),
        degrees_from_e7(plan.home_longitude_e7),
        plan.home_amsl_m,
    ]
    return {
        "version": 2,
        "firmwareType": ARDUPILOT,
        "vehicleType": VEHICLE_TYPES[plan.vehicle_class],
        "cruiseSpeed": CRUISE_SPEED_M_S[plan.vehicle_class],
        "hoverSpeed": HOVER_SPEED_M_S,
        "globalPlanAltitudeMode": RELATIVE_ALTITUDE_MODE,
        "plannedHomePosition": home,
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
        "params": [item.param1, item.param2, item.param3, item.param4, *_place(item), item.z_m],
        "Altitude": item.z_m,
        "AltitudeMode": RELATIVE_ALTITUDE_MODE if relative else ABSOLUTE_ALTITUDE_MODE,
        "AMSLAltAboveTerrain": None,
    }


def _polygons(plan: FlightPlan) -> list[dict[str, Any]]:
    """Return the polygons of the fence; the first corner of each says how many it has."""
    polygons, rest = [], plan.fence
    while rest:
        count = int(rest[0].param1)
        inclusion = rest[0].command == Command.FENCE_POLYGON_VERTEX_INCLUSION
        corners = [_place(item) for item in rest[:count]]
        polygons.append({"version": 1, "inclusion": inclusion, "polygon": corners})
        rest = rest[count:]
    return polygons


def _place(item: MissionItem) -> list[float]:
    return [degrees_from_e7(item.x_e7), degrees_from_e7(item.y_e7)]
