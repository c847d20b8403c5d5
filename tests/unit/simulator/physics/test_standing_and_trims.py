"""What stands, what is trimmed for whom, and what stays after a hazard has ended."""

import pytest

from simulator.physics.command import Command, rotors, wing
from simulator.wind import Wind
from tests.unit.simulator.physics.rig import COPTER, QUADPLANE, Rig

HOVER = rotors((0.0, 0.0, 0.0), 2.5, 2.5, 0.0, 0.0)
SINK = rotors((0.0, 0.0, -1.0), 2.5, 2.5, 0.0, 0.0)
EAST = rotors((0.0, 5.0, 0.0), 2.5, 2.5, 1.0, 0.5)
CRUISE = wing(0.0, 25.0, 0.0, 2.0, 0.7, 1.5)


@pytest.mark.parametrize("command", [HOVER, SINK, EAST])
def test_what_stands_on_the_ground_stays_where_it_is(command: Command) -> None:
    rig = Rig(COPTER, wind=Wind(15.0, 0.0, gusts=1.0))
    rig.pilot.body.command = command

    rig.run(60.0)

    assert rig.state.on_ground[0]
    assert (rig.state.north[0], rig.state.east[0], rig.state.up[0]) == (0.0, 0.0, 0.0)


def _after_the_wing(*companions: str) -> list[float]:
    """Return how a quadplane moves on rotors after a flight on the wing, with copters in the same fleet."""
    rig = Rig(QUADPLANE, *[COPTER for _ in companions], seed=5, wind=Wind(6.0, 90.0))
    rig.lift(60.0)
    for pilot in rig.pilots:
        pilot.body.command = HOVER
    rig.run(10.0)
    rig.pilot.body.command = CRUISE
    rig.run(30.0)
    rig.pilot.body.command = HOVER
    speeds: list[float] = []
    rig.run(20.0, lambda: speeds.append(float(rig.state.v_north[0])))
    return speeds


def test_the_trim_of_a_quadplane_does_not_depend_on_who_else_flies_on_rotors() -> None:
    assert _after_the_wing("C1") == _after_the_wing()


def test_who_believes_to_point_east_and_points_north_flies_north_instead_of_east() -> None:
    rig = Rig(COPTER)
    rig.lift(50.0)
    rig.pilot.hazards.compass_error_deg = 90.0
    rig.pilot.body.command = rotors((0.0, 5.0, 0.0), 2.5, 2.5, 0.0, 0.0)

    rig.run(0.6)

    assert rig.state.v_north[0] > 1.0
    assert rig.state.v_east[0] == pytest.approx(0.0, abs=0.2)


def test_the_nose_turns_to_where_the_wrong_compass_says_the_heading_is() -> None:
    rig = Rig(COPTER)
    rig.lift(50.0)
    rig.pilot.hazards.compass_error_deg = 30.0
    rig.pilot.body.command = rotors((0.0, 0.0, 0.0), 2.5, 2.5, 1.0, 0.5)

    rig.run(10.0)

    assert rig.pilot.body.yaw == pytest.approx(1.0, abs=0.01)
    assert rig.state.yaw[0] == pytest.approx(1.0 - 0.5236, abs=0.01)


def test_a_fix_that_comes_back_ends_the_drift_of_the_lightest_wind() -> None:
    rig = Rig(COPTER, wind=Wind(0.1, 0.0))
    rig.lift(50.0)
    rig.pilot.body.command = HOVER
    rig.pilot.hazards.gps_lost = True
    rig.run(30.0)
    drifted_m = rig.pilot.body.north - float(rig.state.north[0] + rig.model.estimator.sensors.gps_m[0, 0])

    rig.pilot.hazards.gps_lost = False
    rig.run(60.0)

    assert drifted_m == pytest.approx(0.3 * 0.1 * 30.0, rel=0.05)
    assert rig.model.estimator.drift_north[0] == 0.0
    error_m = rig.pilot.body.north - float(rig.state.north[0])
    assert error_m == pytest.approx(float(rig.model.estimator.sensors.gps_m[0, 0]), abs=0.02)
