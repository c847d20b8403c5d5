"""The standard atmosphere against its table."""

import numpy as np
import pytest

from simulator.physics.air import density_kg_m3, pressure_pa, temperature_k


@pytest.mark.parametrize(
    ("altitude_m", "kelvin", "pascal", "density"),
    [
        (-500.0, 291.400, 107478.0, 1.28489),
        (0.0, 288.150, 101325.0, 1.22500),
        (1000.0, 281.650, 89874.6, 1.11164),
        (5000.0, 255.650, 54019.9, 0.736116),
        (10000.0, 223.150, 26436.3, 0.412707),
    ],
)
def test_the_atmosphere_is_that_of_iso_2533(
    altitude_m: float, kelvin: float, pascal: float, density: float
) -> None:
    here = np.array([altitude_m])

    assert temperature_k(here)[0] == pytest.approx(kelvin)
    assert pressure_pa(here)[0] == pytest.approx(pascal, rel=1e-5)
    assert density_kg_m3(here)[0] == pytest.approx(density, rel=1e-5)


def test_warm_air_is_thinner_by_the_ratio_of_the_temperatures() -> None:
    here = np.array([0.0])

    summer = density_kg_m3(here, warmer_k=20.0)

    assert summer[0] == pytest.approx(1.225 * 288.15 / 308.15, rel=1e-6)
