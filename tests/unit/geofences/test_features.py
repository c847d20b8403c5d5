import json
from pathlib import Path

import pytest

from geofences.errors import DataError
from geofences.loading import read_features, read_islands, read_sites

HUGE = 10**400
"""A whole number that JSON may hold and no float can."""


def written(folder: Path, content: object) -> Path:
    path = folder / "file.geojson"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def point(longitude: object, **properties: object) -> dict[str, object]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"id": "P", **properties},
                "geometry": {"type": "Point", "coordinates": [longitude, 32.9]},
            }
        ],
    }


@pytest.mark.parametrize("longitude", [HUGE, -HUGE, float("inf"), float("nan")])
def test_coordinates_that_no_float_can_hold_are_refused(tmp_path: Path, longitude: float) -> None:
    path = written(tmp_path, point(longitude))

    with pytest.raises(DataError, match=r"feature 0 \(P\): position 0 must be finite numbers"):
        read_sites(path)


@pytest.mark.parametrize("height", [HUGE, -HUGE, float("inf"), float("nan"), True, "1"])
def test_what_is_no_finite_number_is_refused(tmp_path: Path, height: object) -> None:
    path = written(tmp_path, point(128.9, height=height))

    with pytest.raises(DataError, match=r"feature 0 \(P\): 'height' must be a finite number"):
        read_features(path, lambda feature: feature.properties.number("height"))


@pytest.mark.parametrize("height", [0, -3, 1.5, 10**15])
def test_finite_numbers_are_read(tmp_path: Path, height: float) -> None:
    path = written(tmp_path, point(128.9, height=height))

    assert read_features(path, lambda feature: feature.properties.number("height")) == (float(height),)


def test_json_nested_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="is not readable JSON"):
        read_islands(written(tmp_path, "[" * 100_000))
