import pytest

from geofences.airspace import Airspace
from geofences.loading import load_airspace
from tests.unit.geofences.pond import pond as make_pond


@pytest.fixture(scope="session")
def goto() -> Airspace:
    return load_airspace()


@pytest.fixture(scope="session")
def pond() -> Airspace:
    return make_pond()
