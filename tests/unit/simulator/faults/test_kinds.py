"""What each fault does to a vehicle that flies."""

from collections.abc import Callable

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.faults import parse_fault
from simulator.testing import GroundStation, MissionBuilder
from simulator.values import HomePoint, VehicleClass, VehicleConfig, VehicleTruth
from simulator.vehicle import Vehicle

HOME = HomePoint(32.7, 128.85, 4.0)
GUIDED = 4


def _station(*texts: str, seed: int = 1, kind: VehicleClass = VehicleClass.COPTER) -> GroundStation:
    faults = tuple(parse_fault(text) for text in texts)
    return GroundStation(Vehicle(VehicleConfig("V1", kind, HOME, seed=seed, payload_kg=1.0, faults=faults)))


def _hovering(*texts: str) -> GroundStation:
    """Return a copter 40 m up, at about 80 s after power-on."""
    station = _station(*texts)
    station.run(44.0)
    assert station.set_mode(GUIDED) == mavlink.MAV_RESULT_ACCEPTED
    assert station.arm() == mavlink.MAV_RESULT_ACCEPTED
    assert station.command(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, 40.0) == mavlink.MAV_RESULT_ACCEPTED
    station.run(36.0)
    assert station.vehicle.truth.altitude_amsl_m == pytest.approx(44.0, abs=2.0)
    return station


def _heard(station: GroundStation, kind: str, duration_s: float) -> int:
    before = len(list(station.of(kind)))
    station.run(duration_s)
    return len(list(station.of(kind))) - before


def test_a_lost_link_is_silent_both_ways_and_comes_back() -> None:
    station = _station("link_loss@20+20")

    station.run(19.0)
    silent = _heard(station, "HEARTBEAT", 21.0)
    back = _heard(station, "HEARTBEAT", 10.0)

    assert silent <= 2
    assert back >= 9


@pytest.mark.parametrize(("direction", "heartbeats", "obeys"), [("down", 0, True), ("up", 10, False)])
def test_one_way_loss_kills_one_way(direction: str, heartbeats: int, obeys: bool) -> None:
    station = _station(f"link_one_way:direction={direction}@45")
    station.run(46.0)

    heard = _heard(station, "HEARTBEAT", 10.0)
    station.send(mavlink.MAVLink_set_mode_message(1, 1, GUIDED))

    assert heard == heartbeats
    assert (station.vehicle.truth.mode == "GUIDED") is obeys


def test_a_slow_link_delivers_late() -> None:
    station = _station("link_delay:delay_s=3@45")
    station.run(50.0)

    station.send(mavlink.MAVLink_set_mode_message(1, 1, GUIDED))
    station.run(2.6)
    before = station.vehicle.truth.mode
    station.run(1.0)

    assert (before, station.vehicle.truth.mode) == ("STABILIZE", "GUIDED")


def test_a_doubling_link_doubles() -> None:
    station = _station("link_duplicate:share=1@20")
    station.run(20.0)

    assert _heard(station, "HEARTBEAT", 10.0) == pytest.approx(20, abs=1)


def test_a_reordering_link_lets_later_ones_overtake() -> None:
    station = _station("link_reorder:share=0.5")
    station.run(2.0)
    station.send(mavlink.MAVLink_request_data_stream_message(1, 1, mavlink.MAV_DATA_STREAM_EXTRA1, 20, 1))
    station.run(20.0)

    times = [message.time_boot_ms for message in station.of("ATTITUDE")]

    assert times != sorted(times)
    assert len(times) > 100


def test_gps_loss_takes_the_fix() -> None:
    station = _hovering("gps_loss@85")
    station.ask_for(mavlink.MAVLINK_MSG_ID_GPS_RAW_INT, 2.0)

    station.run(15.0)

    assert list(station.of("GPS_RAW_INT"))[-1].fix_type <= 1


