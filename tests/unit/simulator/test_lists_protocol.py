"""The mission protocol against the table "what comes back" and the errors of the traces."""

import math
from typing import Any

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.testing import GroundStation, MissionBuilder
from simulator.values import HomePoint

HOME = HomePoint(32.7024, 128.845, 5.09)


def _stored(station: GroundStation, seq: int = 1) -> list[float]:
    item = station.download()[seq]
    return [item.frame, item.command, item.param1, item.param2, item.param3, item.param4]


@pytest.mark.parametrize(
    ("frame", "command", "params", "expected"),
    [
        (3, 16, (7, 3, 0, 90), [3, 16, 7, 0, 0, 0]),  # a waypoint keeps its hold alone
        (6, 16, (0, 0, 0, 0), [3, 16, 0, 0, 0, 0]),  # frame 6 comes back as 3
        (5, 16, (0, 0, 0, 0), [0, 16, 0, 0, 0, 0]),  # frame 5 as 0
        (10, 16, (0, 0, 0, 0), [10, 16, 0, 0, 0, 0]),  # terrain stays
        (3, 21, (0, 0, 0, 0), [3, 21, 0, 0, 0, 1]),  # LAND gets param4 1
        (3, 19, (5, 0, 0, 0), [3, 19, 5, 0, 1, 0]),  # LOITER_TIME gets param3 1
        (3, 18, (2, 0, 20, 0), [3, 18, 2, 0, 20, 0]),
        (3, 94, (10, 0, 0, 0), [3, 94, 10, 0, 0, 0]),
        (3, 189, (0, 0, 0, 0), [3, 189, 0, 0, 0, 0]),
        (2, 183, (9, 1900, 0, 0), [0, 183, 9, 1900, 0, 0]),  # without a position: frame 0
        (2, 93, (5, -1, -1, -1), [0, 93, 5, -1, -1, -1]),
        (2, 177, (1, 2, 0, 0), [0, 177, 1, 2, 0, 0]),
        (2, 188, (0, 0, 0, 0), [0, 188, 0, 0, 0, 0]),
        (3, 16, (0, 0, 0, math.nan), [3, 16, 0, 0, 0, 0]),  # NaN yaw is accepted and lost
        (2, 42600, (0, 2, 5, 1), [0, 42600, 0, 2, 5, 1]),
    ],
)
def test_an_item_comes_back_as_ardupilot_stores_it(
    copter: GroundStation,
    plan: MissionBuilder,
    frame: int,
    command: int,
    params: tuple[float, ...],
    expected: list[float],
) -> None:
    plan.place(command, 100, 0, 30, *params, frame=frame)

    assert copter.upload(plan.items) == mavlink.MAV_MISSION_ACCEPTED

    assert _stored(copter) == expected


@pytest.mark.parametrize(
    ("field", "value", "result"),
    [
        ("command", 31999, 3),
        ("command", 195, 3),
        ("command", 34, 3),
        ("frame", 200, 2),
        ("frame", 8, 2),
        ("frame", 1, 2),
        ("x", 950_000_000, 10),
        ("y", 2_000_000_000, 11),
        ("z", 1e6, 12),
        ("z", math.nan, 12),
    ],
)
def test_a_bad_item_ends_the_upload_with_its_own_result(
    copter: GroundStation, plan: MissionBuilder, field: str, value: float, result: int
) -> None:
    plan.waypoint(100, 0, 30)
    good = copter.upload(plan.items)
    bad = MissionBuilder(HOME).waypoint(200, 0, 40)
    setattr(bad.items[1], field, value)

    assert (good, copter.upload(bad.items)) == (0, result)

    assert copter.download()[1].z == 30


def test_positions_come_back_to_the_last_digit_and_heights_to_the_centimetre(
    copter: GroundStation, plan: MissionBuilder
) -> None:
    plan.waypoint(1234.567, -987.654, 56.78)

    copter.upload(plan.items)

    back = copter.download()[1]
    assert (back.x, back.y) == (plan.items[1].x, plan.items[1].y)
    assert back.z == pytest.approx(56.78, abs=0.01)


def test_item_0_is_home_whatever_was_sent(copter: GroundStation, plan: MissionBuilder) -> None:
    plan.items[0].x = 1
    plan.waypoint(100, 0, 30)

    copter.upload(plan.items)

    home = copter.download()[0]
    assert (home.frame, home.x, home.y) == (0, 327024000, 1288450000)
    assert home.z == pytest.approx(5.09)


def _count(station: GroundStation, count: int, mission_type: int = 0) -> list[Any]:
    return station.send(mavlink.MAVLink_mission_count_message(1, 1, count, mission_type))


def test_an_item_that_never_comes_is_asked_for_once_a_second_until_8_seconds_are_over(
    copter: GroundStation,
) -> None:
    _count(copter, 4)
    begun = copter.time

    copter.run_until_text("Mission upload timeout", 12.0)

    asked = [at - begun for at, each in copter.received if each.get_type() == "MISSION_REQUEST"]
    (ack,) = copter.of("MISSION_ACK")
    assert len(asked) == 8
    assert asked == pytest.approx(list(range(8)), abs=0.3)
    assert ack.type == mavlink.MAV_MISSION_OPERATION_CANCELLED
    assert copter.time - begun == pytest.approx(8.0, abs=0.3)


