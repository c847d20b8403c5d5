"""Physics against closed forms."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.airframes import COPTER, QUADPLANE, Airframe, Phase
from simulator.battery import FULL_VOLTS, Battery, open_circuit_volts
from simulator.geodesy import LocalFrame, distance_to_segment
from simulator.motion.body import STEP_S, Body
from simulator.motion.hover import HoverLeg, HoverLimits, corner_speed
from simulator.motion.wing import WingLeg, WingLimits, circle, fly, turn_distance_m
from simulator.values import Wind

CRUISE_M_S = 25.0
WING = WingLimits(acceleration=1.5, bank=math.radians(65), climb=5.0, sink=5.0, l1_time_s=14 * 0.75 / math.pi)
ROTORS = HoverLimits(speed=10.0, climb=2.5, descent=1.5, acceleration=2.5, acceleration_up=1.0)


def _cruising(wind: Wind, heading_deg: float = 0.0) -> Body:
    north, east = wind.velocity_m_s
    yaw = math.radians(heading_deg)
    body = Body(north, east, yaw, up=80.0, on_ground=False)
    body.v_north, body.v_east = CRUISE_M_S * math.cos(yaw) + north, CRUISE_M_S * math.sin(yaw) + east
    return body


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
    body = _cruising(wind)
    leg = WingLeg((0, 0, 80), (10_000, 0, 80))
    for _ in range(round(60 / STEP_S)):
        fly(body, leg.lateral(body, WING), CRUISE_M_S, leg.height(), WING)
    entered_m, steps = body.north, 0

    while not leg.passed:
        fly(body, leg.lateral(body, WING), CRUISE_M_S, leg.height(), WING)
        steps += 1

    assert steps * STEP_S == pytest.approx((10_000 - entered_m) / ground_speed, rel=0.005)
    assert abs(body.east) < 2.0


def test_a_steady_turn_has_the_radius_of_the_textbook() -> None:
    body = _cruising(Wind())
    bank = math.radians(30)
    points = []

    for _ in range(round(80 / STEP_S)):
        fly(body, 9.80665 * math.tan(bank), CRUISE_M_S, 80.0, WING)
        points.append(body.north)

    radius = CRUISE_M_S**2 / (9.80665 * math.tan(bank))
    steady = points[len(points) // 3 :]
    assert (max(steady) - min(steady)) / 2 == pytest.approx(radius, rel=0.02)


def test_a_circle_is_flown_at_its_radius() -> None:
    body = _cruising(Wind())
    for _ in range(round(120 / STEP_S)):
        fly(body, circle(body, (0.0, 200.0), 120.0, WING), CRUISE_M_S, 80.0, WING)

    assert math.hypot(body.north, body.east - 200.0) == pytest.approx(120.0, abs=12.0)


def test_bank_never_exceeds_its_limit() -> None:
    body = _cruising(Wind(8, 45))
    leg = WingLeg((0, 0, 80), (-3000, 10, 80))

    for _ in range(300):
        fly(body, leg.lateral(body, WING), CRUISE_M_S, 80.0, WING)
        assert abs(body.roll) <= WING.bank + 1e-9


@pytest.mark.parametrize(("turn_deg", "metres"), [(90, 80), (120, 80), (45, 40), (0, 0)])
def test_turns_begin_as_far_before_the_waypoint_as_ardupilot_s(turn_deg: float, metres: float) -> None:
    assert turn_distance_m(90.0, 80.0, math.radians(turn_deg)) == pytest.approx(metres)


def test_a_corner_of_90_degrees_is_flown_at_3_m_s_and_a_straight_one_at_full_speed() -> None:
    assert corner_speed(math.pi / 2, ROTORS) == pytest.approx(3.16, abs=0.01)
    assert corner_speed(0.0, ROTORS) == 10.0
    assert corner_speed(math.pi, ROTORS) == 0.0


def test_800_m_on_rotors_take_85_s_as_recorded() -> None:
    body = Body(0.0, 0.0, 0.0, up=60.0, on_ground=False)
    leg = HoverLeg.to(body, (800.0, 0.0, 60.0), ROTORS)
    steps = 1

    while not leg.step(body):
        steps += 1

    assert steps * STEP_S == pytest.approx(87, abs=3)
    assert body.north == pytest.approx(800.0, abs=0.5)


@given(north=st.floats(-300, 300), east=st.floats(-300, 300), up=st.floats(5, 120), wind=st.floats(0, 10))
def test_every_point_in_reach_is_reached_on_rotors(north: float, east: float, up: float, wind: float) -> None:
    body = Body(wind, 0.0, 0.0, up=60.0, on_ground=False)
    leg = HoverLeg.to(body, (north, east, up), ROTORS)

    arrived = any(leg.step(body) for _ in range(round(200 / STEP_S)))

    assert arrived
    assert math.dist((body.north, body.east, body.up), (north, east, up)) < 0.8


@pytest.mark.parametrize("airframe", [COPTER, QUADPLANE])
def test_hover_power_grows_with_the_mass_to_the_power_of_three_halves(airframe: Airframe) -> None:
    doubled = airframe.power_w(Phase.HOVER, airframe.empty_kg)

    assert doubled == pytest.approx(airframe.hover_w * 2**1.5)


def test_the_figures_of_the_airframes_are_those_of_the_plan() -> None:
    assert QUADPLANE.power_w(Phase.CRUISE, 0.0) == 430.0
    assert QUADPLANE.power_w(Phase.CRUISE, 1.3) == pytest.approx(473.0)
    assert QUADPLANE.power_w(Phase.CLIMB, 0.0) == pytest.approx(2540, abs=5)
    assert COPTER.power_w(Phase.CLIMB, 0.0) == pytest.approx(1540, abs=5)


def test_energy_is_power_times_time() -> None:
    battery = Battery(900.0)

    for _ in range(5 * 3600):
        battery.draw(430.0, STEP_S)

    assert battery.used_wh == pytest.approx(430.0)
    assert battery.charge == pytest.approx(1 - 430 / 900)


def test_voltage_falls_with_charge_and_load() -> None:
    assert open_circuit_volts(1.0) == FULL_VOLTS
    assert all(open_circuit_volts(c / 100) < open_circuit_volts((c + 1) / 100) for c in range(100))
    battery = Battery(900.0)
    resting = battery.volts
    battery.draw(1900.0, 1.0)
    assert resting - battery.volts == pytest.approx(0.0008 * 1900 / 11.4, abs=0.02)


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
