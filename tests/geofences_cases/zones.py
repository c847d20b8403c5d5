"""Random zones: every rule, shape, height and time, near a line or anywhere on a map."""

import math
from datetime import UTC, datetime, time, timedelta

import numpy as np
from shapely import MultiPolygon, Polygon

from geofences.projection import LocalProjection
from geofences.schedule import ALWAYS, Applicability, DailyPeriod, Schedule, SunEvent, Weekday, during
from geofences.shapes import XY, point_at
from geofences.values import Circle, Datum, Interval, VerticalLimit, ZoneRule
from geofences.zones import Zone

Random = np.random.Generator

RULES = (ZoneRule.KEEP_OUT, ZoneRule.CAUTION, ZoneRule.KEEP_IN)

DAY = DailyPeriod(frozenset(Weekday), SunEvent.SUNRISE, SunEvent.SUNSET)
MORNING = DailyPeriod(frozenset(Weekday), time(1, 20, tzinfo=UTC), time(2, 10, tzinfo=UTC))


def random_zone(
    random: Random,
    zone_id: str,
    projection: LocalProjection,
    at: XY,
    scale_m: float,
    around: datetime,
    shares: tuple[float, ...],
) -> Zone:
    """Return a zone about a place.

    Parameters
    ----------
    scale_m
        The size of the map: keep-outs are smaller, keep-ins as large.
    around
        A time that many schedules begin or end near to.
    shares
        How often each of ``RULES`` is drawn.
    """
    rule = RULES[random.choice(3, p=shares)]
    low, high = (0.4, 0.9) if rule is ZoneRule.KEEP_IN else (0.004, 0.12)
    radius_m = scale_m * math.exp(random.uniform(math.log(low), math.log(high)))
    floor, ceiling = _limits(random, rule)
    return Zone(
        id=zone_id,
        name_ja=zone_id,
        name_en=zone_id,
        rule=rule,
        geometry=_geometry(random, projection, at, radius_m),
        floor=floor,
        ceiling=ceiling,
        buffer_m=float(random.choice([0.0, 50.0, 300.0])),
        reason_ja="試験",
        reason_en="test",
        source="test",
        schedule=random_schedule(random, around),
        cost_factor=float(random.uniform(1.0, 4.0)) if rule is ZoneRule.CAUTION else 1.0,
    )


def random_schedule(random: Random, around: datetime) -> Schedule:
    """Return a schedule: always, a span that begins or ends near a time, or a part of every day."""
    kind = random.choice(4, p=[0.4, 0.4, 0.1, 0.1])
    if kind == 0:
        return ALWAYS
    if kind == 1:
        start = around + timedelta(seconds=float(random.uniform(-5400.0, 7200.0)))
        return during(Interval(start, start + timedelta(seconds=float(random.uniform(60.0, 7200.0)))))
    return Schedule((Applicability(periods=(DAY if kind == 2 else MORNING,)),))


def _limits(random: Random, rule: ZoneRule) -> tuple[VerticalLimit, VerticalLimit]:
    if rule is ZoneRule.KEEP_IN or random.random() < 0.4:
        return VerticalLimit(0.0), VerticalLimit(150.0)
    datum = Datum.AGL if random.random() < 0.3 else Datum.AMSL
    floor_m = float(random.uniform(0.0, 110.0))
    return VerticalLimit(floor_m, datum), VerticalLimit(floor_m + float(random.uniform(2.0, 90.0)), datum)


def _geometry(
    random: Random, projection: LocalProjection, at: XY, radius_m: float
) -> Polygon | MultiPolygon | Circle:
    kind = random.choice(3, p=[0.4, 0.45, 0.15])
    if kind == 0:
        return Circle(projection.position_from_local(*at), radius_m)
    star = random_star(random, at, radius_m)
    if kind == 1:
        return _in_degrees(projection, star)
    beside = random_star(random, (at[0] + 3 * radius_m, at[1]), radius_m / 2)
    return MultiPolygon([_in_degrees(projection, star), _in_degrees(projection, beside)])


def random_star(random: Random, at: XY, radius_m: float) -> Polygon:
    """Return a polygon with 3 to 9 corners around a place; it may be concave, but never crosses itself."""
    count = int(random.integers(3, 10))
    step_deg = 360.0 / count
    turns_deg = step_deg * (np.arange(count) + random.uniform(0.1, 0.9, count))
    reaches_m = radius_m * random.uniform(0.4, 1.0, count)
    return Polygon([point_at(at, *corner) for corner in zip(turns_deg, reaches_m, strict=True)])


def _in_degrees(projection: LocalProjection, polygon: Polygon) -> Polygon:
    shape = projection.geometry_to_geographic(polygon)
    return Polygon(shape.exterior)
