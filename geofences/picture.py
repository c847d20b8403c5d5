"""Pictures of an airspace, and of flights through it with their proof."""

from collections.abc import Collection, Sequence
from pathlib import Path

import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from geofences.airspace import Airspace
from geofences.corridor import corridor_area
from geofences.performance import NO_WIND
from geofences.picture_flight import draw_flight
from geofences.picture_frame import draw_compass, draw_scale, draw_wind
from geofences.picture_loupe import draw_loupes
from geofences.picture_map import Place, chart_of, draw_island_names, draw_site_names, draw_zone_names
from geofences.picture_marks import end_of
from geofences.picture_panel import draw_panel
from geofences.picture_profile import JST, draw_profile
from geofences.picture_style import PAPER, QUIET, TEXT, Flight, TrackPoint, house_style, words
from geofences.route import Certificate, Route
from geofences.wind import WindField

SIZE_INCH = (16.0, 10.6)
RESOLUTION_DPI = 130.0
MARGIN_M = 2_500.0

MAP: Place = (0.026, 0.300, 0.704, 0.622)
PROFILE: Place = (0.042, 0.052, 0.688, 0.150)
PANEL: Place = (0.748, 0.475, 0.236, 0.447)
LOUPES: tuple[Place, Place] = ((0.748, 0.262, 0.236, 0.200), (0.748, 0.045, 0.236, 0.200))

WIDE: tuple[Place, tuple[float, float]] = ((0.026, 0.075, 0.958, 0.855), SIZE_INCH)
TALL: tuple[Place, tuple[float, float]] = ((0.036, 0.062, 0.944, 0.880), (11.6, 14.2))
"""Place of the map and size of the picture, where there is nothing but a map."""


def draw_routes(
    airspace: Airspace,
    routes: Sequence[Route],
    path: Path,
    track: Sequence[TrackPoint] | None = None,
    *,
    certificate: Certificate | None = None,
    wind: WindField = NO_WIND,
    caption: str = "",
    resolution_dpi: float = RESOLUTION_DPI,
) -> None:
    """Write a PNG picture of one flight: map, heights, figures, and the places of least clearance.

    Parameters
    ----------
    airspace
        The airspace around the routes.
    routes
        The way out, and the way home if there is one.
    path
        File to write.
    track
        What was flown: positions with altitudes above mean sea level (m).
    certificate
        The proof of the routes; its clearances, returns, diverts and energies are shown.
    wind
        The wind that the routes were planned in.
    caption
        What the flight is, in a few words: drone, payload.
    """
    flight = Flight(routes, certificate, wind, track or (), caption)
    with house_style():
        figure = Figure(figsize=SIZE_INCH, dpi=resolution_dpi, facecolor=PAPER)
        chart = chart_of(figure, MAP, airspace, _bounds(airspace, flight), MARGIN_M)
        draw_compass(chart)
        draw_wind(chart, wind, routes[0].departure)
        draw_scale(chart)
        draw_flight(chart, flight)
        reserve = [] if certificate is None else [each.site_id for each in certificate.diverts]
        draw_island_names(chart)
        draw_site_names(chart, leave_out={*flight.end_ids, *reserve})
        _write_title(figure, _title(airspace, routes[0]), _subtitle(flight))
        _draw_legend(chart.axes)
        draw_profile(figure.add_axes(PROFILE), airspace, flight)
        draw_panel(figure.add_axes(PANEL), airspace, flight)
        draw_loupes([figure.add_axes(place) for place in LOUPES], chart, flight)
        _save(figure, path, resolution_dpi)


def draw_airspace(
    airspace: Airspace,
    path: Path,
    *,
    highlight: Collection[str] = (),
    resolution_dpi: float = RESOLUTION_DPI,
) -> None:
    """Write a PNG picture of an airspace: coast, lanes, zones with their heights, drone sites.

    Parameters
    ----------
    airspace
        The airspace.
    path
        File to write.
    highlight
        Ids of zones to come near to; all of the airspace is shown where there are none.
    """
    zones = [each for each in airspace.zones if each.id in highlight]
    seen = [airspace.shape_of(each) for each in zones] or [airspace.terrain.land]
    west, south, east, north = (float(each) for each in shapely.total_bounds(seen))
    place, size_inch = WIDE if zones or east - west > north - south else TALL
    with house_style():
        figure = Figure(figsize=size_inch, dpi=resolution_dpi, facecolor=PAPER)
        chart = chart_of(figure, place, airspace, (west, south, east, north), 2 * MARGIN_M)
        draw_compass(chart)
        draw_scale(chart)
        draw_site_names(chart)
        draw_zone_names(chart, zones or airspace.zones)
        draw_island_names(chart)
        title = ", ".join(words(each.name_ja, each.name_en) for each in zones[:2]) or words(
            "空域図", "Airspace"
        )
        counts = f"{len(airspace.zones)} zones, {len(airspace.corridors)} lanes, {airspace.version[:12]}"
        _write_title(figure, title, counts)
        _draw_legend(chart.axes)
        _save(figure, path, resolution_dpi)


def _bounds(airspace: Airspace, flight: Flight) -> tuple[float, ...]:
    """Return the bounds of the certified corridor and of what was flown."""
    shapes = [corridor_area(flight.routes, airspace.projection)]
    shapes += [
        shapely.Point(airspace.projection.local_from_position(position)) for position, _ in flight.track
    ]
    return tuple(float(each) for each in shapely.total_bounds(shapes))


def _title(airspace: Airspace, route: Route) -> str:
    ends = (route.origin_site_id, route.destination_site_id)
    names = [end_of(airspace, route, each)[1].split("\n") for each in ends]
    japanese, english = (" → ".join(each[number] for each in names) for number in (0, -1))
    return japanese if japanese == english else f"{japanese}   {english}"


def _subtitle(flight: Flight) -> str:
    departure = f"{flight.routes[0].departure.astimezone(JST):%Y-%m-%d %H:%M} JST"
    return "   ·   ".join(each for each in (flight.caption, departure) if each)


def _write_title(figure: Figure, title: str, subtitle: str) -> None:
    figure.text(MAP[0], 0.958, title, size=19, weight="bold", color=TEXT, va="center")
    figure.text(PANEL[0] + PANEL[2], 0.958, subtitle, size=10.5, color=QUIET, ha="right", va="center")


def _draw_legend(axes: Axes) -> None:
    axes.legend(
        loc="upper left",
        bbox_to_anchor=(0.0, -0.03),
        ncols=5,
        frameon=False,
        fontsize=8.5,
        borderpad=0,
        handlelength=1.6,
        columnspacing=1.4,
    )


def _save(figure: Figure, path: Path, resolution_dpi: float) -> None:
    figure.savefig(path, format="png", dpi=resolution_dpi, metadata={"Software": "Tsubaki"})
