from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.image import imread

from geofences import picture_style
from geofences.airspace import Airspace
from geofences.certificate import certify
from geofences.picture import draw_airspace, draw_routes
from geofences.picture_labels import Labels
from geofences.picture_map import families, middle_of
from geofences.picture_marks import clearances
from geofences.picture_profile import bands_along, heights_text, zones_along
from geofences.route import Certificate, Route
from geofences.values import AltitudeBand, Circle, VerticalLimit, ZoneRule
from geofences.wind import Wind
from tests.unit.geofences.pond import MAP, NORTH_OF_ISLAND, PERFORMANCE, SOUTH_OF_ISLAND, round_trip, zone


def test_a_picture_shows_the_routes_in_their_colours(goto: Airspace, tmp_path: Path) -> None:
    path = tmp_path / "route.png"

    draw_routes(goto, round_trip(goto, "FKP", "SGP"), path)

    pixels = np.round(imread(path)[..., :3] * 255).astype(int).reshape(-1, 3)
    for colour in (picture_style.OUT_COLOUR, picture_style.HOME_COLOUR, picture_style.LAND):
        wanted = [int(colour[start : start + 2], 16) for start in (1, 3, 5)]
        assert (pixels == wanted).all(axis=1).any(), colour


def test_a_flown_track_and_zones_of_all_kinds_are_drawn(pond: Airspace, tmp_path: Path) -> None:
    airspace = pond.with_zone(zone("N", NORTH_OF_ISLAND)).with_zone(
        zone("C", (3000.0, 3000.0, 4000.0, 4000.0), rule=ZoneRule.CAUTION)
    )
    ways = round_trip(airspace)
    track = [(each.position, each.altitude_amsl_m - 1.0) for each in ways[0].waypoints]

    draw_routes(airspace, ways, tmp_path / "with.png", track=track)
    draw_routes(airspace, ways[:1], tmp_path / "without.png")

    assert (tmp_path / "with.png").read_bytes() != (tmp_path / "without.png").read_bytes()


def test_without_a_japanese_font_names_are_in_english(
    pond: Airspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture_style.japanese_font.cache_clear()
    monkeypatch.setattr(picture_style, "JAPANESE_FONTS", ())

    draw_routes(pond, round_trip(pond), tmp_path / "route.png")

    picture_style.japanese_font.cache_clear()
    assert (tmp_path / "route.png").stat().st_size > 10_000


def proved(airspace: Airspace) -> tuple[tuple[Route, Route], Certificate]:
    ways = round_trip(airspace)
    certificate = certify(
        airspace, *ways, energy_available_wh=900.0, reserve_fraction=0.3, performance=PERFORMANCE
    )
    return ways, certificate


def test_a_certificate_and_a_wind_are_drawn(pond: Airspace, tmp_path: Path) -> None:
    ways, certificate = proved(pond.with_zone(zone("N", NORTH_OF_ISLAND)))

    draw_routes(pond, ways, tmp_path / "plain.png")
    draw_routes(
        pond, ways, tmp_path / "full.png", certificate=certificate, wind=Wind(8.0, 220.0), caption="$1_a"
    )

    assert (tmp_path / "full.png").stat().st_size > (tmp_path / "plain.png").stat().st_size


def test_the_free_line_of_a_clearance_is_as_long_as_the_certificate_says(pond: Airspace) -> None:
    airspace = pond.with_zone(zone("N", (-500.0, 2000.0, 500.0, 5000.0), buffer_m=50.0))
    _, certificate = proved(airspace)

    coast, near_zone = clearances(airspace, certificate)

    assert coast.free.length == pytest.approx(certificate.coast_clearance_m)
    assert coast.text.startswith(f"{certificate.coast_clearance_m:.0f} m")
    assert near_zone.free.length == pytest.approx(certificate.zone_clearance_m)
    assert near_zone.line.length == pytest.approx(near_zone.free.length + 100.0, abs=1.0)


def test_the_profile_shows_a_zone_where_the_corridor_touches_it(pond: Airspace) -> None:
    crossed = zone("C", (-4000.0, -1000.0, -3000.0, 1000.0), rule=ZoneRule.CAUTION)
    airspace = pond.with_zone(crossed).with_zone(zone("FAR", (-4000.0, 4000.0, -3000.0, 5000.0)))
    way_out, _ = round_trip(airspace)

    ((shown, (start_km, end_km), band),) = zones_along(airspace, way_out)

    assert shown.id == "C"
    assert (start_km, end_km) == pytest.approx((1.9, 3.1), abs=0.15)
    assert (band.floor_amsl_m, band.ceiling_amsl_m) == (0.0, 120.0)


def test_the_profile_shows_the_band_of_each_leg(pond: Airspace) -> None:
    way_out, _ = round_trip(pond)

    bands = list(bands_along(pond, way_out, pond.policy.outbound))

    assert bands[0][0] == 0.0
    assert bands[-1][1] == pytest.approx(way_out.length_m / 1000.0)
    assert {band for _, _, band in bands} == {pond.policy.outbound}


def test_an_airspace_is_drawn_whole_or_near_some_zones(goto: Airspace, tmp_path: Path) -> None:
    draw_airspace(goto, tmp_path / "whole.png", resolution_dpi=40)
    draw_airspace(goto, tmp_path / "near.png", highlight=["WIND-FARM"], resolution_dpi=40)

    whole, near = imread(tmp_path / "whole.png"), imread(tmp_path / "near.png")
    assert whole.shape[0] > whole.shape[1]
    assert near.shape[0] < near.shape[1]


def test_zones_of_all_rules_and_shapes_are_drawn(pond: Airspace, tmp_path: Path) -> None:
    circle = replace(
        zone("O", NORTH_OF_ISLAND), geometry=Circle(MAP.position_from_local(3000.0, 3000.0), 400.0)
    )
    inside = zone("IN", (-8000.0, -5000.0, 8000.0, 5000.0), rule=ZoneRule.KEEP_IN)
    high = zone("HIGH", SOUTH_OF_ISLAND, band=AltitudeBand(200.0, 900.0), buffer_m=100.0)
    airspace = pond
    draw_airspace(airspace, tmp_path / "before.png", resolution_dpi=40)

    for each in (circle, inside, high):
        airspace = airspace.with_zone(each)
        draw_airspace(airspace, tmp_path / "after.png", resolution_dpi=40)

        before, after = ((tmp_path / name).read_bytes() for name in ("before.png", "after.png"))
        assert before != after
        (tmp_path / "before.png").write_bytes(after)


def test_all_surfaces_of_an_airport_share_a_label() -> None:
    names = ("Goto Airport, strip", "Goto Airport, approach surface", "Wind farm")
    zones = [replace(zone(name, NORTH_OF_ISLAND), name_en=name) for name in names]

    grouped = [[each.id for each in family] for family in families(zones)]

    assert grouped == [list(names[:2]), ["Wind farm"]]


@pytest.mark.parametrize(
    ("english", "shown"),
    [
        ("Fukue Port", "Fukue Port"),
        ("Oshima (黄島) Clinic", "Oshima Clinic"),
        ("Oshima (Oushima)", "Oshima (Oushima)"),
        ("花火大会", "?"),
    ],
)
def test_without_a_japanese_font_no_glyph_is_missing(
    monkeypatch: pytest.MonkeyPatch, english: str, shown: str
) -> None:
    monkeypatch.setattr(picture_style, "japanese_font", lambda: None)

    assert picture_style.words("日本語", english) == shown


def test_with_a_japanese_font_both_languages_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_style, "japanese_font", lambda: "IPAexGothic")

    assert picture_style.words("福江港", "Fukue Port") == "福江港 Fukue Port"
    assert picture_style.words("FW", "FW") == "FW"


