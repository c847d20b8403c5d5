import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely import Point

from geofences.airspace import Airspace
from geofences.projection import LocalProjection
from geofences.values import Position

LARGEST_SCALE_ERROR = 3e-5

longitudes = st.floats(128.47, 129.43)
latitudes = st.floats(32.45, 33.45)


@settings(deadline=None)
@given(longitudes, latitudes, longitudes, latitudes)
def test_lengths_on_the_map_agree_with_geodesics_as_the_docstring_says(
    west: float, south: float, east: float, north: float
) -> None:
    projection = LocalProjection.for_goto()
    _, _, geodesic_m = Geod(ellps="WGS84").inv(west, south, east, north)

    start, end = (projection.local_from_position(Position(*each)) for each in ((south, west), (north, east)))

    assert np.hypot(end[0] - start[0], end[1] - start[1]) == pytest.approx(
        geodesic_m, rel=LARGEST_SCALE_ERROR, abs=1e-3
    )


@settings(deadline=None)
@given(longitudes, latitudes)
def test_a_position_comes_back_to_a_tenth_of_a_millimetre(longitude_deg: float, latitude_deg: float) -> None:
    projection = LocalProjection.for_goto()

    back = projection.position_from_local(
        *projection.local_from_position(Position(latitude_deg, longitude_deg))
    )

    assert back.latitude_deg == pytest.approx(latitude_deg, abs=1e-9)
    assert back.longitude_deg == pytest.approx(longitude_deg, abs=1e-9)


def test_the_operation_area_lies_where_the_scale_error_is_stated(goto: Airspace) -> None:
    west, south, east, north = goto.boundary.bounds

    assert west >= 128.47
    assert east <= 129.43
    assert south >= 32.4
    assert north <= 33.5


def test_geometries_come_back() -> None:
    projection = LocalProjection.for_goto()

    local = projection.geometry_to_local(Point(128.85, 32.7))
    back = projection.geometry_to_geographic(local)

    assert back.x == pytest.approx(128.85, abs=1e-9)
    assert back.y == pytest.approx(32.7, abs=1e-9)
