import pytest

from geofences.corners import merge_corners
from geofences.shapes import XY


def anywhere(start: XY, end: XY) -> bool:
    return True


def nowhere(start: XY, end: XY) -> bool:
    return False


def test_two_near_corners_to_one_side_become_one_further_out() -> None:
    path = merge_corners([(0.0, 0.0), (1000.0, 0.0), (1100.0, 40.0), (2100.0, 840.0)], anywhere)

    assert path == [(0.0, 0.0), pytest.approx((1050.0, 0.0)), (2100.0, 840.0)]


@pytest.mark.parametrize(
    ("path", "remark"),
    [
        ([(0.0, 0.0), (1000.0, 0.0), (1500.0, 200.0), (2100.0, 840.0)], "the leg is long enough"),
        ([(0.0, 0.0), (1000.0, 0.0), (1100.0, 40.0), (2100.0, 40.0)], "the corners turn to different sides"),
        ([(0.0, 0.0), (1000.0, 0.0), (1100.0, 100.0), (1100.0, 1100.0)], "one corner would be too sharp"),
        ([(0.0, 0.0), (100.0, 0.0)], "a line has no corners"),
    ],
)
def test_corners_stay_where_they_must(path: list[XY], remark: str) -> None:
    assert merge_corners(path, anywhere) == path, remark


def test_nothing_is_merged_where_the_area_is_not_free() -> None:
    path = [(0.0, 0.0), (1000.0, 0.0), (1100.0, 40.0), (2100.0, 840.0)]

    assert merge_corners(path, nowhere) == path
