"""The wind as people write it down."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import ConfigurationError
from simulator.wind import Wind


@pytest.mark.parametrize(
    ("text", "wind"),
    [
        ("8@220", Wind(8.0, 220.0)),
        ("8@220:shear=0.11", Wind(8.0, 220.0, shear=0.11)),
        ("8@220:gusts=1,shear=0.11", Wind(8.0, 220.0, shear=0.11, gusts=1.0)),
    ],
)
def test_a_wind_is_read_from_its_text(text: str, wind: Wind) -> None:
    assert Wind.parse(text) == wind


@given(speed=st.floats(0, 60), from_deg=st.floats(-360, 360), shear=st.floats(0, 1), gusts=st.floats(0, 3))
def test_the_text_of_a_wind_gives_the_wind(speed: float, from_deg: float, shear: float, gusts: float) -> None:
    read = Wind.parse(str(Wind(speed, from_deg, shear, gusts)))

    assert (read.speed_m_s, read.from_deg) == pytest.approx((speed, from_deg))
    assert (read.shear, read.gusts) == pytest.approx((shear, gusts))


@given(st.text("0123456789.@:=,shearguts-", max_size=24))
def test_any_text_is_a_wind_or_our_error(text: str) -> None:
    with suppress(ConfigurationError):
        assert Wind.parse(text).speed_m_s >= 0.0


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("8", "no direction"),
        ("north@8", "no number"),
        ("8@220:", "nothing behind the colon"),
        ("8@220:shear=0.1,shear=0.2", "twice the same"),
        ("8@220:rain=1", "no such option"),
        ("8@220:shear=2", "no exponent of a boundary layer"),
        ("8@220:gusts=-1", "negative turbulence"),
        ("-8@220", "negative speed"),
        ("nan@220", "not a number"),
    ],
)
def test_what_is_not_a_wind_is_refused(text: str, remark: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Wind.parse(text)

    assert caught.value.field == "wind", remark


def test_a_wind_from_the_west_moves_the_air_to_the_east() -> None:
    north_m_s, east_m_s = Wind(8.0, 270.0).velocity_m_s

    assert north_m_s == pytest.approx(0.0, abs=1e-9)
    assert east_m_s == pytest.approx(8.0)
