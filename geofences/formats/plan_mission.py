"""The mission and the rally points of a QGroundControl plan."""

from geofences.formats.extension import KEY
from geofences.formats.log import Place
from geofences.formats.plan_file import ARDUPILOT, QUADROTOR, PlanFile, PlanItem, PlanPoint
from geofences.formats.records import Record, finite, shown
from geofences.formats.rings import position_from
from geofences.values import Position
from geofences.zones import Zone

MISSION_VERSION = 2
RALLY_VERSION = 2
PARAMETERS = 7

RELATIVE_FRAME = 3
"""``MAV_FRAME_GLOBAL_RELATIVE_ALT``: the altitude is above home."""

RELATIVE_MODE = 1
ABSOLUTE_MODE = 2
"""QGroundControl's ``AltitudeMode``: above home, or above mean sea level."""

SHOWN_ONLY = ("Altitude", "AltitudeMode", "AMSLAltAboveTerrain", "doJumpId")
"""Fields of an item that repeat its parameters, or count the items."""

Json = dict[str, object]


def plan_from(top: Record, zones: tuple[Zone, ...]) -> PlanFile:
    """Return mission and rally points of a plan, with the zones of its fence."""
    mission = top.record("mission")
    if mission.whole("version", MISSION_VERSION) != MISSION_VERSION:
        mission.place.problem(
            f"'version' must be {MISSION_VERSION}; save the plan with a newer QGroundControl"
        )
    home = mission.value("plannedHomePosition") if _has_home(mission) else None
    plan = PlanFile(
        zones=zones,
        items=_items(mission),
        rally_points=_rally_points(top),
        home=None if home is None else _point(home, mission.place.inside("plannedHomePosition")),
        firmware_type=mission.whole("firmwareType", ARDUPILOT),
        vehicle_type=mission.whole("vehicleType", QUADROTOR),
        cruise_speed_m_s=mission.optional_number("cruiseSpeed", PlanFile.cruise_speed_m_s),
        hover_speed_m_s=mission.optional_number("hoverSpeed", PlanFile.hover_speed_m_s),
    )
    mission.skip("globalPlanAltitudeMode", "plannedHomePosition")
    mission.note_rest()
    return plan


def mission_of(plan: PlanFile, otherwise: Position) -> Json:
    """Return the mission object of a plan.

    Parameters
    ----------
    otherwise
        QGroundControl asks for a planned home; this one is written, and marked as ours, where there is none.
    """
    return {
        "version": MISSION_VERSION,
        "firmwareType": plan.firmware_type,
        "vehicleType": plan.vehicle_type,
        "cruiseSpeed": plan.cruise_speed_m_s,
        "hoverSpeed": plan.hover_speed_m_s,
        "globalPlanAltitudeMode": RELATIVE_MODE,
        "plannedHomePosition": _coordinates(plan.home or PlanPoint(otherwise, 0.0)),
        KEY: {"home": plan.home is not None},
        "items": [_item_of(item, number) for number, item in enumerate(plan.items, start=1)],
    }


def rally_of(plan: PlanFile) -> Json:
    """Return the rally points of a plan."""
    return {"version": RALLY_VERSION, "points": [_coordinates(point) for point in plan.rally_points]}


def _has_home(mission: Record) -> bool:
    own = mission.optional_record(KEY)
    return mission.has("plannedHomePosition") and (own is None or own.flag("home"))


def _items(mission: Record) -> tuple[PlanItem, ...]:
    return tuple(item for record in mission.records("items") for item in _item(record))


def _item(record: Record) -> list[PlanItem]:
    if record.fields.get("type") == "ComplexItem":
        record.place.note(f"is a pattern ({shown(record.fields.get('complexItemType'))}), which is left out")
        return []
    record.choice("type", ("SimpleItem",))
    record.skip(*SHOWN_ONLY)
    item = PlanItem(
        command=record.whole("command", 0),
        frame=record.whole("frame", RELATIVE_FRAME),
        params=_params(record),
        auto_continue=record.flag("autoContinue", otherwise=True),
    )
    record.note_rest()
    return [item]


def _params(record: Record) -> tuple[float | None, ...]:
    values = record.values("params", required=True)
    numbers = tuple(None if value is None else finite(value) for value in values)
    wrong = [
        value for value, number in zip(values, numbers, strict=True) if value is not None and number is None
    ]
    if len(values) != PARAMETERS or wrong:
        record.place.problem(f"'params' must be {PARAMETERS} numbers (or null), not {shown(values)}")
    return numbers


def _rally_points(top: Record) -> tuple[PlanPoint, ...]:
    rally = top.optional_record("rallyPoints")
    if rally is None:
        return ()
    rally.skip("version")
    points = [
        _point(value, rally.place.inside(f"point {number}"))
        for number, value in enumerate(rally.values("points"))
    ]
    rally.note_rest()
    return tuple(points)


def _point(value: object, place: Place) -> PlanPoint:
    nowhere = PlanPoint(Position(0.0, 0.0), 0.0)
    if not isinstance(value, list) or len(value) != len(("latitude", "longitude", "altitude")):
        place.problem(f"must be latitude, longitude and altitude, not {shown(value)}")
        return nowhere
    at, altitude_m = position_from(value[:2], place, latitude_first=True), finite(value[2])
    if altitude_m is None:
        place.problem(f"the altitude must be a finite number, not {shown(value[2])}")
    if at is None or altitude_m is None:
        return nowhere
    return PlanPoint(Position(at[1], at[0]), altitude_m)


def _item_of(item: PlanItem, number: int) -> Json:
    altitude_m = item.params[-1]
    return {
        "type": "SimpleItem",
        "autoContinue": item.auto_continue,
        "command": item.command,
        "doJumpId": number,
        "frame": item.frame,
        "params": list(item.params),
        "Altitude": altitude_m,
        "AltitudeMode": RELATIVE_MODE if item.frame == RELATIVE_FRAME else ABSOLUTE_MODE,
        "AMSLAltAboveTerrain": None,
    }


def _coordinates(point: PlanPoint) -> list[float]:
    return [point.position.latitude_deg, point.position.longitude_deg, point.altitude_m]