def test_a_slow_spoofer_leads_the_aircraft_away_unnoticed() -> None:
    station = _hovering("gps_drift:speed_m_s=1,toward_deg=90@85")
    texts = len(station.texts())

    station.run(65.0)

    moved_m = (station.vehicle.truth.longitude_deg - HOME.longitude_deg) * 93_800.0
    assert moved_m == pytest.approx(-60.0, abs=6.0)
    assert station.texts()[texts:] == []


def test_a_jump_of_the_position_is_believed_only_after_a_while() -> None:
    station = _hovering("gps_jump:east_m=60@85")
    station.ask_for(mavlink.MAVLINK_MSG_ID_GLOBAL_POSITION_INT, 4.0)

    def told_m() -> float:
        last = list(station.of("GLOBAL_POSITION_INT"))[-1]
        return float(last.lon * 1e-7 - HOME.longitude_deg) * 93_800.0

    station.run(12.0)
    early_m = told_m()
    station.run(40.0)

    assert early_m == pytest.approx(0.0, abs=4.0)
    # What it tells is 60 m from where it is.
    really_m = (station.vehicle.truth.longitude_deg - HOME.longitude_deg) * 93_800.0
    assert told_m() - really_m == pytest.approx(60.0, abs=3.0)


def test_two_lost_motors_of_six_are_a_crash() -> None:
    station = _hovering("motor_loss:motors=2@85")

    station.run(20.0)

    truth = station.vehicle.truth
    assert truth.wrecked
    assert not truth.armed
    assert "Crash: Disarming" in " ".join(station.texts())


def _volts(station: GroundStation) -> float:
    return station.vehicle.battery.volts


def _charge(station: GroundStation) -> float:
    return station.vehicle.battery.charge


@pytest.mark.parametrize(
    ("text", "reading", "change"),
    [
        ("battery_sag:extra_ohm=0.008@85", _volts, -0.008 * 1100 / 11.6),
        ("cell_failure:cells=0.25@85", _volts, -1.0),
    ],
)
def test_a_battery_that_fails_shows_it(
    text: str, reading: Callable[[GroundStation], float], change: float
) -> None:
    station = _hovering(text)
    before = reading(station)

    station.run(10.0)

    assert reading(station) - before == pytest.approx(change, rel=0.25)


def test_a_wrong_battery_empties_sooner_than_the_monitor_counts() -> None:
    right, wrong = _hovering(), _hovering("wrong_battery:share=0.5")

    assert (1.0 - _charge(wrong)) / (1.0 - _charge(right)) == pytest.approx(2.0, rel=0.02)
    assert wrong.vehicle.battery.used_wh == pytest.approx(right.vehicle.battery.used_wh, rel=0.02)


@pytest.mark.parametrize(("texts", "payload_kg"), [((), 0.0), (("stuck_release@85",), 1.0)])
def test_a_stuck_latch_keeps_the_parcel(texts: tuple[str, ...], payload_kg: float) -> None:
    station = _hovering(*texts)
    station.run(10.0)

    station.command(mavlink.MAV_CMD_DO_SET_SERVO, 9, 1900)

    assert station.vehicle.truth.payload_kg == payload_kg
    assert station.vehicle.truth.released


def test_a_gust_front_rises_and_is_gone_again() -> None:
    station = _hovering("gust_front:speed_m_s=12,from_deg=0,rise_s=10@85+60")
    speeds: list[float] = []

    for _ in range(18):
        station.run(5.0)
        speeds.append(station.vehicle.truth.airspeed_m_s)

    assert speeds[1] < 9.0
    assert max(speeds) == pytest.approx(12.0, abs=0.5)
    assert speeds[-1] < 0.6


