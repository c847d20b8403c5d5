"""Monitors of link, position, wind, mode, plan, pad and traffic."""

from dataclasses import replace

import pytest

from flight.events import AlertCleared, AlertRaised, Landed
from flight.plan import MissionItem, VehicleAddress, VehicleClass
from flight.situations import Situation
from flight.supervision.monitors.base import at_least, at_most
from flight.supervision.traffic import Neighbour, nearest
from flight.telemetry_state import Text
from tests.unit.flight.plans import ADDRESS, HOME_E7, OTHER
from tests.unit.flight.watched import HALF_M, METRES_PER_DEGREE, Watched, plan_with_divert, watched_plan

FENCE_ON = 0x100000


@pytest.mark.parametrize(
    ("value", "beyond", "within"), [(9.9, False, False), (10.0, True, False), (8.0, False, True)]
)
def test_a_limit_from_above_is_beyond_when_it_is_reached(value: float, beyond: bool, within: bool) -> None:
    reading = at_most(value, 10.0, 8.0)

    assert (reading.beyond, reading.within) == (beyond, within)


@pytest.mark.parametrize(
    ("value", "beyond", "within"), [(0.1, False, False), (0.0, True, False), (5.0, False, True)]
)
def test_a_limit_from_below_is_beyond_when_it_is_reached(value: float, beyond: bool, within: bool) -> None:
    reading = at_least(value, 0.0, 5.0)

    assert (reading.beyond, reading.within) == (beyond, within)


def test_a_silence_of_fifteen_seconds_is_told_once_and_its_end() -> None:
    flight = Watched()
    flight.watch(2.0)
    flight.watch(14.5, heard=False)
    before = list(flight.raised(Situation.LINK_LOST))

    flight.watch(60.0, heard=False)
    flight.watch(2.0)

    (alert,) = flight.raised(Situation.LINK_LOST)
    assert not before
    assert alert.value == pytest.approx(15.0, abs=1.0)
    assert (alert.limit, alert.unit) == (15.0, "s")
    assert len(flight.cleared(Situation.LINK_LOST)) == 1


def test_an_adopted_vehicle_that_was_silent_before_is_given_time() -> None:
    flight = Watched()
    flight.say(heard_at=None)

    flight.watch(14.0, heard=False)

    assert not flight.raised(Situation.LINK_LOST)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"gps_fix": 1}, "GPS fix type 1 for 3 s"),
        ({"position_known": False}, "no absolute position in the estimator for 3 s"),
    ],
    ids=["no fix", "no estimate"],
)
def test_a_lost_position_is_told_with_what_is_lost(told: dict[str, int], words: str) -> None:
    flight = Watched()
    flight.watch(1.0)

    flight.say(**told)
    flight.watch(10.0)
    flight.say(gps_fix=3, position_known=True)
    flight.watch(10.0)

    (alert,) = flight.raised(Situation.POSITION_LOST)
    assert alert.text.startswith(words.removesuffix("3 s"))
    assert len(flight.cleared(Situation.POSITION_LOST)) == 1


def test_a_fix_that_is_missing_for_two_seconds_is_not_told() -> None:
    flight = Watched()
    flight.watch(1.0)

    flight.say(gps_fix=1)
    flight.watch(2.0)
    flight.say(gps_fix=3)
    flight.watch(10.0)

    assert not flight.raised(Situation.POSITION_LOST)


def test_a_position_that_an_adopted_vehicle_has_not_told_yet_is_not_lost() -> None:
    flight = Watched()
    flight.say(gps_fix=0, position_known=False)
    flight.watch(10.0)
    early = list(flight.raised(Situation.POSITION_LOST))

    flight.watch(20.0)

    assert not early
    assert flight.raised(Situation.POSITION_LOST)


def test_wind_above_the_plans_limit_is_told_if_it_lasts() -> None:
    flight = Watched(watched_plan(wind_limit_m_s=10.0))
    flight.say(wind_speed_m_s=11.0, wind_from_deg=270.0)
    flight.watch(19.0)
    before = list(flight.raised(Situation.WIND_TOO_STRONG))
    flight.watch(3.0)
    flight.say(wind_speed_m_s=10.0)
    flight.watch(30.0)

    (alert,) = flight.raised(Situation.WIND_TOO_STRONG)

    assert not before
    assert (alert.value, alert.limit) == (11.0, 11.0)
    assert alert.text == "the vehicle measures 11.0 m/s of wind from 270 degrees"
    assert len(flight.cleared(Situation.WIND_TOO_STRONG)) == 1


