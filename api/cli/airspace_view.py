"""How zones are shown in a terminal: heights, times, areas."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta, timezone

from rich.table import Column, Table

from geofences.airspace import Airspace
from geofences.formats.checks import UNLIMITED_AMSL_M
from geofences.formats.effect import area_km2, lanes_blocked
from geofences.schedule import Applicability, DailyPeriod, Schedule, SunEvent, Weekday
from geofences.values import Datum, VerticalLimit, ZoneRule
from geofences.zones import Zone

JST = timezone(timedelta(hours=9), "JST")

RULES = {
    ZoneRule.KEEP_OUT: "禁止 keep-out",
    ZoneRule.KEEP_IN: "内側のみ keep-in",
    ZoneRule.CAUTION: "注意 caution",
}
DATUMS = {Datum.AMSL: "海抜 AMSL", Datum.AGL: "対地 AGL"}
SUN = {
    SunEvent.CIVIL_DAWN: "薄明 dawn",
    SunEvent.SUNRISE: "日の出 sunrise",
    SunEvent.SUNSET: "日没 sunset",
    SunEvent.CIVIL_DUSK: "薄暮 dusk",
}
HEADINGS = ("ID", "名前 name", "種類 rule", "高さ heights", "日時 times", "面積 area", "航路 lanes")


def zone_table(zones: Sequence[Zone], airspace: Airspace) -> Table:
    """Return a row for each zone; the last column says which default lanes it blocks."""
    table = Table(*(Column(each, overflow="fold") for each in HEADINGS))
    for zone in zones:
        table.add_row(
            zone.id,
            zone.name_ja if zone.name_ja == zone.name_en else f"{zone.name_ja}\n{zone.name_en}",
            RULES[zone.rule],
            f"{height_text(zone.floor)} –\n{height_text(zone.ceiling)}",
            schedule_text(zone.schedule),
            f"{area_km2(zone):.2f} km²",
            lanes_text(zone, airspace),
        )
    return table


def height_text(limit: VerticalLimit) -> str:
    """Return a limit with its datum, short."""
    if limit.datum is Datum.AGL and limit.height_m == 0.0:
        return "地表 SFC"
    if limit == VerticalLimit(UNLIMITED_AMSL_M):
        return "無制限 UNL"
    return f"{limit.height_m:.5g} m {DATUMS[limit.datum]}"


def schedule_text(schedule: Schedule) -> str:
    """Return when a zone is in force, in the time of Japan and in UTC."""
    if schedule.is_always:
        return "常時 always"
    return "\n".join(_span_text(span) for span in schedule.applicabilities)


def lanes_text(zone: Zone, airspace: Airspace) -> str:
    """Return which of the default lanes a zone blocks while it is in force."""
    blocked = lanes_blocked(airspace, zone)
    return f"閉鎖 blocks {', '.join(lane.id for lane in blocked)}" if blocked else "影響なし none"


def _span_text(span: Applicability) -> str:
    lines = []
    if span.start is not None or span.end is not None:
        lines = [_ends_text(span, JST), _ends_text(span, UTC)]
    return "\n".join([*lines, *(_period_text(period) for period in span.periods)])


def _ends_text(span: Applicability, clock: timezone) -> str:
    start, end = (_instant_text(moment, clock) for moment in (span.start, span.end))
    return f"{start} – {end} {clock.tzname(None)}"


def _instant_text(moment: datetime | None, clock: timezone) -> str:
    return "…" if moment is None else moment.astimezone(clock).strftime("%Y-%m-%d %H:%M")


def _period_text(period: DailyPeriod) -> str:
    days = (
        "毎日 daily"
        if len(period.days) == len(Weekday)
        else ",".join(day for day in Weekday if day in period.days)
    )
    return f"{days} {_moment_text(period.start)}–{_moment_text(period.end)}"


def _moment_text(moment: time | SunEvent) -> str:
    return SUN[moment] if isinstance(moment, SunEvent) else moment.strftime("%H:%M%z")
