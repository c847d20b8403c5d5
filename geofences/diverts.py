"""A drone site for every leg, reachable from any of its points with energy to spare.

From a point of a leg the drone may go on to the leg's end, as planned, and leave the route there. What it
then has used is what the plan says of that end, and the same for every point of the leg; so the way from the
end proves the whole leg. From an end it may leave over the open sea to the gate of any site, or go on along
the route and leave later; at the latest it comes to the pad that the route leads to.
"""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from geofences.airspace import Airspace
from geofences.flight_cost import TimeInWind
from geofences.legs import ON_LINE_M, FlownLeg
from geofences.performance import FlightPhase, Performance
from geofences.proof import Proof
from geofences.route import CheckedDivert, Route, Way
from geofences.shapes import XY
from geofences.values import AltitudeBand, Position, Site
from geofences.visibility import VisibilityGraph

SEARCH_STEP_M = 2_000.0
"""A waypoint nearer than this to a later one that knows its site goes there along the route: a cape has many
corners, and what a search at each could save is less than it is long."""


@dataclass(frozen=True, slots=True)
class Escape:
    """A path from a waypoint to a pad, on the map, with the seconds of each of its legs."""

    site: Site
    points: tuple[XY, ...]
    seconds: tuple[float, ...]
    descent_s: float
    energy_wh: float

    @property
    def length_m(self) -> float:
        """Length on the map."""
        return sum(math.dist(*leg) for leg in itertools.pairwise(self.points))