@pytest.mark.parametrize(("wind_m_s", "count"), [(12.9, 0), (13.0, 1)])
def test_a_plan_without_a_limit_of_wind_gets_the_usual_one(wind_m_s: float, count: int) -> None:
    flight = Watched()
    flight.say(wind_speed_m_s=wind_m_s)

    flight.watch(60.0)

    assert len(flight.raised(Situation.WIND_TOO_STRONG)) == count


def test_wind_of_half_a_minute_ago_is_not_judged() -> None:
    flight = Watched()
    flight.say(wind_speed_m_s=20.0)
    flight.watch(1.0)

    flight.watch(120.0, heard=False)
    flight.say(wind_at=flight.now - 31.0)
    flight.watch(0.5, heard=False)

    assert len(flight.raised(Situation.WIND_TOO_STRONG)) == 1


def test_a_mode_that_nobody_asked_for_is_told_with_the_vehicles_words() -> None:
    flight = Watched()
    flight.watch(1.0)

    flight.mode(6)
    flight.say(texts=[Text(flight.now, 4, "GCS Failsafe"), Text(flight.now, 6, "Mission: 3 WP")])
    flight.watch(10.0)

    (alert,) = flight.raised(Situation.MODE_CHANGED)
    assert alert.text == "the vehicle is in mode RTL, which nobody here asked for: GCS Failsafe"


def test_a_mode_for_an_instant_is_not_told() -> None:
    flight = Watched(watched_plan(VehicleClass.QUADPLANE))
    flight.watch(1.0)

    flight.mode(11)
    flight.watch(1.5)
    flight.mode(10)
    flight.watch(10.0)

    assert not flight.raised(Situation.MODE_CHANGED)


def test_a_mode_that_is_expected_is_not_told() -> None:
    flight = Watched()
    flight.supervision.expect_modes({17, 3})

    flight.mode(17)
    flight.watch(10.0)

    assert not flight.raised(Situation.MODE_CHANGED)


def test_another_unexpected_mode_is_another_alert_and_a_mode_taken_back_clears_it() -> None:
    flight = Watched()
    flight.watch(1.0)
    flight.mode(5)
    flight.watch(5.0)
    flight.mode(9)
    flight.watch(5.0)
    flight.mode(3)
    flight.watch(5.0)

    kinds = [type(event) for event in flight.events if isinstance(event, AlertRaised | AlertCleared)]

    assert kinds == [AlertRaised, AlertCleared, AlertRaised, AlertCleared]
    assert [alert.text.split(",")[0] for alert in flight.raised(Situation.MODE_CHANGED)] == [
        "the vehicle is in mode LOITER",
        "the vehicle is in mode LAND",
    ]


def test_another_unexpected_mode_for_an_instant_is_no_second_alert() -> None:
    flight = Watched()
    flight.watch(1.0)
    flight.mode(5)
    flight.watch(5.0)

    flight.mode(6)
    flight.watch(1.5)
    flight.mode(5)
    flight.watch(1.5)

    assert len(flight.raised(Situation.MODE_CHANGED)) == 1


def test_a_flight_adopted_on_its_return_path_is_in_no_strange_mode() -> None:
    flight = Watched(mode=27)

    flight.watch(10.0)

    assert not flight.raised(Situation.MODE_CHANGED)


def test_another_number_of_items_on_board_is_told_with_both_numbers() -> None:
    flight = Watched()
    flight.say(mission_state=3, mission_total=9)
    flight.watch(5.0)
    before = list(flight.raised(Situation.PLAN_CHANGED))

    flight.say(mission_total=12)
    flight.watch(5.0)
    flight.say(mission_total=9)
    flight.watch(5.0)

    (alert,) = flight.raised(Situation.PLAN_CHANGED)
    assert not before
    assert alert.value == 3.0
    assert alert.text == "12 items are on board, 9 were verified"
    assert len(flight.cleared(Situation.PLAN_CHANGED)) == 1


def test_a_vehicle_that_does_not_tell_its_number_of_items_is_not_suspected() -> None:
    flight = Watched()
    flight.say(mission_state=0, mission_total=0)

    flight.watch(10.0)

    assert not flight.raised(Situation.PLAN_CHANGED)