def test_a_label_without_room_is_left_out_and_one_that_must_be_is_not() -> None:
    axes = Figure(figsize=(2.0, 2.0), dpi=100).add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_xlim(0.0, 200.0)
    axes.set_ylim(0.0, 200.0)
    labels = Labels(axes)
    labels.keep_off(shapely.box(0.0, 0.0, 200.0, 100.0))

    written = [
        labels.write((100.0, 150.0), "free", colour="k"),
        labels.write((100.0, 150.0), "taken", colour="k"),
        labels.write((100.0, 50.0), "kept off", colour="k"),
        labels.write((100.0, 50.0), "must", colour="k", must=True),
    ]

    assert written == [True, False, False, True]
    assert [text.get_text() for text in axes.texts] == ["free", "must"]


@pytest.mark.parametrize(
    ("ceiling_m", "text"), [(60.0, "20–60 m"), (1000.0, "20 m 以上 and above")], ids=["under", "over"]
)
def test_the_heights_of_a_zone_are_written_whole_as_far_as_the_profile_shows_them(
    pond: Airspace, monkeypatch: pytest.MonkeyPatch, ceiling_m: float, text: str
) -> None:
    monkeypatch.setattr(picture_style, "words", lambda ja, en: f"{ja} {en}")
    shown = replace(zone("N", NORTH_OF_ISLAND), floor=VerticalLimit(20.0), ceiling=VerticalLimit(ceiling_m))

    assert heights_text(pond, shown) == text


def test_a_font_that_was_installed_after_matplotlib_made_its_list_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    manager = font_manager.fontManager
    listed = list(manager.ttflist)
    late = next(each.name for each in listed if each.name == "DejaVu Serif")
    file = next(each.fname for each in listed if each.name == late)
    monkeypatch.setattr(manager, "ttflist", [each for each in listed if each.name != late])
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda: [file])
    monkeypatch.setattr(picture_style, "JAPANESE_FONTS", (late,))
    picture_style.japanese_font.cache_clear()

    found = picture_style.japanese_font()

    picture_style.japanese_font.cache_clear()
    assert found == late


def test_a_label_stands_in_its_area_even_where_the_middle_of_its_parts_does_not() -> None:
    parts = shapely.union_all([shapely.box(0, 0, 1, 1), shapely.box(9, 0, 12, 3)])

    assert shapely.box(9, 0, 12, 3).covers(middle_of(parts))
    assert middle_of(shapely.box(0, 0, 2, 2)) == shapely.Point(1, 1)
