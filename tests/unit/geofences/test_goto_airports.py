import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geofences.airport_loading import load_airports
from geofences.airport_surfaces import AirportSurfaces
from geofences.airports import Airport, RunwayEnd
from geofences.data.build_goto import GOTO
from geofences.data.goto_airports import airport_zones
from geofences.shapes import point_at
from geofences.values import Circle, Datum, Position, ZoneRule
from geofences.zones import Zone
from tests.unit.geofences.airfield import MAP

SOURCE = GOTO / "source"
AIRPORTS = {airport.icao: airport for airport in load_airports(SOURCE / "airports.json")}
ZONES = tuple(airport_zones(SOURCE, MAP))
WIDENED = {
    zone.id: shapely.buffer(
        shapely.Point(MAP.local_from_position(zone.geometry.centre)).buffer(zone.geometry.radius_m)
        if isinstance(zone.geometry, Circle)
        else MAP.geometry_to_local(zone.geometry),
        zone.buffer_m,
        quad_segs=64,
    )
    for zone in ZONES
}

Floats = npt.NDArray[np.float64]


def zones_of(icao: str, surface: str = "") -> list[Zone]:
    return [zone for zone in ZONES if zone.id.startswith(f"{icao}-{surface}")]


def test_every_surface_of_every_airport_has_zones_with_ids_of_their_own() -> None:
    kinds = {zone.id.rsplit("-", 1)[0] for zone in ZONES}

    assert kinds == {
        f"{icao}-{surface}"
        for icao, ends in (("RJFE", ("03", "21")), ("RJDK", ("17", "35")), ("RJDO", ("03", "21")))
        for surface in ("strip", "transitional", "horizontal", *(f"approach-{end}" for end in ends))
    }
    assert len({zone.id for zone in ZONES}) == len(ZONES)


@pytest.mark.parametrize(
    ("icao", "surface", "floors_m"),
    [
        ("RJFE", "strip", [0.0]),
        ("RJFE", "approach-03", [68.0, 75.0, 100.0, 125.0]),
        ("RJFE", "approach-21", [83.2, 100.0, 125.0]),
        ("RJFE", "horizontal", [122.0]),
        ("RJDK", "approach-35", [84.4, 100.0, 125.0]),
        ("RJDK", "horizontal", [125.0]),
        ("RJDO", "approach-21", [7.6, 50.0, 75.0, 100.0, 125.0]),
        ("RJDO", "horizontal", [52.7]),
    ],
)
def test_the_floors_of_zones_are_the_heights_where_slices_begin(
    icao: str, surface: str, floors_m: list[float]
) -> None:
    assert [zone.floor.height_m for zone in zones_of(icao, surface)] == floors_m


def test_zones_close_everything_above_the_surfaces() -> None:
    for zone in ZONES:
        assert zone.rule is ZoneRule.KEEP_OUT
        assert zone.floor.datum is Datum.AMSL
        assert zone.ceiling.height_m >= 461.0 + 150.0, "over the highest ground and the limit above it"
        assert zone.schedule.is_always


def test_every_zone_tells_in_both_languages_how_high_and_whom_to_ask() -> None:
    for zone in ZONES:
        height = "from the ground up" if "strip" in zone.id else f"above {zone.floor.height_m:g} m"
        assert height in zone.reason_en, zone.id
        assert "地面から上" in zone.reason_ja or f"海抜{zone.floor.height_m:g} m" in zone.reason_ja, zone.id
        assert "長崎県" in zone.contact.name
        assert "DIPS 2.0" in zone.reason_ja
        assert "art. 236-71" in zone.reason_en


def test_slices_of_one_surface_are_told_apart_by_name() -> None:
    names = [zone.name_en for zone in zones_of("RJFE", "approach-21")]

    assert names[0] == "Goto-Fukue Airport, runway 21 approach surface (83 to 100 m above the sea)"
    assert len(set(names)) == len(names)
    assert len({zone.name_ja for zone in ZONES}) == len(ZONES)