@dataclass(frozen=True)
class DivertSearch:
    """Looks for the nearest pads, by energy, in the zones that bind a flight.

    Parameters
    ----------
    proof
        The flight.
    performance
        The aircraft; energies are counted in its wind.
    stop_wh
        What the stop between both ways uses.
    """

    proof: Proof
    performance: Performance
    stop_wh: float
    _known_open: dict[str, bool] = field(default_factory=dict, init=False)

    def diverts(self) -> Iterator[CheckedDivert]:
        """Yield the divert of every leg of both ways."""
        proof = self.proof
        before_wh = 0.0
        for way, route in ((Way.OUT, proof.way_out), (Way.HOME, proof.way_home)):
            legs = [leg for leg in proof.legs if leg.way is way]
            for leg, escape in zip(legs, self._escapes(route, legs), strict=True):
                if escape is not None:
                    yield self._checked(leg, escape, before_wh + leg.to.energy_wh)
            before_wh += route.energy_wh + self.stop_wh

    def _escapes(self, route: Route, legs: Sequence[FlownLeg]) -> list[Escape | None]:
        """Return the best escape from the end of each leg, found from the last to the first."""
        escapes: list[Escape | None] = [self._at_destination(route, legs[-1])]
        since_search_m = 0.0
        for leg, following in reversed(list(itertools.pairwise(legs))):
            along = self._along(leg, escapes[-1], route)
            since_search_m += following.length_m
            at_gate = not leg.at_pad and following.at_pad
            if along is None or at_gate or since_search_m >= SEARCH_STEP_M or leg.number == 1:
                along, since_search_m = self._nearest(leg, route, along), 0.0
            escapes.append(along)
        return escapes[::-1]

    def _at_destination(self, route: Route, leg: FlownLeg) -> Escape | None:
        """Return the end of the route, where the drone has landed: nothing is left to fly."""
        site = self.proof.airspace.sites.get(route.destination_site_id)
        if site is None or not leg.at_pad:
            return self._nearest(leg, route, None)
        return Escape(site, (leg.end,), (), 0.0, 0.0)

    def _along(self, leg: FlownLeg, then: Escape | None, route: Route) -> Escape | None:
        """Return the escape that goes on along the next leg of the route and leaves at its end."""
        return None if then is None else self._escape(leg, route, then.site, [leg.end, *then.points])

    def _nearest(self, leg: FlownLeg, route: Route, best: Escape | None) -> Escape | None:
        """Return the escape of least energy over the open sea, or the best one known."""
        cost = self._cost(leg, route)
        for bound_wh, site in sorted(self._bounds(leg, cost), key=lambda each: (each[0], each[1].id)):
            if best is not None and bound_wh >= best.energy_wh:
                break
            if not self._is_open(site):
                continue
            gate, pad = self._approach(site)
            path = self._graph.shortest_path(leg.end, gate)
            escape = None if path is None else self._escape(leg, route, site, [*_started(path), pad])
            if escape is not None and (best is None or escape.energy_wh < best.energy_wh):
                best = escape
        return best

    def _bounds(self, leg: FlownLeg, cost: TimeInWind) -> Iterator[tuple[float, Site]]:
        """Yield for each site the energy that the straight way to its gate and then its pad would use."""
        gates = np.array([self._approach(site)[0] for site in self._sites]).reshape(-1, 2)
        starts = np.broadcast_to(leg.end, gates.shape)
        for site, cruise_s in zip(self._sites, cost.bound(starts, gates), strict=True):
            yield self._energy_wh(float(cruise_s), self._descent_s(leg, site)), site

    def _escape(self, leg: FlownLeg, route: Route, site: Site, points: Sequence[XY]) -> Escape | None:
        """Return the escape along some points, or None where the wind is too strong for it."""
        seconds = self._cost(leg, route).leg_seconds(points, [math.inf] * (len(points) - 1), 0.0)
        if not all(math.isfinite(each) for each in seconds):
            return None
        descent_s = self._descent_s(leg, site)
        energy_wh = self._energy_wh(sum(seconds), descent_s)
        return Escape(site, tuple(points), tuple(seconds), descent_s, energy_wh)

    def _checked(self, leg: FlownLeg, escape: Escape, used_wh: float) -> CheckedDivert:
        lengths_m = [math.dist(*each) for each in itertools.pairwise(escape.points)]
        speed_m_s = self.performance.cruise_speed_m_s
        return CheckedDivert(
            way=leg.way,
            leg=leg.number,
            site_id=escape.site.id,
            path=tuple(self._position(point) for point in escape.points),
            ground_speeds_m_s=tuple(
                length_m / leg_s if leg_s > 0.0 else speed_m_s
                for length_m, leg_s in zip(lengths_m, escape.seconds, strict=True)
            ),
            length_m=escape.length_m,
            duration_s=sum(escape.seconds) + escape.descent_s,
            energy_wh=escape.energy_wh,
            needed_wh=used_wh + escape.energy_wh,
        )

    def _cost(self, leg: FlownLeg, route: Route) -> TimeInWind:
        starts_s = route.departure.timestamp() + leg.to.offset_s
        return TimeInWind(self.performance.cruise_speed_m_s, self.performance.wind, starts_s)

    def _descent_s(self, leg: FlownLeg, site: Site) -> float:
        return abs(leg.to.altitude_amsl_m - site.elevation_amsl_m) / self.performance.descent_rate_m_s

    def _energy_wh(self, cruise_s: float, descent_s: float) -> float:
        energy_wh = self.performance.energy_wh
        return energy_wh(FlightPhase.CRUISE, cruise_s) + energy_wh(FlightPhase.DESCENT, descent_s)

    def _approach(self, site: Site) -> tuple[XY, XY]:
        """Return gate and pad."""
        pad, gate = self._airspace.terrain.approaches[site.id]
        return gate, pad

    def _position(self, point: XY) -> Position:
        position = self._airspace.projection.position_from_local(*point)
        return Position(round(position.latitude_deg, 7), round(position.longitude_deg, 7))

    @property
    def _airspace(self) -> Airspace:
        return self.proof.airspace

    @cached_property
    def _graph(self) -> VisibilityGraph:
        cautions = self._airspace.cautions_for([self._airspace.envelope], self.proof.interval)
        return self._airspace.visibility_with(self.proof.sea_zones, cautions)

    @cached_property
    def _sites(self) -> list[Site]:
        return [site for site in self._airspace.sites.values() if site.is_drone_site]

    def _is_open(self, site: Site) -> bool:
        """Say whether the approach of a site is free of zones of every height over its pad."""
        if site.id not in self._known_open:
            envelope = self._airspace.envelope
            floor_m = min(site.elevation_amsl_m, envelope.floor_amsl_m)
            column = AltitudeBand(floor_m, envelope.ceiling_amsl_m)
            zones = self._airspace.zones_for([column], self.proof.interval)
            self._known_open[site.id] = self._airspace.approach_is_free(site.id, zones)
        return self._known_open[site.id]


def _started(path: Sequence[XY]) -> Sequence[XY]:
    """Return a path without its second point where that is the first but for rounding.

    A leg of a few millimetres has any direction, and a strong wind would forbid that.
    """
    return [path[0], *path[2:]] if math.dist(path[0], path[1]) <= ON_LINE_M else path


def divert_violations(
    diverts: Sequence[CheckedDivert], legs: Sequence[FlownLeg], usable_wh: float
) -> Iterator[str]:
    """Yield the legs without a divert, and those whose divert needs more than may be used."""
    found = {(each.way, each.leg): each for each in diverts}
    for leg in legs:
        divert = found.get((leg.way, leg.number))
        if divert is None:
            yield f"{leg}: no drone site can be reached"
        elif divert.needed_wh > usable_wh:
            yield (
                f"{leg}: the nearest drone site {divert.site_id} needs {divert.needed_wh:.0f} Wh in all, but "
                f"only {usable_wh:.0f} Wh may be used"
            )
