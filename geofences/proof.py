"""Where a flight goes: its corridors against the flyable area, its rounded track, its joins."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import shapely
from shapely import LineString, MultiPolygon, Point, Polygon

from geofences.airspace import Airspace
from geofences.clearance import Nearest, Strip, nearest_island, nearest_zone
from geofences.corridor import centreline, local_points, stations
from geofences.errors import TurnError
from geofences.legs import Floats, FlownLeg, legs_of, mirrored_m
from geofences.rounding import TRACKING_M, rounded_track
from geofences.route import Route, Way
from geofences.shapes import area_of, capsule, grown
from geofences.values import AltitudeBand, Interval, ZoneRule
from geofences.zones import Zone

JOIN_STEP_M = 25.0
"""Distance between the points of the way out whose straight join to the way home is checked."""


@dataclass(frozen=True)
class Proof:
    """A way out and a way home in an airspace, during an interval."""

    airspace: Airspace
    way_out: Route
    way_home: Route
    interval: Interval

    @cached_property
    def legs(self) -> tuple[FlownLeg, ...]:
        """The legs of both ways, in the order flown."""
        return (
            *legs_of(self.airspace, Way.OUT, self.way_out),
            *legs_of(self.airspace, Way.HOME, self.way_home),
        )

    @cached_property
    def sea_zones(self) -> tuple[Zone, ...]:
        """What binds over the sea: zones of all bands, since an early return changes between them."""
        return self.airspace.zones_for([self.airspace.envelope], self.interval)

    @cached_property
    def pad_zones(self) -> tuple[Zone, ...]:
        """What binds at the pads: zones of every height from the lower pad up."""
        return self.airspace.zones_for([self._pad_band], self.interval)

    def violations(self) -> Iterator[str]:
        """Yield everything that is wrong with the place of the flight."""
        for name, legs, zones in (
            ("cruise corridor", self._cruise, self.sea_zones),
            ("approach corridor", self._approaches, self.pad_zones),
        ):
            capsules = _capsules(legs)
            flyable = self.airspace.flyable_with(zones)
            shapely.prepare(flyable)
            if not shapely.covers(flyable, capsules).all():
                causes = self._causes(area_of(capsules), zones)
                yield f"the {name} leaves the flyable area: {', '.join(causes)}"
        yield from self._track_violations(Way.OUT, self.way_out)
        if self.mirrored_m is None:
            yield from self._track_violations(Way.HOME, self.way_home)
        yield from self._join_violations()

    def nearest_zone(self) -> Nearest | None:
        """Return the zone nearest to the corridors."""
        strips = [(_strip(self._cruise), self.sea_zones), (_strip(self._approaches), self.pad_zones)]
        return nearest_zone(self.airspace, [each for each in strips if each[0].legs])

    def nearest_island(self) -> Nearest:
        """Return the island nearest to the corridors over the sea."""
        legs = self._cruise or self.legs
        return nearest_island(self.airspace, _strip(legs), self.airspace.terrain.islands)

    @cached_property
    def mirrored_m(self) -> Floats | None:
        """How far along the way home each waypoint of the way out lies, if both follow one track."""
        return mirrored_m(*self._lines)

    @cached_property
    def joins_are_free(self) -> bool:
        """Say whether every point of the way out may join the nearest leg of the way home straight."""
        if self.mirrored_m is not None:
            return True
        way_out, home = self._lines
        joins = [shapely.shortest_line(Point(each), home) for each in stations(way_out, JOIN_STEP_M)]
        flyable = self.airspace.flyable_with(self.sea_zones)
        shapely.prepare(flyable)
        return bool(shapely.covers(flyable, joins).all())

    def longest_joins_m(self) -> list[float]:
        """Return, for each leg of the way out, the longest straight join to the way home."""
        if self.mirrored_m is not None:
            return [0.0] * (len(self.way_out.waypoints) - 1)
        home = self._lines[1]
        # Between two stations a join is at most half a step longer than at the nearer one.
        return [
            max(home.distance(Point(each)) for each in stations(leg.line, JOIN_STEP_M)) + JOIN_STEP_M / 2
            for leg in self.legs
            if leg.way is Way.OUT
        ]

    @cached_property
    def _lines(self) -> tuple[LineString, LineString]:
        projection = self.airspace.projection
        return centreline(self.way_out, projection), centreline(self.way_home, projection)

    @property
    def _cruise(self) -> list[FlownLeg]:
        return [leg for leg in self.legs if not leg.at_pad]

    @property
    def _approaches(self) -> list[FlownLeg]:
        return [leg for leg in self.legs if leg.at_pad]

    @property
    def _pad_band(self) -> AltitudeBand:
        ends = (self.way_out.origin_site_id, self.way_out.destination_site_id)
        pads = [self.airspace.sites[each] for each in ends if each in self.airspace.sites]
        envelope = self.airspace.envelope
        floors_m = [envelope.floor_amsl_m, *(pad.elevation_amsl_m for pad in pads)]
        return AltitudeBand(min(floors_m), envelope.ceiling_amsl_m)

    def _causes(self, area: Polygon | MultiPolygon, zones: Sequence[Zone]) -> list[str]:
        found = [f"zone {zone.id}" for zone in zones if self._breaks(area, zone)]
        return found or ["land, boundary or approach sector"]

    def _breaks(self, area: Polygon | MultiPolygon, zone: Zone) -> bool:
        shape = self.airspace.shape_of(zone)
        if zone.rule is ZoneRule.KEEP_IN:
            return not self.airspace.areas.keeps_in(zone, area)
        return bool(grown(shape, zone.buffer_m).intersects(area))

    def _track_violations(self, way: Way, route: Route) -> Iterator[str]:
        """Check that the rounded track stays in the corridor, with room for what tracking errs."""
        if route.turn_radius_m == 0.0:
            return
        points = local_points(route, self.airspace.projection)
        try:
            track = rounded_track(points, route.turn_radius_m)
        except TurnError as error:
            yield f"way {way}: {error}"
            return
        area = area_of(_capsules(leg for leg in self.legs if leg.way is way))
        if not area.covers(shapely.buffer(track, TRACKING_M)):
            yield f"way {way}: with turns of {route.turn_radius_m:g} m the track leaves the corridor"

    def _join_violations(self) -> Iterator[str]:
        if not self.joins_are_free:
            yield "a straight join from the way out to the nearest leg of the way home is not flyable"


def _capsules(legs: Iterable[FlownLeg]) -> list[Polygon]:
    """Return the corridors of some legs, that of a leg flown both ways once."""
    ends = {(min(leg.start, leg.end), max(leg.start, leg.end), leg.to.half_width_m) for leg in legs}
    return [capsule(*each) for each in sorted(ends)]


def _strip(legs: Sequence[FlownLeg]) -> Strip:
    return Strip(tuple(leg.line for leg in legs), tuple(leg.to.half_width_m for leg in legs))