def test_a_wrong_sequence_is_answered_with_13_and_the_upload_goes_on(
    copter: GroundStation, plan: MissionBuilder
) -> None:
    plan.waypoint(100, 0, 30)
    _count(copter, 2)

    wrong = copter.send(plan.items[1])
    right = copter.send(plan.items[0])
    last = copter.send(plan.items[1])

    assert [each.type for each in wrong] == [mavlink.MAV_MISSION_INVALID_SEQUENCE]
    assert [each.seq for each in right] == [1]
    assert last[0].type == mavlink.MAV_MISSION_ACCEPTED
    assert copter.texts()[-1] == "Flight plan received"


def test_another_station_is_denied_during_an_upload(copter: GroundStation) -> None:
    other = GroundStation(copter.vehicle, copter.now, system_id=254)
    _count(copter, 4)

    answers = _count(other, 4)

    assert [each.type for each in answers] == [mavlink.MAV_MISSION_DENIED]


def test_a_broken_off_upload_leaves_the_old_mission_cut_to_the_announced_length(
    copter: GroundStation, plan: MissionBuilder
) -> None:
    for north in range(100, 800, 100):
        plan.waypoint(north, 0, 30)
    copter.upload(plan.items)

    _count(copter, 4)
    copter.run(9.0)

    assert [item.z for item in copter.download()[1:]] == [30, 30, 30]


@pytest.mark.parametrize(("mission_type", "limit"), [(0, 650), (1, 70), (2, 46)])
def test_too_many_items_are_refused_with_the_limit(
    copter: GroundStation, mission_type: int, limit: int
) -> None:
    answers = _count(copter, 5000, mission_type)

    assert answers[0].type == mavlink.MAV_MISSION_NO_SPACE
    assert copter.texts()[-1] == f"Only {limit} items are supported"


def test_a_list_of_an_unknown_type_gets_silence_and_a_count_of_it_is_unsupported(
    copter: GroundStation,
) -> None:
    assert copter.send(mavlink.MAVLink_mission_request_list_message(1, 1, 7)) == []
    assert _count(copter, 3, 7)[0].type == mavlink.MAV_MISSION_UNSUPPORTED


def _square(*sizes: float) -> MissionBuilder:
    fence = MissionBuilder(HOME, mavlink.MAV_MISSION_TYPE_FENCE)
    for size in sizes:
        for north, east in ((-size, -size), (-size, size), (size, size), (size, -size)):
            fence.place(5001, north, east, 0, 4, frame=0)
    return fence


def test_a_fence_comes_back_with_frame_0_and_without_autocontinue(copter: GroundStation) -> None:
    fence = _square(500)

    assert copter.upload(fence.items, mavlink.MAV_MISSION_TYPE_FENCE) == 0

    back = copter.download(mavlink.MAV_MISSION_TYPE_FENCE)
    assert [(item.frame, item.command, item.autocontinue, item.param1) for item in back] == [
        (0, 5001, 0, 4.0)
    ] * 4
    assert copter.texts()[-1] == "Fence Indexed OK"


def test_a_bad_fence_is_refused_after_its_last_item_and_the_old_one_stays(copter: GroundStation) -> None:
    copter.upload(_square(500).items, mavlink.MAV_MISSION_TYPE_FENCE)
    bad = _square(100)
    for item in bad.items:
        item.param1 = 5

    assert copter.upload(bad.items, mavlink.MAV_MISSION_TYPE_FENCE) == mavlink.MAV_MISSION_ERROR

    assert copter.texts()[-1] == "Fence validation failed"
    assert copter.download(mavlink.MAV_MISSION_TYPE_FENCE)[0].x < 326_990_000


def test_a_rally_point_comes_back_without_a_text(copter: GroundStation) -> None:
    rally = MissionBuilder(HOME, mavlink.MAV_MISSION_TYPE_RALLY).place(5100, 100, 50, 20)
    before = len(copter.texts())

    assert copter.upload(rally.items, mavlink.MAV_MISSION_TYPE_RALLY) == 0

    assert [item.z for item in copter.download(mavlink.MAV_MISSION_TYPE_RALLY)] == [20]
    assert len(copter.texts()) == before


def test_old_forms_of_the_messages_work_with_one_warning_each(copter: GroundStation) -> None:
    _count(copter, 1)

    copter.send(mavlink.MAVLink_mission_item_message(1, 1, 0, 0, 16, 0, 1, 0, 0, 0, 0, 32.7, 128.8, 0, 0))
    answers = copter.send(mavlink.MAVLink_mission_request_message(1, 1, 0, 0))

    assert answers[0].get_type() == "MISSION_ITEM"
    assert "got MISSION_ITEM; GCS should send MISSION_ITEM_INT" in copter.texts()
    assert copter.texts()[-1] == "got MISSION_REQUEST; use MISSION_REQUEST_INT!"
