"""Legs, corners and circles, flown in the flight model."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.geodesy import LocalFrame, distance_to_segment
from simulator.motion.hover import HoverLeg, HoverLimits, corner_speed
from simulator.motion.wing import WingLeg, WingLimits, circle, fly, turn_distance_m
from simulator.physics import STEP_S
from simulator.wind import Wind
from tests.unit.simulator.physics.rig import COPTER, QUADPLANE, Rig

CRUISE_M_S = 25.0
WING = WingLimits(acceleration=1.5, bank=math.radians(65), climb=5.0, sink=5.0, l1_time_s=14 * 0.75 / math.pi)
ROTORS = HoverLimits(speed=10.0, climb=2.5, descent=1.5, acceleration=2.5, acceleration_up=1.0)


def _cruising(wind: Wind) -> Rig:
    rig = Rig(QUADPLANE, wind=wind)
    rig.lift(80.0, CRUISE_M_S + wind.velocity_m_s[0])
    return rig


def _follow(rig: Rig, leg: WingLeg) -> None:
    body = rig.pilot.body
    fly(body, leg.lateral(body, WING), CRUISE_M_S, leg.height(), WING)


@pytest.mark.parametrize(
    ("wind", "ground_speed"),
    [
        (Wind(0, 0), 25.0),
        (Wind(8, 0), 17.0),  # head wind on a northward leg
        (Wind(8, 180), 33.0),  # tail wind
        (Wind(8, 90), math.sqrt(25**2 - 8**2)),  # cross wind: the aircraft crabs
    ],
)
def test_a_leg_takes_its_length_over_the_ground_speed(wind: Wind, ground_speed: float) -> None:
    rig = _cruising(wind)
    leg = WingLeg((0, 0, 80), (10_000, 0, 80))
    rig.run(60.0, lambda: _follow(rig, leg))
    entered_m, started_s = float(rig.state.north[0]), rig.time_s

    while not leg.passed:
        rig.run(STEP_S, lambda: _follow(rig, leg))

    assert rig.time_s - started_s == pytest.approx((10_000 - entered_m) / ground_speed, rel=0.005)
    assert abs(float(rig.state.east[0])) < 3.0


def test_a_circle_is_flown_at_its_radius() -> None:
    rig = _cruising(Wind())
    body = rig.pilot.body

    rig.run(120.0, lambda: fly(body, circle(body, (0.0, 200.0), 120.0, WING), CRUISE_M_S, 80.0, WING))

    assert math.hypot(float(rig.state.north[0]), float(rig.state.east[0]) - 200.0) == pytest.approx(
        120.0, abs=12.0
    )


def test_bank_never_exceeds_its_limit() -> None:
    rig = _cruising(Wind(8, 45))
    leg = WingLeg((0, 0, 80), (-3000, 10, 80))
    banks: list[float] = []

    for _ in range(300):
        rig.run(STEP_S, lambda: _follow(rig, leg))
        banks.append(abs(float(rig.state.roll[0])))

    assert math.radians(30) < max(banks) <= WING.bank + 1e-9


@pytest.mark.parametrize(("turn_deg", "metres"), [(90, 80), (120, 80), (45, 40), (0, 0)])
def test_turns_begin_as_far_before_the_waypoint_as_ardupilot_s(turn_deg: float, metres: float) -> None:
    assert turn_distance_m(90.0, 80.0, math.radians(turn_deg)) == pytest.approx(metres)


def test_a_corner_of_90_degrees_is_flown_at_3_m_s_and_a_straight_one_at_full_speed() -> None:
    assert corner_speed(math.pi / 2, ROTORS) == pytest.approx(3.16, abs=0.01)
    assert corner_speed(0.0, ROTORS) == 10.0
    assert corner_speed(math.pi, ROTORS) == 0.0


def _arrival_s(rig: Rig, leg: HoverLeg, limit_s: float) -> float:
    """Fly a leg on rotors; return how long it took, infinite where it did not end."""
    body = rig.pilot.body
    while rig.time_s < limit_s:
        body.stand(armed=True)
        if leg.step(body):
            return rig.time_s
        rig.step()
    return math.inf


def test_800_m_on_rotors_take_85_s_as_recorded() -> None:
    rig = Rig(COPTER)
    rig.lift(60.0)

    took_s = _arrival_s(rig, HoverLeg.to(rig.pilot.body, (800.0, 0.0, 60.0), ROTORS), 120.0)

    assert took_s == pytest.approx(87, abs=3)
    assert rig.state.north[0] == pytest.approx(800.0, abs=2.0)


@settings(max_examples=25)
@given(north=st.floats(-300, 300), east=st.floats(-300, 300), up=st.floats(5, 120), wind=st.floats(0, 10))
def test_every_point_in_reach_is_reached_on_rotors(north: float, east: float, up: float, wind: float) -> None:
    rig = Rig(COPTER, wind=Wind(wind, 0.0, gusts=0.5))
    rig.lift(60.0)

    took_s = _arrival_s(rig, HoverLeg.to(rig.pilot.body, (north, east, up), ROTORS), 300.0)

    assert took_s < 300.0
    where = (float(rig.state.north[0]), float(rig.state.east[0]), float(rig.state.up[0]))
    assert math.dist(where, (north, east, up)) < 4.0


@given(st.floats(-40_000, 40_000), st.floats(-40_000, 40_000))
def test_local_and_geographic_positions_agree(north: float, east: float) -> None:
    frame = LocalFrame(32.7, 128.85)

    assert frame.local_from_degrees(*frame.degrees_from_local(north, east)) == pytest.approx(
        (north, east), abs=1e-4
    )


def test_a_minute_of_latitude_is_a_nautical_mile() -> None:
    north, _ = LocalFrame(45.0, 0.0).local_from_degrees(45.0 + 1 / 60, 0.0)

    assert north == pytest.approx(1852.0, abs=1.0)


@pytest.mark.parametrize(
    ("point", "metres"), [((5.0, 3.0), 3.0), ((-4.0, 3.0), 5.0), ((13.0, 4.0), 5.0), ((5.0, 0.0), 0.0)]
)
def test_distance_to_a_segment(point: tuple[float, float], metres: float) -> None:
    assert distance_to_segment(point, (0.0, 0.0), (10.0, 0.0)) == metres