def test_an_upload_by_somebody_else_is_told() -> None:
    flight = Watched()
    flight.say(mission_state=3, mission_total=9)
    flight.watch(5.0)

    flight.say(texts=[Text(flight.now, 6, "Flight plan received")])
    flight.watch(5.0)

    (alert,) = flight.raised(Situation.PLAN_CHANGED)
    assert alert.value == 1.0
    assert alert.text == 'the vehicle says "Flight plan received"'


def test_our_own_upload_before_the_take_off_is_not_told() -> None:
    flight = Watched()
    flight.say(texts=[Text(flight.now - 5.0, 6, "Flight plan received")])

    flight.watch(10.0)

    assert not flight.raised(Situation.PLAN_CHANGED)


def test_another_id_of_a_list_on_board_is_told() -> None:
    flight = Watched()
    flight.say(plan_ids=(7, 8, 0))
    flight.watch(5.0)

    flight.say(plan_ids=(7, 9, 0))
    flight.watch(5.0)

    (alert,) = flight.raised(Situation.PLAN_CHANGED)
    assert alert.text == "the fence on board has another id"


def test_another_id_than_that_of_our_upload_is_told_even_if_it_is_there_from_the_first_look() -> None:
    flight = Watched()
    flight.vehicle.uploaded_ids = [7, 8, 0]
    flight.say(plan_ids=(9, 8, 5))

    flight.watch(5.0)

    (alert,) = flight.raised(Situation.PLAN_CHANGED)
    assert alert.text == "the mission on board has another id"


def test_a_fence_that_is_switched_off_is_told() -> None:
    flight = Watched()
    flight.say(sensors_enabled=FENCE_ON)
    flight.watch(5.0)

    flight.say(sensors_enabled=1)
    flight.watch(5.0)

    (alert,) = flight.raised(Situation.PLAN_CHANGED)
    assert alert.text == "the fence is off"


def test_a_fence_that_is_switched_off_on_the_way_to_a_divert_site_is_not_told() -> None:
    flight = Watched(plan_with_divert())
    flight.say(sensors_enabled=FENCE_ON)
    flight.watch(5.0)

    flight.say(sensors_enabled=1, mission_seq=12)
    flight.fly_to(HALF_M, 300.0)
    flight.watch(5.0)

    assert not flight.raised(Situation.PLAN_CHANGED)


def waiting_flight() -> Watched:
    """A flight that waits above the pad for up to 60 s at item 5."""
    plan = watched_plan(hold_seq=5, descend_seq=6)
    mission = list(plan.mission)
    mission[5] = MissionItem(93, 0, 60.0, -1.0, -1.0, -1.0)
    flight = Watched(replace(plan, mission=tuple(mission)))
    flight.fly_to(2 * HALF_M)
    flight.watch(1.0)
    flight.say(mission_seq=5)
    return flight


def test_a_receiver_who_says_nothing_is_told_ten_seconds_before_the_vehicle_goes_home() -> None:
    flight = waiting_flight()
    flight.watch(49.0)
    before = list(flight.raised(Situation.PAD_NOT_CLEAR))

    flight.watch(3.0)
    flight.say(mission_seq=8)
    flight.watch(3.0)

    (alert,) = flight.raised(Situation.PAD_NOT_CLEAR)
    assert not before
    assert (alert.value, alert.limit) == (50.0, 50.0)
    assert alert.text == (
        "the receiver has not said that the pad is clear; the vehicle goes home with its payload in 10 s"
    )
    assert len(flight.cleared(Situation.PAD_NOT_CLEAR)) == 1


def test_a_pad_that_is_said_not_to_be_clear_is_told_at_once() -> None:
    flight = waiting_flight()
    flight.watch(5.0)

    flight.supervision.note_pad(clear=False)
    flight.watch(1.0)

    (alert,) = flight.raised(Situation.PAD_NOT_CLEAR)
    assert alert.text.startswith("the receiver said that it is not clear")


def test_a_pad_that_was_said_to_be_clear_is_not_told() -> None:
    flight = waiting_flight()

    flight.supervision.note_pad(clear=True)
    flight.watch(60.0)

    assert not flight.raised(Situation.PAD_NOT_CLEAR)


