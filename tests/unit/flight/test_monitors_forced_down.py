"""The monitor of landings that a lost position began."""

import pytest

from flight.situations import Situation
from tests.unit.flight.watched import HALF_M, Watched

LAND_MODE = 9


def forced_down(*, north_m: float = HALF_M, lost: bool = True) -> Watched:
    """Return a copter in a LAND that nobody asked for, with a fix again; ``lost``: it had none before."""
    flight = Watched()
    flight.fly_to(north_m)
    flight.watch(1.0)
    flight.say(gps_fix=1 if lost else 6)
    flight.watch(4.0)
    flight.mode(LAND_MODE)
    flight.watch(3.0)
    flight.say(gps_fix=6)
    return flight


def test_a_landing_for_want_of_a_position_is_told_when_that_is_known_again() -> None:
    flight = forced_down()
    before = list(flight.raised(Situation.FORCED_DOWN))
    flight.watch(5.0)

    (alert,) = flight.raised(Situation.FORCED_DOWN)

    assert not before
    assert (alert.limit, alert.unit) == (2.0, "s")
    assert alert.value == pytest.approx(2.0, abs=1.0)
    assert "56 m above home, though it knows where it is again" in alert.text


def test_a_landing_for_want_of_a_position_is_over_when_another_mode_is_seen() -> None:
    flight = forced_down()
    flight.watch(5.0)

    flight.mode(3)
    flight.watch(5.0)

    assert len(flight.cleared(Situation.FORCED_DOWN)) == 1


def test_a_position_that_is_lost_and_found_once_more_is_told_once_more() -> None:
    flight = forced_down()
    flight.watch(10.0)
    before = len(flight.raised(Situation.FORCED_DOWN))

    flight.say(gps_fix=1)
    flight.watch(5.0)
    flight.say(gps_fix=6)
    flight.watch(10.0)

    assert (before, len(flight.raised(Situation.FORCED_DOWN))) == (1, 2)


def test_a_landing_is_left_alone_while_the_position_is_unknown() -> None:
    flight = forced_down()
    flight.say(gps_fix=1)

    flight.watch(60.0)

    assert not flight.raised(Situation.FORCED_DOWN)


@pytest.mark.parametrize("north_m", [0.0, 45.0])
def test_a_landing_for_want_of_a_position_at_its_pad_is_left_alone(north_m: float) -> None:
    flight = forced_down(north_m=north_m)

    flight.watch(20.0)

    assert not flight.raised(Situation.FORCED_DOWN)


def test_a_landing_whose_reason_is_not_the_position_is_left_to_whoever_began_it() -> None:
    flight = forced_down(lost=False)

    flight.watch(20.0)

    assert flight.raised(Situation.MODE_CHANGED)
    assert not flight.raised(Situation.FORCED_DOWN)


def test_a_drop_out_in_the_middle_of_anothers_landing_is_not_its_reason() -> None:
    flight = forced_down(lost=False)
    flight.watch(30.0)

    flight.say(gps_fix=1)
    flight.watch(3.0)
    flight.say(gps_fix=6)
    flight.watch(10.0)

    assert not flight.raised(Situation.FORCED_DOWN)


def test_a_position_that_was_not_told_yet_is_not_the_reason_of_a_landing() -> None:
    flight = Watched(mode=LAND_MODE)
    flight.fly_to(HALF_M)
    flight.say(gps_fix=0, position_known=False)
    flight.watch(3.0)

    flight.say(gps_fix=6, position_known=True)
    flight.watch(10.0)

    assert not flight.raised(Situation.FORCED_DOWN)


def test_a_landing_after_a_silence_is_not_for_want_of_the_position_that_was_not_heard() -> None:
    flight = Watched()
    flight.fly_to(HALF_M)
    flight.watch(1.0)
    flight.watch(20.0, heard=False)
    flight.mode(LAND_MODE)
    flight.say(heard_at=flight.now + 0.5)
    flight.watch(2.0, heard=False)

    flight.watch(10.0)

    assert not flight.raised(Situation.FORCED_DOWN)


def test_a_vehicle_that_stands_is_not_forced_down() -> None:
    flight = forced_down()
    flight.say(landed_state=1)

    flight.watch(10.0)

    assert not flight.raised(Situation.FORCED_DOWN)


def test_where_the_place_is_not_heard_nobody_can_tell_whether_a_landing_is_at_its_pad() -> None:
    flight = forced_down()
    flight.say(latitude_deg=None, longitude_deg=None)

    flight.watch(10.0)

    assert not flight.raised(Situation.FORCED_DOWN)


def test_a_landing_that_was_ordered_is_not_forced() -> None:
    flight = forced_down()
    flight.supervision.expect_modes({LAND_MODE})

    flight.watch(20.0)

    assert not flight.raised(Situation.FORCED_DOWN)