def test_a_wiped_fence_is_empty_and_nobody_is_told() -> None:
    station = _station("fence_wiped@60")
    station.run(10.0)
    fence = MissionBuilder(HOME, mission_type=1)
    for north, east in ((-500, -500), (-500, 500), (500, 500), (500, -500)):
        fence.place(mavlink.MAV_CMD_NAV_FENCE_POLYGON_VERTEX_INCLUSION, north, east, 0, 4, frame=0)
    assert station.upload(fence.items, 1) == mavlink.MAV_MISSION_ACCEPTED
    texts = len(station.texts())
    assert len(station.download(1)) == 4

    station.run(55.0)

    assert station.download(1) == []
    assert all("ence" not in text for text in station.texts()[texts:])


def test_a_reboot_on_the_ground_begins_anew_and_keeps_mission_and_parameters() -> None:
    station = _station("reboot@60")
    station.run(44.0)
    station.upload(MissionBuilder(HOME).waypoint(100, 0, 40).items)
    station.set_parameter("RTL_ALT", 5500)

    station.run(20.0)
    boot_ms = [m.time_boot_ms for m in station.of("SYSTEM_TIME")]
    station.run(60.0)

    assert boot_ms == [] or boot_ms[-1] < 10_000
    assert "ArduPilot Ready" in station.texts()[-40:]
    assert len(station.download()) == 2
    assert station.vehicle.craft.params["RTL_ALT"] == 5500


def test_a_reboot_in_the_air_is_a_crash() -> None:
    station = _hovering("reboot@85")

    station.run(20.0)

    assert station.vehicle.truth.wrecked


def test_a_clock_jump_shifts_the_time_of_day_only() -> None:
    station = _hovering("clock_jump:seconds=-3600@85")
    station.ask_for(mavlink.MAVLINK_MSG_ID_SYSTEM_TIME, 1.0)

    station.run(10.0)

    last = list(station.of("SYSTEM_TIME"))[-1]
    assert last.time_unix_usec / 1e6 == pytest.approx(station.now - 3600.0, abs=2.0)
    assert last.time_boot_ms / 1e3 == pytest.approx(station.time, abs=2.0)


def test_a_rogue_station_is_obeyed_as_long_as_nobody_signs() -> None:
    station = _hovering("rogue_station:every_s=5@85")

    station.run(60.0)

    assert station.vehicle.truth.mode != "GUIDED"


def _lands(*texts: str) -> VehicleTruth:
    station = _hovering(*texts)
    station.set_mode(9)
    station.run(90.0)
    return station.vehicle.truth


def test_what_lands_on_an_occupied_pad_breaks() -> None:
    assert not _lands().wrecked
    assert _lands("pad_occupied@85").wrecked


def test_a_wrong_compass_makes_the_copter_fly_a_bow() -> None:
    def widest_m(*texts: str) -> float:
        station = _hovering(*texts)
        station.run(6.0)
        station.send(
            mavlink.MAVLink_command_int_message(
                1, 1, 3, mavlink.MAV_CMD_DO_REPOSITION, 0, 0, -1, 0, 0, 0, 327_005_000, 1_288_500_000, 40
            )
        )
        aside_m = 0.0
        for _ in range(30):
            station.run(1.0)
            east_m = (station.vehicle.truth.longitude_deg - HOME.longitude_deg) * 93_800.0
            aside_m = max(aside_m, abs(east_m))
        return aside_m

    assert widest_m() < 1.5
    assert widest_m("compass_error:error_deg=80@85") > 4.0


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SIM_ENGINE_FAIL", 3, "Crash: Disarming"),
        ("SIM_GPS1_ENABLE", 0, "EKF"),
    ],
)
def test_sim_parameters_break_the_same_things(name: str, value: float, words: str) -> None:
    station = _hovering()

    station.set_parameter(name, value)
    station.run(40.0)

    assert words in " ".join(station.texts())


def test_sim_wind_blows() -> None:
    station = _hovering()

    station.set_parameter("SIM_WIND_SPD", 9.0)
    station.run(20.0)

    assert station.vehicle.truth.airspeed_m_s == pytest.approx(9.0, abs=0.3)