def test_a_buffer_is_the_error_of_the_place_and_of_the_bearing() -> None:
    by_id = {zone.id: zone.buffer_m for zone in ZONES}

    assert by_id["RJFE-horizontal-1"] == 60.0, "a disc does not turn"
    reach_m = math.hypot(460.0, 30.0)
    assert by_id["RJDK-strip-1"] == math.ceil((80.0 + reach_m * math.radians(5.0)) / 10.0) * 10.0
    reach_m = math.hypot(3_460.0, 375.0)
    assert by_id["RJDK-approach-17-3"] == math.ceil((80.0 + reach_m * math.radians(5.0)) / 10.0) * 10.0


def test_a_floor_is_rounded_down(tmp_path: Path) -> None:
    rows = json.loads((SOURCE / "airports.json").read_text(encoding="utf-8"))
    rows[0]["thr_elev"] = [68.07, 83.2]
    (tmp_path / "airports.json").write_text(json.dumps(rows[:1]), encoding="utf-8")

    zones = {zone.id: zone for zone in airport_zones(tmp_path, MAP)}

    assert zones["RJFE-approach-03-1"].floor.height_m == 68.0
    assert zones["RJFE-transitional-1"].floor.height_m == 68.0


places_east_north = st.tuples(st.floats(0.0, 360.0), st.floats(0.0, 1.0))


@settings(deadline=None, derandomize=True, max_examples=60)
@given(
    st.sampled_from(sorted(AIRPORTS)),
    st.floats(-1.0, 1.0),
    places_east_north,
    places_east_north,
    st.integers(0, 1_000),
)
def test_zones_cover_the_surfaces_wherever_the_airport_may_truly_lie(
    icao: str, turned: float, moved: tuple[float, float], point_moved: tuple[float, float], seed: int
) -> None:
    nominal = AIRPORTS[icao]
    true = AirportSurfaces(displaced(nominal, turned * nominal.bearing_error_deg, moved, point_moved), MAP)
    at = scattered(true, np.random.default_rng(seed))

    exact_m, _ = true.lowest_at(*at.T)
    floor_m = np.full(len(at), np.inf)
    for zone in zones_of(icao):
        inside = shapely.intersects_xy(WIDENED[zone.id], at)
        floor_m[inside] = np.minimum(floor_m[inside], zone.floor.height_m)

    covered = np.isfinite(exact_m)
    assert covered.any()
    assert (floor_m[covered] <= exact_m[covered] + 0.01).all()


def displaced(
    airport: Airport, turned_deg: float, moved: tuple[float, float], point_moved: tuple[float, float]
) -> Airport:
    """Return an airport with its runway turned and moved, and its reference point moved otherwise."""
    ends = airport.runway.ends
    first, second = (np.array(MAP.local_from_position(end.threshold)) for end in ends)
    middle = (first + second) / 2.0
    angle = -math.radians(turned_deg)
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    moved_ends = [
        RunwayEnd(end.name, _moved(middle + turn @ (at - middle), moved, airport), end.elevation_amsl_m)
        for end, at in zip(ends, (first, second), strict=True)
    ]
    reference = np.array(MAP.local_from_position(airport.reference_point))
    return replace(
        airport,
        runway=replace(airport.runway, ends=(moved_ends[0], moved_ends[1])),
        reference_point=_moved(reference, point_moved, airport),
    )


def _moved(at: Floats, moved: tuple[float, float], airport: Airport) -> Position:
    direction_deg, part = moved
    # The positions of the zones are rounded to 0.1 m, for which the buffers have no room of their own.
    distance_m = part * (airport.position_error_m - 0.2)
    return MAP.position_from_local(*point_at((float(at[0]), float(at[1])), direction_deg, distance_m))


def scattered(surfaces: AirportSurfaces, random: np.random.Generator) -> Floats:
    """Return points along the runway's line, beside it and around the reference point."""
    across = np.array([-surfaces.along[1], surfaces.along[0]])
    along_m, across_m = random.uniform(-1.0, 1.0, (2, 400)) * np.array([[4_100.0], [420.0]])
    angle, radius_m = random.uniform(0.0, 2.0 * math.pi, 200), random.uniform(0.9, 1.0, 200)
    rim = radius_m[:, None] * surfaces.horizontal_radius_m * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    line = surfaces.middle + along_m[:, None] * surfaces.along + across_m[:, None] * across
    return np.concatenate([line, surfaces.centre + rim])
