"""Plans, routes and certificates as JSON text and back, exactly.

Exactly means that hashes are the same afterwards: a plan read from the database must still match what is on
board. JSON keeps the shortest text that gives the same float, and the difference between 9 and 9.0.
"""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from flight.plan import (
    Delivery,
    Expected,
    FlightPlan,
    MissionItem,
    PlannedDivert,
    VehicleAddress,
    VehicleClass,
)
from geofences.route import (
    Certificate,
    CheckedDivert,
    CheckedReturn,
    FlightFigures,
    Route,
    RouteWaypoint,
    Way,
)
from geofences.values import Position


def _dump(value: Any) -> str:
    return json.dumps(asdict(value), default=datetime.isoformat)


def plan_to_json(plan: FlightPlan) -> str:
    """Return a flight plan as JSON text."""
    return _dump(plan)


def plan_from_json(text: str) -> FlightPlan:
    """Return the flight plan that `plan_to_json` wrote."""
    content: dict[str, Any] = json.loads(text)
    content["vehicle"] = VehicleAddress(**content["vehicle"])
    content["vehicle_class"] = VehicleClass(content["vehicle_class"])
    for part in ("mission", "fence", "rally"):
        content[part] = tuple(MissionItem(**item) for item in content[part])
    content["parameters"] = tuple((name, value) for name, value in content["parameters"])
    content["delivery"] = Delivery(content["delivery"])
    content["expected"] = tuple(Expected(**each) for each in content["expected"])
    content["diverts"] = tuple(PlannedDivert(**each) for each in content["diverts"])
    return FlightPlan(**content)


def route_to_json(route: Route) -> str:
    """Return a route as JSON text."""
    return _dump(route)


def route_from_json(text: str) -> Route:
    """Return the route that `route_to_json` wrote."""
    content: dict[str, Any] = json.loads(text)
    content["departure"] = datetime.fromisoformat(content["departure"])
    content["waypoints"] = tuple(
        RouteWaypoint(**{**waypoint, "position": Position(**waypoint["position"])})
        for waypoint in content["waypoints"]
    )
    return Route(**content)


def certificate_to_json(certificate: Certificate) -> str:
    """Return a certificate as JSON text."""
    return _dump(certificate)


def certificate_from_json(text: str) -> Certificate:
    """Return the certificate that `certificate_to_json` wrote."""
    content: dict[str, Any] = json.loads(text)
    for end in ("valid_from", "valid_until"):
        content[end] = datetime.fromisoformat(content[end])
    for place in ("zone_clearance_at", "coast_clearance_at"):
        content[place] = content[place] and Position(**content[place])
    content["corridor_ids"] = tuple(content["corridor_ids"])
    content["figures"] = content["figures"] and FlightFigures(**content["figures"])
    content["returns"] = tuple(CheckedReturn(**each) for each in content["returns"])
    content["diverts"] = tuple(_divert(each) for each in content["diverts"])
    return Certificate(**content)


def _divert(content: dict[str, Any]) -> CheckedDivert:
    content["way"] = Way(content["way"])
    content["path"] = tuple(Position(**point) for point in content["path"])
    content["ground_speeds_m_s"] = tuple(content["ground_speeds_m_s"])
    return CheckedDivert(**content)
