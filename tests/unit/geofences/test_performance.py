import math

import pytest

from geofences.errors import NoRoute
from geofences.performance import FlightPhase, Performance, Wind
from tests.unit.geofences.pond import SimplePower


def aircraft(wind: Wind) -> Performance:
    return Performance(25.0, 2.5, 1.5, SimplePower(), 1.2, wind)


@pytest.mark.parametrize(
    ("from_deg", "track_deg", "expected_m_s", "remark"),
    [
        (0.0, 0.0, 17.0, "head wind"),
        (0.0, 180.0, 33.0, "tail wind"),
        (90.0, 0.0, math.sqrt(25.0**2 - 8.0**2), "wind from the right"),
        (270.0, 360.0, math.sqrt(25.0**2 - 8.0**2), "wind from the left"),
    ],
)
def test_wind_changes_the_ground_speed(
    from_deg: float, track_deg: float, expected_m_s: float, remark: str
) -> None:
    assert aircraft(Wind(8.0, from_deg)).ground_speed_m_s(track_deg) == pytest.approx(expected_m_s), remark


@pytest.mark.parametrize("track_deg", [0.0, 90.0])
def test_wind_stronger_than_the_airspeed_ends_in_no_route(track_deg: float) -> None:
    with pytest.raises(NoRoute, match="too strong"):
        aircraft(Wind(26.0, 0.0)).ground_speed_m_s(track_deg)


def test_energy_is_power_times_time() -> None:
    assert aircraft(Wind(0.0, 0.0)).energy_wh(FlightPhase.CRUISE, 3600.0) == pytest.approx(430.0)
