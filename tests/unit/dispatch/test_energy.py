import pytest

from dispatch.energy import AirframePower, hover_energy_wh, sortie_energy_wh, usable_wh
from geofences.performance import FlightPhase
from tests.unit.dispatch.world import NOW, TYPES, route

QUADPLANE = TYPES["quadplane"]


def test_an_empty_airframe_draws_the_powers_of_its_type() -> None:
    power = AirframePower(QUADPLANE)

    assert power.power_w(FlightPhase.CRUISE, 0.0) == 430.0
    assert power.power_w(FlightPhase.HOVER, 0.0) == 1900.0
    assert power.power_w(FlightPhase.DESCENT, 0.0) == 1900.0
    assert power.power_w(FlightPhase.CLIMB, 0.0) == 2540.0


def test_payload_counts_in_proportion_in_cruise_and_more_in_hover() -> None:
    power = AirframePower(QUADPLANE)

    assert power.power_w(FlightPhase.CRUISE, 1.3) == pytest.approx(430.0 * 1.1)
    assert power.power_w(FlightPhase.HOVER, 1.3) == pytest.approx(1900.0 * 1.1**1.5)


def test_the_sortie_counts_both_ways_and_the_hovering() -> None:
    way = route("FKP", "SGP", NOW, 1500.0)

    energy_wh = sortie_energy_wh(QUADPLANE, 0.0, way, way)

    assert hover_energy_wh(QUADPLANE, 0.0) == pytest.approx(1900.0 * 144.0 / 3600.0)
    assert energy_wh == pytest.approx(2 * 240.7 + 76.0)


def test_thirty_percent_stay_in_reserve() -> None:
    assert usable_wh(900.0) == pytest.approx(630.0)
