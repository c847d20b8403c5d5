"""Proving a way out and its way home.

The certificate is made here, and checked again by other means in ``geofences.verify``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

import shapely
from shapely import MultiPolygon, Point, Polygon

from geofences.airspace import Airspace
from geofences.corridor import capsules, centreline, stations
from geofences.errors import CertificateError
from geofences.route import Certificate, Route, route_digest
from geofences.shapes import area_of, grown
from geofences.values import AltitudeBand, Interval, ZoneRule

START_WINDOW_S = 1_800.0
"""How late a flight may start on its certificate: loading and approval take minutes."""

JOIN_STEP_M = 25.0
"""Distance between the points of the way out whose straight join to the way home is checked."""


def certify(
    airspace: Airspace,
    way_out: Route,
    way_home: Route,
    *,
    energy_available_wh: float,
    reserve_fraction: float,
    stop_energy_wh: float = 0.0,
    start_window_s: float = START_WINDOW_S,
) -> Certificate:
    """Return the certificate of a way out and its way home; raise CertificateError with every violation.

    The certificate holds from the departure until ``start_window_s`` after the planned end of the way home;
    every zone that is active at any moment of this time counts. Zones count for all altitudes of the flight:
    from the outbound floor to the inbound ceiling on the sea (an early return climbs anywhere on the way),
    and from the ground up at the pads. ArduPilot joins the nearest leg of the way home in a straight line
    (DESIGN 5.2), so where the way home is not the way out reversed, these joins are checked too.

    Parameters
    ----------
    energy_available_wh
        What the battery holds at departure.
    reserve_fraction
        The share of it that must be left after the way home, 0 to 1.
    stop_energy_wh
        What the stop uses beside both routes: hovering, release, transitions.
    """
    proof = _Proof(airspace, way_out, way_home, start_window_s)
    energy_wh = way_out.energy_wh + stop_energy_wh + way_home.energy_wh
    usable_wh = (1.0 - reserve_fraction) * energy_available_wh
    violations = [*proof.violations()]
    if energy_wh > usable_wh:
        violations.append(
            f"needs {energy_wh:.0f} Wh, but may use only {usable_wh:.0f} Wh of {energy_available_wh:.0f} Wh"
        )
    if violations:
        raise CertificateError(violations)
    zone_id, zone_m = proof.nearest_zone()
    island_id, coast_m = _nearest(proof.cruise, airspace.terrain.islands)
    return Certificate(
        airspace_version=airspace.version,
        route_digest=route_digest(way_out, way_home),
        valid_from=proof.interval.start,
        valid_until=proof.interval.end,
        zone_clearance_m=zone_m,
        nearest_zone_id=zone_id,
        coast_clearance_m=coast_m,
        nearest_island_id=island_id,
        energy_wh=energy_wh,
        energy_available_wh=energy_available_wh,
        reserve_fraction=reserve_fraction,
    )


@dataclass(frozen=True)
class _Proof:
    airspace: Airspace
    way_out: Route
    way_home: Route
    start_window_s: float

    @cached_property
    def interval(self) -> Interval:
        end = ends_at(self.way_home) + timedelta(seconds=self.start_window_s)
        return Interval(self.way_out.departure, end)

    @cached_property
    def cruise(self) -> Polygon | MultiPolygon:
        """The corridors of both ways but for their approaches."""
        return self._union(slice(1, -1))

    @cached_property
    def approaches(self) -> Polygon | MultiPolygon:
        """The corridors of both ways between pad and gate."""
        return area_of([self._union(slice(0, 1)), self._union(slice(-1, None))])

    def violations(self) -> Iterator[str]:
        """Yield everything but energy that is wrong."""
        yield from _sequence_violations(self.way_out, self.way_home)
        policy = self.airspace.policy
        yield from band_violations(self.way_out, policy.outbound)
        yield from band_violations(self.way_home, policy.inbound)
        yield from self._corridor_violations()
        if [each.position for each in self.way_home.waypoints] != [
            each.position for each in self.way_out.waypoints[::-1]
        ]:
            yield from self._join_violations()

    def nearest_zone(self) -> tuple[str | None, float | None]:
        """Return the keep-out zone nearest to the corridors and its distance, buffer included."""
        found = [
            _nearest(area, self._keep_out(band))
            for area, band in ((self.cruise, self._sea_band), (self.approaches, self._pad_band))
            if self._keep_out(band)
        ]
        return min(found, key=lambda each: each[1], default=(None, None))

    @property
    def _sea_band(self) -> AltitudeBand:
        return self.airspace.policy.envelope

    @property
    def _pad_band(self) -> AltitudeBand:
        pads = [self.airspace.site(site_id) for site_id in self._site_ids]
        return self.airspace.policy.envelope_from(min(pad.elevation_amsl_m for pad in pads))

    @property
    def _site_ids(self) -> tuple[str, str]:
        return self.way_out.origin_site_id, self.way_out.destination_site_id

    def _union(self, part: slice) -> Polygon | MultiPolygon:
        projection = self.airspace.projection
        return area_of(
            each for route in (self.way_out, self.way_home) for each in capsules(route, projection)[part]
        )

    def _corridor_violations(self) -> Iterator[str]:
        for name, area, band in (
            ("cruise corridor", self.cruise, self._sea_band),
            ("approach corridor", self.approaches, self._pad_band),
        ):
            if not self.airspace.flyable(band, self.interval).covers(area):
                causes = ", ".join(self._causes(area, band)) or "land, boundary or approach sector"
                yield f"the {name} leaves the flyable area: {causes}"

    def _causes(self, area: Polygon | MultiPolygon, band: AltitudeBand) -> list[str]:
        return [
            f"zone {zone_id}" for zone_id, shape in self._keep_out(band).items() if shape.intersects(area)
        ]

    def _keep_out(self, band: AltitudeBand) -> dict[str, Polygon]:
        return {
            zone.id: grown(self.airspace.shape_of(zone), zone.buffer_m)
            for zone in self.airspace.zones_for([band], self.interval)
            if zone.rule is ZoneRule.KEEP_OUT
        }

    def _join_violations(self) -> Iterator[str]:
        """Check the straight join of every point of the way out to the nearest leg of the way home."""
        projection = self.airspace.projection
        home = centreline(self.way_home, projection)
        points = [Point(each) for each in stations(centreline(self.way_out, projection), JOIN_STEP_M)]
        joins = [shapely.shortest_line(point, home) for point in points]
        flyable = self.airspace.flyable(self._sea_band, self.interval)
        shapely.prepare(flyable)
        if not shapely.covers(flyable, joins).all():
            yield "a straight join from the way out to the nearest leg of the way home is not flyable"


def ends_at(route: Route) -> datetime:
    """Return when a route is flown to its end."""
    return route.departure + timedelta(seconds=route.duration_s)


def band_violations(route: Route, band: AltitudeBand) -> Iterator[str]:
    """Yield each waypoint outside its altitude band."""
    for number, waypoint in enumerate(route.waypoints):
        if not band.floor_amsl_m <= waypoint.altitude_amsl_m <= band.ceiling_amsl_m:
            yield (
                f"waypoint {number} to {route.destination_site_id}: {waypoint.altitude_amsl_m:g} m AMSL is "
                f"outside {band.floor_amsl_m:g}-{band.ceiling_amsl_m:g} m"
            )


def _sequence_violations(way_out: Route, way_home: Route) -> Iterator[str]:
    if way_home.origin_site_id != way_out.destination_site_id:
        yield f"the way home starts at {way_home.origin_site_id}, not at {way_out.destination_site_id}"
    if way_home.departure < ends_at(way_out):
        yield "the way home departs before the way out arrives"


def _nearest(area: Polygon | MultiPolygon, shapes: Mapping[str, Polygon]) -> tuple[str, float]:
    """Return the name and distance of the nearest of some shapes."""
    distances = {name: float(shapely.distance(area, shape)) for name, shape in shapes.items()}
    nearest = min(distances, key=lambda each: distances[each])
    return nearest, distances[nearest]
