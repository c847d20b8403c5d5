import pytest

from geofences.airspace import Airspace
from geofences.data.build_goto import GOTO
from geofences.height_allowed import height_allowed_amsl_m, load_surfaces
from geofences.shapes import XY
from geofences.values import Position
from tests.unit.geofences.airfield import MAP, airport, surfaces

AIRPORTS = GOTO / "source" / "airports.json"


@pytest.mark.parametrize(
    ("at", "ground_m", "limit_m", "allowed_m", "remark"),
    [
        ((9_000.0, 0.0), 0.0, 150.0, 150.0, "outside all surfaces, over the sea"),
        ((9_000.0, 0.0), 40.0, 150.0, 190.0, "over a hill"),
        ((9_000.0, 0.0), 40.0, 100.0, 140.0, "with a lower limit"),
        ((2_000.0, 0.0), 0.0, 150.0, 55.0, "under the horizontal surface"),
        ((2_000.0, 0.0), 40.0, 150.0, 55.0, "which does not rise with the ground"),
        ((2_000.0, 0.0), 0.0, 30.0, 30.0, "the limit is lower than the surface"),
        ((0.0, 2_060.0), 0.0, 150.0, 35.0, "under the approach surface"),
        ((0.0, 0.0), 10.0, 150.0, 10.0, "on the runway nothing is allowed"),
    ],
)
def test_the_lower_of_surface_and_limit_is_allowed(
    at: XY, ground_m: float, limit_m: float, allowed_m: float, remark: str
) -> None:
    position = MAP.position_from_local(*at)

    found_m = height_allowed_amsl_m([surfaces()], position, ground_m, limit_m)

    assert found_m == pytest.approx(allowed_m), remark


def test_without_airports_the_limit_of_the_law_holds() -> None:
    assert height_allowed_amsl_m([], MAP.origin) == 150.0


def test_of_two_airports_the_lower_surface_counts() -> None:
    high = surfaces(airport(elevation_amsl_m=30.0, heights_amsl_m=(30.0, 30.0)))

    for order in ([high, surfaces()], [surfaces(), high]):
        assert height_allowed_amsl_m(order, MAP.position_from_local(2_000.0, 0.0)) == 55.0


@pytest.mark.parametrize(
    ("position", "allowed_m", "tolerance_m", "remark"),
    [
        (Position(32.67737, 128.86070), 122.0, 1e-6, "the drone base, under the horizontal surface of Fukue"),
        (Position(32.68929, 128.81734), 122.0, 1e-6, "the hospital, 2.93 km from the airport"),
        (Position(33.005855, 129.195341), 106.4, 0.3, "440 m off Kamigoto's strip: 84.4 m and 440 m / 20"),
        (Position(33.19080, 129.08200), 52.7, 1e-6, "750 m west of Ojika's airport"),
        (Position(33.19080, 129.07700), 150.0, 1e-6, "1.2 km west of it, outside"),
        (Position(32.82201, 128.93896), 150.0, 1e-6, "Naru port, far from any airport"),
    ],
)
def test_the_height_allowed_over_places_of_goto(
    goto: Airspace, position: Position, allowed_m: float, tolerance_m: float, remark: str
) -> None:
    airports = load_surfaces(AIRPORTS, goto.projection)

    assert height_allowed_amsl_m(airports, position) == pytest.approx(allowed_m, abs=tolerance_m), remark


def test_fukue_port_lies_below_the_approach_to_runway_21(goto: Airspace) -> None:
    fukue = next(each for each in load_surfaces(AIRPORTS, goto.projection) if each.airport.icao == "RJFE")

    height_m, name = fukue.lowest_over(Position(32.69676, 128.85228))

    assert name == "approach 21"
    assert height_m == pytest.approx(153.0, abs=2.0)
