"""Generated zones, and what each format can carry of them."""

from datetime import UTC, datetime, time, timedelta, timezone

from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon

from geofences.schedule import Applicability, DailyPeriod, Schedule, SunEvent, Weekday
from geofences.values import Circle, Contact, Datum, Position, VerticalLimit, ZoneRule
from geofences.zones import Zone

NO_CONTROL = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
TEXTS = st.text(NO_CONTROL, max_size=40)
IDS = st.text(NO_CONTROL, min_size=1, max_size=12).filter(lambda text: bool(text.strip()))
HEIGHTS = st.floats(0.0, 1000.0)


@st.composite
def rectangles(draw: st.DrawFn, west_deg: float = 128.0, with_holes: bool = True) -> Polygon:
    west, south = west_deg + draw(st.floats(0.0, 0.5)), draw(st.floats(32.0, 33.0))
    width, height = draw(st.floats(0.001, 0.2)), draw(st.floats(0.001, 0.2))

    def ring(share: float) -> list[tuple[float, float]]:
        dx, dy = width * share, height * share
        corners = [(west + dx, south + dy), (west + width - dx, south + dy)]
        return [*corners, (west + width - dx, south + height - dy), (west + dx, south + height - dy)]

    return Polygon(ring(0.0), [ring(0.25)] if with_holes and draw(st.booleans()) else [])


def multipolygons(with_holes: bool = True) -> st.SearchStrategy[MultiPolygon]:
    parts = [rectangles(west_deg=128.0 + number, with_holes=with_holes) for number in range(2)]
    return st.tuples(*parts).map(lambda polygons: MultiPolygon(list(polygons)))


def circles() -> st.SearchStrategy[Circle]:
    positions = st.builds(Position, st.floats(-60.0, 60.0), st.floats(-170.0, 170.0))
    return st.builds(Circle, positions, st.floats(1.0, 50_000.0))


def limits(low_m: float, high_m: float) -> st.SearchStrategy[VerticalLimit]:
    return st.builds(VerticalLimit, st.floats(low_m, high_m), st.sampled_from(Datum))


CLOCKS = st.builds(
    lambda clock, minutes: clock.replace(tzinfo=timezone(timedelta(minutes=minutes))),
    st.times(),
    st.integers(-720, 840),
)
INSTANTS = st.integers(0, 15 * 366 * 86_400 * 1_000_000).map(
    lambda microseconds: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
)


def schedules(with_sun: bool = True) -> st.SearchStrategy[Schedule]:
    moments: st.SearchStrategy[time | SunEvent] = CLOCKS
    if with_sun:
        moments = st.one_of(CLOCKS, st.sampled_from(SunEvent))
    days = st.frozensets(st.sampled_from(Weekday), min_size=1)
    periods = st.lists(st.builds(DailyPeriod, days, moments, moments), max_size=2).map(tuple)
    ends = st.tuples(st.none() | INSTANTS, st.none() | INSTANTS).map(ordered)
    spans = st.builds(lambda pair, parts: Applicability(pair[0], pair[1], parts), ends, periods)
    return st.lists(spans.filter(lambda span: span != Applicability()), max_size=2).map(
        lambda found: Schedule(tuple(found))
    )


def ordered(pair: tuple[datetime | None, datetime | None]) -> tuple[datetime | None, datetime | None]:
    start, end = pair
    return (end, start) if start is not None and end is not None and end < start else pair


CONTACTS = st.builds(
    Contact,
    name=TEXTS,
    phone=st.sampled_from(["", "+81 959 72 0000"]),
    email=st.sampled_from(["", "desk@example.org"]),
    url=st.sampled_from(["", "https://example.org/zones"]),
)


@st.composite
def zones(
    draw: st.DrawFn,
    rules: tuple[ZoneRule, ...] = tuple(ZoneRule),
    with_holes: bool = True,
    with_sun: bool = True,
) -> Zone:
    rule = draw(st.sampled_from(rules))
    return Zone(
        id=draw(IDS),
        name_ja=draw(TEXTS),
        name_en=draw(TEXTS),
        rule=rule,
        geometry=draw(st.one_of(rectangles(with_holes=with_holes), multipolygons(with_holes), circles())),
        floor=draw(limits(-10.0, 100.0)),
        ceiling=draw(limits(100.0, 5000.0)),
        buffer_m=draw(st.floats(0.0, 500.0)),
        reason_ja=draw(TEXTS),
        reason_en=draw(TEXTS),
        source=draw(TEXTS),
        schedule=draw(schedules(with_sun)),
        cost_factor=draw(st.floats(1.0, 9.0)) if rule is ZoneRule.CAUTION else 1.0,
        contact=draw(CONTACTS),
    )


def lists_of(one: st.SearchStrategy[Zone]) -> st.SearchStrategy[list[Zone]]:
    return st.lists(one, min_size=1, max_size=3, unique_by=lambda zone: zone.id)


NO_KEEP_IN = (ZoneRule.KEEP_OUT, ZoneRule.CAUTION)
NO_CAUTION = (ZoneRule.KEEP_OUT, ZoneRule.KEEP_IN)

CARRIED = {
    "geojson": lists_of(zones()),
    "kml": lists_of(zones()),
    "notam": lists_of(zones()),
    "ed318": lists_of(zones(rules=NO_KEEP_IN)),
    "ed269": lists_of(zones(rules=NO_KEEP_IN, with_sun=False)),
    "plan": lists_of(zones(rules=NO_CAUTION, with_holes=False)),
}
"""What each format can say; a test of the format says what it refuses."""