def test_the_wait_begins_above_the_pad_and_not_on_the_way_there() -> None:
    flight = waiting_flight()
    flight.fly_to(2 * HALF_M - 200.0)
    flight.watch(60.0)
    on_the_way = list(flight.raised(Situation.PAD_NOT_CLEAR))

    flight.fly_to(2 * HALF_M)
    flight.watch(52.0)

    assert not on_the_way
    assert flight.raised(Situation.PAD_NOT_CLEAR)


@pytest.mark.parametrize(
    ("horizontal_m", "vertical_m", "count"),
    [(150.0, 15.0, 1), (151.0, 0.0, 0), (50.0, 16.0, 0)],
    ids=["both near", "far enough", "high enough"],
)
def test_another_aircraft_is_told_when_it_is_near_in_both_directions(
    horizontal_m: float, vertical_m: float, count: int
) -> None:
    flight = Watched()
    flight.supervision.note_traffic(Neighbour(OTHER, horizontal_m, vertical_m))

    flight.watch(2.0)

    assert len(flight.raised(Situation.TRAFFIC)) == count


@pytest.mark.parametrize(
    ("neighbour", "count"),
    [
        (Neighbour(OTHER, 180.0, 10.0), 0),
        (Neighbour(OTHER, 200.0, 10.0), 1),
        (Neighbour(OTHER, 9.0, 20.0), 1),
        (None, 1),
    ],
    ids=["between", "beside", "above", "gone"],
)
def test_traffic_that_has_gone_by_is_cleared(neighbour: Neighbour | None, count: int) -> None:
    flight = Watched()
    flight.supervision.note_traffic(Neighbour(OTHER, 100.0, 0.0))
    flight.watch(2.0)

    flight.supervision.note_traffic(neighbour)
    flight.watch(2.0)

    assert len(flight.cleared(Situation.TRAFFIC)) == count
    assert str(OTHER) in flight.raised(Situation.TRAFFIC)[0].text


def test_the_nearest_aircraft_is_found_across_the_cells_of_the_grid() -> None:
    third = VehicleAddress("udp:127.0.0.1:1", 3)
    home = (HOME_E7[0] / 1e7, HOME_E7[1] / 1e7)
    north_deg = 300.0 / METRES_PER_DEGREE

    found = nearest(
        {
            ADDRESS: (*home, 60.0),
            OTHER: (home[0] + north_deg, home[1], 70.0),
            third: (home[0] + 10 * north_deg, home[1], 60.0),
        }
    )

    assert set(found) == {ADDRESS, OTHER}
    assert found[ADDRESS].address == OTHER
    assert found[ADDRESS].horizontal_m == pytest.approx(300.0, abs=0.1)
    assert found[OTHER].vertical_m == pytest.approx(10.0)


def test_who_is_far_above_is_not_the_nearest() -> None:
    third = VehicleAddress("udp:127.0.0.1:1", 3)
    home = (HOME_E7[0] / 1e7, HOME_E7[1] / 1e7)

    found = nearest(
        {
            ADDRESS: (*home, 60.0),
            OTHER: (*home, 160.0),
            third: (home[0] + 100.0 / METRES_PER_DEGREE, home[1], 60.0),
        }
    )

    assert found[ADDRESS].address == third


def test_on_the_ground_nothing_stays_out_of_the_ordinary() -> None:
    flight = Watched()
    flight.watch(1.0)
    flight.mode(9)
    flight.watch(5.0)

    flight.mode(9, armed=False)
    flight.say(disarmed_since=flight.now, disarmed_heartbeats=2)
    flight.watch(25.0)

    assert not flight.supervision.active_alerts
    assert [type(event).__name__ for event in flight.events][-3:] == [
        "PhaseChanged",
        "AlertCleared",
        "Landed",
    ]


def test_a_landing_after_a_silence_is_judged_by_what_is_heard_of_the_latch_since() -> None:
    flight = Watched()
    flight.watch(1.0)
    flight.mode(3, armed=False)
    flight.say(disarmed_since=flight.now, disarmed_heartbeats=2, servo9_at=flight.now - 600.0)

    flight.watch(5.0)
    early = [event for event in flight.events if isinstance(event, Landed)]
    flight.say(servo9_us=1900, servo9_at=flight.now)
    flight.watch(3.0)
    (landed,) = [event for event in flight.events if isinstance(event, Landed)]

    assert not early
    assert landed.released
