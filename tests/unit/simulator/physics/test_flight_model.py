"""The motion of aircraft against closed forms."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geofences.projection import LocalProjection
from geofences.wind import WindGrid
from simulator.physics import GRAVITY_M_S2, STEP_S
from simulator.physics.command import OFF, Command, rotors, wing
from simulator.physics.estimate import DRIFT_SHARE
from simulator.physics.surface import Islands
from simulator.wind import Wind
from tests.unit.simulator.physics.rig import COPTER, PAD, QUADPLANE, Rig

CRUISE_M_S = 25.0
HOVER = rotors((0.0, 0.0, 0.0), 2.5, 2.5, 0.0, 0.0)
SINK = rotors((0.0, 0.0, -1.0), 2.5, 2.5, 0.0, 0.0)


def _turning(bank_deg: float, airspeed: float = CRUISE_M_S, climb: float = 0.0) -> Command:
    lateral = GRAVITY_M_S2 * math.tan(math.radians(bank_deg))
    return wing(lateral, airspeed, climb, 1.5, math.radians(65.0), 1.5)


def test_a_steady_turn_has_the_radius_of_the_textbook() -> None:
    rig = Rig(QUADPLANE)
    rig.lift(80.0, CRUISE_M_S)
    rig.pilot.body.command = _turning(30.0)
    norths: list[float] = []

    rig.run(80.0, lambda: norths.append(float(rig.state.north[0])))

    steady = norths[len(norths) // 3 :]
    radius_m = CRUISE_M_S**2 / (GRAVITY_M_S2 * math.tan(math.radians(30.0)))
    assert (max(steady) - min(steady)) / 2 == pytest.approx(radius_m, rel=0.02)


def test_the_bank_stops_where_the_wing_would_stall() -> None:
    rig = Rig(QUADPLANE)
    stall_m_s = float(rig.model.power.stall_m_s[0])
    rig.lift(80.0, 1.2 * stall_m_s)
    rig.pilot.body.command = _turning(65.0, 1.2 * stall_m_s)

    rig.run(10.0)

    load = 1.0 / math.cos(float(rig.state.roll[0]))
    assert load == pytest.approx(1.2**2, rel=0.01)


@pytest.mark.parametrize(("from_deg", "ground_speed"), [(0, 17.0), (180, 33.0)])
def test_on_the_wing_the_wind_adds_to_the_airspeed(from_deg: float, ground_speed: float) -> None:
    rig = Rig(QUADPLANE, wind=Wind(8.0, from_deg))
    rig.lift(80.0, ground_speed)
    rig.pilot.body.command = _turning(0.0)

    rig.run(30.0)

    assert rig.model.ground_speed_m_s(0) == pytest.approx(ground_speed, abs=0.01)
    assert rig.state.airspeed[0] == pytest.approx(CRUISE_M_S)


def test_a_hover_in_the_wind_stands_still_and_leans_as_the_drag_wants() -> None:
    rig = Rig(COPTER, wind=Wind(8.0, 0.0))
    rig.lift(60.0)
    rig.pilot.body.command = HOVER

    rig.run(60.0)

    drag_m_s2 = float(rig.model.power.drag_per_m[0]) * 8.0**2
    assert rig.model.ground_speed_m_s(0) < 0.01
    assert rig.state.pitch[0] == pytest.approx(-math.atan(drag_m_s2 / GRAVITY_M_S2), rel=0.01)


def test_a_storm_carries_a_copter_away_that_cannot_lean_enough() -> None:
    rig = Rig(COPTER, wind=Wind(40.0, 0.0))
    rig.lift(60.0)
    rig.pilot.body.command = HOVER

    rig.run(60.0)

    held_m_s = math.sqrt(GRAVITY_M_S2 * math.tan(math.radians(35.0)) / float(rig.model.power.drag_per_m[0]))
    assert rig.state.airspeed[0] == pytest.approx(held_m_s, rel=0.02)
    assert rig.state.v_north[0] < -5.0


def test_what_nothing_carries_falls_as_galileo_says_and_breaks() -> None:
    rig = Rig(COPTER)
    rig.lift(100.0)
    rig.pilot.body.command = OFF

    rig.run(1.0)
    after_a_second_m = float(rig.state.up[0])
    rig.run(10.0)

    assert 100.0 - after_a_second_m == pytest.approx(GRAVITY_M_S2 / 2, rel=0.05)
    assert rig.state.on_ground[0]
    assert rig.state.wrecked[0]
    assert rig.state.up[0] == 0.0


def test_a_soft_landing_breaks_nothing() -> None:
    rig = Rig(COPTER)
    rig.lift(5.0)
    rig.pilot.body.command = SINK

    rig.run(10.0)

    assert rig.state.on_ground[0]
    assert not rig.state.wrecked[0]
    assert not rig.model.is_in_water(0)


def test_the_softest_landing_on_the_sea_is_a_loss() -> None:
    far_away = Islands(shapely.box(120.0, 30.0, 121.0, 31.0))
    rig = Rig(COPTER, surface=far_away)
    rig.lift(5.0)
    rig.pilot.body.command = SINK

    rig.run(20.0)

    assert rig.model.is_in_water(0)
    assert rig.state.wrecked[0]
    assert rig.state.up[0] == pytest.approx(-PAD.altitude_amsl_m)


def test_a_pad_on_an_island_is_dry() -> None:
    island = Islands(shapely.box(128.8, 32.6, 128.9, 32.8))
    rig = Rig(COPTER, surface=island)
    rig.lift(5.0)
    rig.pilot.body.command = SINK

    rig.run(20.0)

    assert not rig.state.wrecked[0]


def test_a_motor_of_six_may_stop_and_two_may_not() -> None:
    rig = Rig(COPTER, COPTER)
    rig.lift(60.0)
    for number, pilot in enumerate(rig.pilots, start=1):
        pilot.body.command = HOVER
        pilot.hazards.motors_failed = number

    rig.run(30.0)

    assert rig.state.up[0] == pytest.approx(60.0, abs=0.5)
    assert rig.state.wrecked[1]


def test_without_its_pusher_an_aeroplane_glides() -> None:
    rig = Rig(QUADPLANE)
    rig.lift(200.0, CRUISE_M_S)
    rig.pilot.body.command = _turning(0.0)
    rig.pilot.hazards.pusher_failed = True
    rig.run(15.0)

    north_m, up_m = float(rig.state.north[0]), float(rig.state.up[0])
    rig.run(20.0)

    assert (float(rig.state.north[0]) - north_m) / (up_m - float(rig.state.up[0])) == pytest.approx(
        10, rel=0.05
    )


def test_without_gps_the_aircraft_goes_with_a_share_of_the_wind_and_does_not_know() -> None:
    rig = Rig(COPTER, wind=Wind(10.0, 0.0))
    rig.lift(60.0)
    rig.pilot.body.command = HOVER
    rig.run(30.0)
    start_m = float(rig.state.north[0])
    rig.pilot.hazards.gps_lost = True

    rig.run(60.0)

    assert float(rig.state.north[0]) - start_m == pytest.approx(-10.0 * DRIFT_SHARE * 60.0, rel=0.1)
    assert rig.pilot.body.north == pytest.approx(start_m, abs=6.0)


def test_a_spoofed_position_is_believed_and_not_the_truth() -> None:
    rig = Rig(COPTER)
    rig.lift(60.0)
    rig.pilot.body.command = HOVER
    rig.pilot.hazards.believed_east_m = 80.0

    rig.step()

    assert rig.pilot.body.east == pytest.approx(80.0, abs=3.0)
    assert abs(float(rig.state.east[0])) < 0.1


def test_a_wrong_compass_turns_the_acceleration() -> None:
    rig = Rig(COPTER)
    rig.lift(60.0)
    rig.pilot.body.command = rotors((5.0, 0.0, 0.0), 2.5, 2.5, 0.0, 0.0)
    rig.pilot.hazards.compass_error_deg = 30.0

    rig.step()

    course = math.degrees(math.atan2(float(rig.state.v_east[0]), float(rig.state.v_north[0])))
    assert course == pytest.approx(-30.0, abs=0.5)


def test_a_gust_front_moves_what_hovers_until_it_is_trimmed() -> None:
    rig = Rig(COPTER)
    rig.lift(60.0)
    rig.pilot.body.command = HOVER
    rig.run(5.0)
    rig.pilot.hazards.wind_north_m_s = 12.0

    rig.run(0.6)
    pushed_m_s = float(rig.state.v_north[0])
    rig.run(30.0)

    assert pushed_m_s > 0.15
    assert abs(float(rig.state.v_north[0])) < 0.02


@settings(max_examples=10)
@given(seed=st.integers(0, 2**31), gusts=st.sampled_from([0.0, 1.0]))
def test_what_one_aircraft_does_never_depends_on_the_others(seed: int, gusts: float) -> None:
    wind = Wind(9.0, 200.0, shear=0.11, gusts=gusts)
    alone = Rig(COPTER, wind=wind, seed=seed)
    together = Rig(COPTER, QUADPLANE, COPTER, wind=wind, seed=seed)
    for rig in (alone, together):
        rig.lift(60.0, 5.0)
        rig.pilot.body.command = rotors((5.0, 2.0, 0.5), 2.5, 1.0, 0.3, 0.5)
    together.pilots[1].body.command = _turning(20.0)

    for rig in (alone, together):
        rig.run(20.0)

    for name in ("north", "east", "up", "v_north", "yaw", "roll", "pitch"):
        assert getattr(alone.state, name)[0] == getattr(together.state, name)[0]
    assert alone.model.packs.used_wh[0] == together.model.packs.used_wh[0]
    assert alone.pilot.body == together.pilot.body


def test_energy_is_the_power_over_time() -> None:
    rig = Rig(COPTER)
    rig.lift(60.0)
    rig.pilot.body.command = HOVER
    power_w: list[float] = []

    rig.run(60.0, lambda: power_w.append(float(rig.model.packs.power_w[0])))

    mean_w = float(np.mean(power_w[1:]))
    assert rig.model.packs.used_wh[0] == pytest.approx(mean_w * 300 * STEP_S / 3600.0, rel=0.01)


def test_a_hot_day_costs_power_and_a_cold_worn_pack_charge() -> None:
    rigs = [Rig(COPTER), Rig(COPTER, air_c=38.0), Rig(COPTER, air_c=-10.0, battery_age=1.0)]
    for rig in rigs:
        rig.lift(60.0)
        rig.pilot.body.command = HOVER
        rig.run(60.0)
    usual, hot, cold = (rig.model.packs for rig in rigs)

    # Hover power goes with the root of the density: the air of 38 °C has 293/311 of it.
    assert hot.power_w[0] / usual.power_w[0] == pytest.approx(math.sqrt(311.15 / 293.15), rel=0.02)
    assert 1.0 - cold.charge[0] > 1.3 * (1.0 - usual.charge[0])


def test_a_field_of_wind_is_that_of_the_place_on_the_map_and_of_the_time() -> None:
    projection = LocalProjection.for_goto()
    pad_x, pad_y = (float(each[0]) for each in projection.to_local([PAD.longitude_deg], [PAD.latitude_deg]))
    calm, gale = np.zeros((2, 2)), np.array([[0.0, 12.0], [0.0, 12.0]])
    field = WindGrid(
        np.array([pad_x, pad_x + 1000.0]),
        np.array([pad_y - 500.0, pad_y + 500.0]),
        np.array([0.0, 600.0]),
        np.stack((gale, calm)),
        np.stack((calm, calm)),
    )
    rig = Rig(COPTER, field=field, projection=projection)
    rig.lift(60.0)
    rig.state.east[:] = 500.0
    rig.pilot.body.command = HOVER

    rig.run(10.0)
    early_m_s = float(rig.model.wind[1][0])
    rig.run(290.0)

    # Halfway to the gale there is half of it, and halfway to its end half of that.
    assert early_m_s == pytest.approx(6.0, rel=0.03)
    assert float(rig.model.wind[1][0]) == pytest.approx(3.0, rel=0.03)
