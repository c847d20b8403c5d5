"""What counts as a delivery, and where a flight was to land, by the kind of delivery."""

from dataclasses import replace
from typing import Any

import pytest

from flight.events import FlightEvent, Landed, PayloadReleased, ReturnStarted
from flight.plan import Delivery, FlightPlan, MissionItem
from flight.supervision.stages import Stages
from flight.supervision.track import Track
from flight.telemetry_state import Text
from tests.unit.flight.plans import PAD_E7
from tests.unit.flight.watched import HALF_M, METRES_PER_DEGREE, Watched, plan_with_divert, watched_plan

PAD_M = 2 * HALF_M


def of(flight: Watched, kind: type[FlightEvent]) -> list[Any]:
    return [event for event in flight.events if isinstance(event, kind)]


def landed(flight: Watched, north_m: float, *, mode: int = 3) -> Landed:
    """Let a vehicle stand on the ground, disarmed; return what is said of it."""
    flight.fly_to(north_m, height_m=0.0)
    flight.mode(mode, armed=False)
    flight.say(disarmed_since=flight.now, disarmed_heartbeats=2, landed_state=1)
    flight.watch(3.0)
    (event,) = of(flight, Landed)
    assert isinstance(event, Landed)
    return event


def landing_plan() -> FlightPlan:
    """Return a plan that lands at the pad; behind that lies the way home of its failsafes."""
    plan = watched_plan(delivery=Delivery.LAND)
    mission = list(plan.mission)
    mission[4] = MissionItem(21, 3, param4=1.0, x_e7=PAD_E7[0], y_e7=PAD_E7[1])
    return replace(plan, mission=tuple(mission))


@pytest.mark.parametrize("delivery", [Delivery.GRIPPER, Delivery.WINCH, Delivery.PLACE])
def test_a_delivery_that_tells_nothing_of_itself_is_seen_by_the_item_behind_it(delivery: Delivery) -> None:
    flight = Watched(watched_plan(delivery=delivery))
    flight.fly_to(PAD_M, height_m=20.0)
    flight.say(mission_seq=3)
    flight.watch(2.0)
    before = of(flight, PayloadReleased)

    flight.say(mission_seq=5)
    flight.watch(2.0)

    (event,) = of(flight, PayloadReleased)
    assert before == []
    assert event.latitude_deg == pytest.approx(PAD_E7[0] / 1e7)


def test_a_latch_that_stays_closed_is_no_delivery_whatever_item_is_current() -> None:
    flight = Watched()

    for _ in range(20):
        flight.say(mission_seq=5, servo9_at=flight.now)
        flight.watch(1.0)

    assert of(flight, PayloadReleased) == []


def test_a_placement_that_the_vehicle_gave_up_is_no_delivery() -> None:
    flight = Watched(watched_plan(delivery=Delivery.PLACE))
    flight.say(mission_seq=4)
    flight.watch(2.0)

    flight.say(mission_seq=5, texts=[Text(flight.now, 4, "Payload place aborted")])
    flight.watch(5.0)

    assert of(flight, PayloadReleased) == []


def test_a_delivery_by_landing_is_done_by_standing_at_the_stop_and_that_is_where_it_was_to_land() -> None:
    flight = Watched(landing_plan())
    flight.say(mission_seq=4)
    flight.fly_to(PAD_M, height_m=10.0)
    flight.watch(2.0)
    in_the_air = of(flight, PayloadReleased)

    event = landed(flight, PAD_M - 10.0)

    assert in_the_air == []
    assert event.released
    assert event.distance_from_home_m == pytest.approx(10.0, abs=0.1)
    assert [type(each) for each in flight.events][-3:][0] is PayloadReleased


def test_a_delivery_by_landing_that_ended_short_of_the_pad_is_none() -> None:
    flight = Watched(landing_plan())
    flight.say(mission_seq=4)
    flight.watch(2.0)

    event = landed(flight, PAD_M - 60.0)

    assert not event.released
    assert event.distance_from_home_m == pytest.approx(PAD_M - 60.0, abs=1.0)


def test_the_way_to_a_landing_at_the_stop_ends_there() -> None:
    track = Track(landing_plan())

    assert track.length_m == pytest.approx(PAD_M, abs=0.1)
    assert track.distance_to_go_m(2, track.points[1]) == pytest.approx(PAD_M, abs=0.1)
    assert track.remaining_m[7] == pytest.approx(PAD_M, abs=0.1)
    assert (track.ends_at(2), track.ends_at(5)) == (4, 9)


def test_the_time_to_a_landing_at_the_stop_ends_there() -> None:
    flight = Watched(landing_plan())
    flight.fly_to(HALF_M)
    flight.watch(1.0)

    figures = flight.supervision.figures

    assert figures is not None
    assert figures.eta_s == pytest.approx(50.0, abs=0.1)


def test_a_flight_home_has_nothing_to_release_and_turns_back_from_nothing() -> None:
    plan = watched_plan(delivery=Delivery.LAND, release_seq=2, return_seq=2)
    flight = Watched(plan)
    flight.say(mission_seq=3)
    flight.watch(20.0)

    event = landed(flight, 0.0)

    assert of(flight, ReturnStarted) == []
    assert not event.released


def test_who_waited_in_vain_for_the_receiver_says_so() -> None:
    flight = Watched(watched_plan(hold_seq=3, descend_seq=4))
    flight.fly_to(PAD_M)
    flight.watch(1.0)
    flight.say(mission_seq=3)
    flight.watch(15.0)

    flight.say(mission_seq=8, servo9_at=flight.now)
    flight.watch(1.0)

    (event,) = of(flight, ReturnStarted)
    assert event.reason == "the receiver did not say in time that the pad is clear"


def test_a_site_is_told_within_fifty_metres_of_its_pad() -> None:
    flight = Watched(plan_with_divert())
    stages = Stages(flight.supervision.order, flight.supervision.track, flight.vehicle)
    latitude_deg, longitude_deg = flight.supervision.track.points[12]

    near = stages.landing((latitude_deg + 49.0 / METRES_PER_DEGREE, longitude_deg), None)(0.0)
    far = stages.landing((latitude_deg + 51.0 / METRES_PER_DEGREE, longitude_deg), None)(0.0)

    assert isinstance(near, Landed)
    assert isinstance(far, Landed)
    assert (near.site_id, far.site_id) == ("ISLET", None)
