"""Routes as GeoJSON."""

from typing import Any

from dispatch.store.records import ProvedPlan
from geofences.route import Route


def route_collection(plan: ProvedPlan) -> dict[str, Any]:
    """Return the way out and the way home as a FeatureCollection (RFC 7946) of lines with altitudes."""
    legs = (("out", plan.way_out), ("home", plan.way_home))
    return {"type": "FeatureCollection", "features": [_leg(name, route) for name, route in legs]}


def _leg(name: str, route: Route) -> dict[str, Any]:
    # RFC 7946 wants heights above the ellipsoid; ours are above mean sea level, so they are properties.
    return {
        "type": "Feature",
        "properties": {
            "leg": name,
            "origin_site_id": route.origin_site_id,
            "destination_site_id": route.destination_site_id,
            "length_m": route.length_m,
            "duration_s": route.duration_s,
            "energy_wh": route.energy_wh,
            "altitudes_amsl_m": [point.altitude_amsl_m for point in route.waypoints],
            "half_widths_m": [point.half_width_m for point in route.waypoints],
        },
        "geometry": {
            "type": "LineString",
            "coordinates": [
                [point.position.longitude_deg, point.position.latitude_deg] for point in route.waypoints
            ],
        },
    }
