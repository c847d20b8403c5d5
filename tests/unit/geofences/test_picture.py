from pathlib import Path

import numpy as np
import pytest
from matplotlib.image import imread

from geofences import picture_style
from geofences.airspace import Airspace
from geofences.picture import draw_routes
from geofences.values import ZoneRule
from tests.unit.geofences.pond import NORTH_OF_ISLAND, round_trip, zone


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
