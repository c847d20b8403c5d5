"""How a proved round trip is shown in a terminal."""

import itertools
from collections.abc import Iterable
from datetime import datetime, timedelta

from rich.console import Console
from rich.table import Table

from api.cli.airspace_view import JST
from api.cli.route_trip import ProvedTrip
from dispatch.energy import RESERVE_FRACTION
from geofences.airspace import Airspace
from geofences.route import CheckedDivert, Way
from geofences.values import Position

WAYS = {Way.OUT: "往路 out", Way.HOME: "復路 home"}


def print_trip(console: Console, trip: ProvedTrip, asked: datetime) -> None:
    """Print both ways and everything that was proved.

    Parameters
    ----------
    asked
        The departure that was asked for; a later one is told.
    """
    console.print(way_table(trip))
    for line in (*_times(trip, asked), *_clearances(trip), *_energy(trip), *_rescues(trip)):
        console.print(line, soft_wrap=True, markup=False, highlight=False)
    version = trip.certificate.airspace_version[:12]
    console.print(
        f"証明書 certificate: airspace {version}, checked again by other means: holds", soft_wrap=True
    )


def way_table(trip: ProvedTrip) -> Table:
    """Return the figures of both ways."""
    table = Table("", "km", "分 min", "Wh", "経由点 waypoints", "対地速度 ground speed")
    for name, way in zip(WAYS.values(), trip.ways, strict=True):
        figures = (way.length_m / 1000, way.duration_s / 60, way.energy_wh)
        speed = _range_text([each.ground_speed_m_s for each in way.waypoints[1:]])
        table.add_row(name, *(f"{figure:.1f}" for figure in figures), str(len(way.waypoints)), f"{speed} m/s")
    return table


def _times(trip: ProvedTrip, asked: datetime) -> Iterable[str]:
    way_out, way_home = trip.ways
    yield f"風 wind: {trip.wind if trip.wind.strongest_m_s > 0.0 else '無風 none'}"
    waited_min = (way_out.departure - asked).total_seconds() / 60
    waits = f", {waited_min:.0f} min later than asked" if waited_min > 0.0 else ""
    back = way_home.departure + timedelta(seconds=way_home.duration_s)
    departs = f"{way_out.departure.astimezone(JST):%Y-%m-%d %H:%M} JST"
    yield f"出発 departs: {departs}{waits}; back {back.astimezone(JST):%H:%M}"
    total_s = way_out.duration_s + trip.stop_s + way_home.duration_s
    yield f"全体 in all, with the stop: {total_s / 60:.1f} min, {trip.certificate.energy_wh:.0f} Wh"


def _clearances(trip: ProvedTrip) -> Iterable[str]:
    certificate, airspace = trip.certificate, trip.airspace
    island = next(each for each in airspace.islands if each.id == certificate.nearest_island_id)
    coast = f"{island.name_ja} {island.name_en}{_place_text(certificate.coast_clearance_at)}"
    yield f"海岸 coast: {certificate.coast_clearance_m:.0f} m to {coast}"
    if certificate.zone_clearance_m is not None:
        zone = next(each for each in airspace.zones if each.id == certificate.nearest_zone_id)
        where = f"{zone.id} {zone.name_ja}{_place_text(certificate.zone_clearance_at)}"
        yield f"区域 zone: {certificate.zone_clearance_m:.0f} m to {where}"


def _energy(trip: ProvedTrip) -> Iterable[str]:
    used_wh, available_wh = trip.certificate.energy_wh, trip.certificate.energy_available_wh
    left = 1.0 - used_wh / available_wh
    yield f"予備 reserve: {left:.0%} of {available_wh:.0f} Wh is left, {RESERVE_FRACTION:.0%} is required"


def _rescues(trip: ProvedTrip) -> Iterable[str]:
    certificate = trip.certificate
    if certificate.returns:
        worst = max(certificate.returns, key=lambda each: each.needed_wh)
        yield (
            f"帰還 returns: proved from all {len(certificate.returns)} legs; "
            f"the dearest, from leg {worst.leg}, needs {worst.needed_wh:.0f} of "
            f"{certificate.usable_wh:.0f} Wh"
        )
    for site_id, diverts in _by_site(certificate.diverts):
        yield f"代替 divert {_site_text(trip.airspace, site_id)}: {_legs_text(diverts)}"


def _by_site(diverts: Iterable[CheckedDivert]) -> Iterable[tuple[str, list[CheckedDivert]]]:
    ordered = sorted(diverts, key=lambda each: each.site_id)
    for site_id, group in itertools.groupby(ordered, key=lambda each: each.site_id):
        yield site_id, list(group)


def _legs_text(diverts: Iterable[CheckedDivert]) -> str:
    """Return the legs of each way, and the longest path to the site."""
    found = list(diverts)
    parts = [
        f"{name} {_runs_text([each.leg for each in found if each.way is way])}"
        for way, name in WAYS.items()
        if any(each.way is way for each in found)
    ]
    farthest_km = max(each.length_m for each in found) / 1000
    return f"{', '.join(parts)}; at most {farthest_km:.1f} km"


def _runs_text(legs: list[int]) -> str:
    """Return numbers with runs drawn together: 1–4, 7."""
    runs = [
        [leg for _, leg in group]
        for _, group in itertools.groupby(enumerate(sorted(legs)), key=lambda each: each[1] - each[0])
    ]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _site_text(airspace: Airspace, site_id: str) -> str:
    return f"{site_id} {airspace.site(site_id).name_ja}"


def _place_text(at: Position | None) -> str:
    return "" if at is None else f" at {at.latitude_deg:.5f}, {at.longitude_deg:.5f}"


def _range_text(values: list[float]) -> str:
    low, high = round(min(values)), round(max(values))
    return f"{low}" if low == high else f"{low}–{high}"
