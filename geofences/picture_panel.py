"""What stands beside the map: the figures of both ways, the energy, and the certificate in words."""

from datetime import timedelta, timezone

from matplotlib.axes import Axes

from geofences.airspace import Airspace
from geofences.picture_style import (
    FAINT,
    HOME_COLOUR,
    OUT_COLOUR,
    QUIET,
    TEXT,
    Flight,
    short,
    words,
)
from geofences.route import Certificate, Route

JST = timezone(timedelta(hours=9), "JST")
COLUMNS = (0.40, 0.58, 0.78, 1.0)
LINE = 0.062
NAMED_SITES = 6


def draw_panel(axes: Axes, airspace: Airspace, flight: Flight) -> None:
    """Write the figures from the top down."""
    axes.set_axis_off()
    axes.set_xlim(0.0, 1.0)
    axes.set_ylim(0.0, 1.0)
    y = _draw_table(axes, flight, 0.985)
    if flight.certificate is not None:
        y = _draw_energy(axes, flight, flight.certificate, y - 0.03)
        _draw_certificate(axes, airspace, flight.certificate, y - 0.035)


def _draw_table(axes: Axes, flight: Flight, y: float) -> float:
    heads = ("km", words("分", "min"), "Wh", "m/s")
    for x, head in zip(COLUMNS, heads, strict=True):
        axes.text(x, y, head, ha="right", va="top", size=8.5, color=QUIET)
    ways = ((OUT_COLOUR, "往路", "out"), (HOME_COLOUR, "復路", "home"))
    for route, (colour, japanese, english) in zip(flight.routes, ways, strict=False):
        y -= LINE
        axes.text(0.0, y, words(japanese, english), va="top", size=10.5, weight="bold", color=colour)
        for x, figure in zip(COLUMNS, _figures(route), strict=True):
            axes.text(x, y, figure, ha="right", va="top", size=10.5, color=TEXT)
    return y - LINE


def _figures(route: Route) -> tuple[str, str, str, str]:
    speeds = [each.ground_speed_m_s for each in route.waypoints[1:]]
    low, high = round(min(speeds)), round(max(speeds))
    speed = f"{low}" if low == high else f"{low}–{high}"
    return f"{route.length_m / 1000:.1f}", f"{route.duration_s / 60:.1f}", f"{route.energy_wh:.0f}", speed


def _draw_energy(axes: Axes, flight: Flight, certificate: Certificate, y: float) -> float:
    """Draw the battery as a bar: both ways, the stop, what is left, and the reserve."""
    out_wh, home_wh = (sum(r.energy_wh for r in part) for part in (flight.routes[:1], flight.routes[1:]))
    stop_wh = certificate.energy_wh - out_wh - home_wh
    start = 0.0
    for wh, colour in ((out_wh, OUT_COLOUR), (stop_wh, QUIET), (home_wh, HOME_COLOUR)):
        part = wh / certificate.energy_available_wh
        axes.barh(y - 0.02, part, 0.038, start, color=colour, edgecolor="white", linewidth=0.8)
        start += part
    axes.barh(y - 0.02, 1.0 - start, 0.038, start, color=FAINT)
    usable = certificate.usable_wh / certificate.energy_available_wh
    axes.plot([usable, usable], [y - 0.046, y + 0.006], color=TEXT, linewidth=1.4)
    left = 1.0 - certificate.energy_wh / certificate.energy_available_wh
    texts = (
        f"{certificate.energy_wh:.0f} / {certificate.energy_available_wh:.0f} Wh",
        f"{words('残り', 'left')} {left:.0%}",
        f"{words('予備', 'reserve')} {certificate.reserve_fraction:.0%}",
    )
    axes.text(0.0, y - 0.055, "   ·   ".join(texts), va="top", size=8.5, color=TEXT)
    return y - 0.055 - LINE


def _draw_certificate(axes: Axes, airspace: Airspace, certificate: Certificate, y: float) -> None:
    for head, text in certificate_lines(airspace, certificate):
        axes.text(0.0, y, head, va="top", size=8.5, color=QUIET)
        lines = text.splitlines()
        axes.text(0.0, y - 0.043, text, va="top", size=9.5, color=TEXT, linespacing=1.35)
        y -= 0.062 + 0.05 * len(lines)


def certificate_lines(airspace: Airspace, certificate: Certificate) -> list[tuple[str, str]]:
    """Return headings and texts of what was proved."""
    island = next(each for each in airspace.islands if each.id == certificate.nearest_island_id)
    nearest = [f"❶ {certificate.coast_clearance_m:.0f} m  {words(island.name_ja, island.name_en)}"]
    zone = next((each for each in airspace.zones if each.id == certificate.nearest_zone_id), None)
    if zone is not None and certificate.zone_clearance_m is not None:
        name = words(short(zone.name_ja), short(zone.name_en), between="\n     ")
        nearest.append(f"❷ {certificate.zone_clearance_m:.0f} m  {name}")
    lines = [(words("回廊の端からの最小離隔", "smallest clearance of the corridor"), "\n".join(nearest))]
    if certificate.returns or certificate.diverts:
        lines.append((words("帰還と代替着陸地", "returns and divert sites"), _rescues(certificate)))
    start, end = (each.astimezone(JST) for each in (certificate.valid_from, certificate.valid_until))
    valid = f"{start:%Y-%m-%d %H:%M}–{end:%H:%M} JST"
    lines.append(
        (words("有効", "valid"), f"{valid}\n{words('空域', 'airspace')} {certificate.airspace_version[:12]}")
    )
    return lines


def _rescues(certificate: Certificate) -> str:
    legs = {(each.way, each.leg) for each in certificate.diverts}
    ids = list(dict.fromkeys(each.site_id for each in certificate.diverts))
    more = f" +{len(ids) - NAMED_SITES}" if len(ids) > NAMED_SITES else ""
    checked = words(
        f"帰還 {len(certificate.returns)} 区間・代替 {len(legs)} 区間 証明済み",
        f"{len(certificate.returns)} returns, {len(legs)} diverts proved",
        between="\n",
    )
    return f"{checked}\n{', '.join(ids[:NAMED_SITES])}{more}"
