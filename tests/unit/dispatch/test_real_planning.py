"""Dispatch with the real planner in the real airspace of Goto."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from shapely import Point

from dispatch.assign import Errand, RoundTrip
from dispatch.dispatcher import Dispatcher
from dispatch.planning import AirspacePlanner
from dispatch.policy import DemoPolicy
from dispatch.reservations import in_the_way, reservations, whole
from dispatch.states import RequestState
from dispatch.store.records import ProvedPlan
from dispatch.store.store import Store
from flight.commands import FlightCommand, Launch
from flight.events import TelemetryUpdated
from flight.link_state import LinkState
from geofences.airspace import Airspace
from geofences.deconflict import LONGEST_DELAY_S, StillInConflict
from geofences.errors import CertificateError, NoRoute
from geofences.loading import load_airspace
from geofences.values import VerticalLimit, ZoneRule
from geofences.zones import Zone
from tests.unit.dispatch.world import C1, C2, ERRAND, NOW, Q1, TYPES, new_request, snapshot_of


@pytest.fixture(scope="module")
def airspace() -> Airspace:
    return load_airspace()


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store("sqlite://")
    yield store
    store.close()


def harbour_closed(airspace: Airspace) -> Zone:
    """A zone over the pad of Saganoshima."""
    pad = airspace.site("SGP").position
    return Zone(
        id="CLOSED",
        name_ja="港内工事",
        name_en="harbour works",
        rule=ZoneRule.KEEP_OUT,
        geometry=Point(pad.longitude_deg, pad.latitude_deg).buffer(0.01),
        floor=VerticalLimit(0.0),
        ceiling=VerticalLimit(500.0),
        buffer_m=50.0,
        reason_ja="工事",
        reason_en="works",
        source="test",
    )


def test_the_first_delivery_is_planned_proved_and_sent(airspace: Airspace, store: Store) -> None:
    dispatcher = Dispatcher(store, airspace, DemoPolicy())
    sent: list[FlightCommand] = []
    for drone in (Q1, C1, C2):
        dispatcher.register_drone(drone, "test", NOW)
        snapshot = snapshot_of(drone, LinkState.FRESH, 1.0, NOW)
        dispatcher.handle_flight_event(TelemetryUpdated(NOW.timestamp(), drone.address, snapshot), NOW)
    dispatcher.submit_request(new_request(), "clinic", NOW)

    dispatcher.tick(NOW)
    dispatcher.relay(sent.append, NOW)

    (launch,) = sent
    assert isinstance(launch, Launch)
    assert launch.plan.vehicle == Q1.address
    assert launch.plan.hash == dispatcher.sortie("S-0001").plan_hash
    assert dispatcher.request("R-0001").state is RequestState.LOADED
    planned = next(event for event in dispatcher.events() if event.type == "sortie.planned")
    assert planned.reason is not None
    assert "C1: the flight needs" in planned.reason.en


def test_a_closed_harbour_is_named_by_the_planner(airspace: Airspace) -> None:
    planner = AirspacePlanner(airspace.with_zone(harbour_closed(airspace)))

    with pytest.raises(NoRoute, match="CLOSED"):
        planner.propose(TYPES["quadplane"], ERRAND, NOW)


def test_a_plan_is_refused_in_another_airspace_and_after_a_change(airspace: Airspace) -> None:
    planner = AirspacePlanner(airspace)
    trip = planner.propose(TYPES["quadplane"], ERRAND, NOW)
    plan = planner.prepare("S-0001", Q1, TYPES["quadplane"], trip, 900.0, ERRAND.mass_kg)
    moved = replace(plan.way_out.waypoints[3], altitude_amsl_m=200.0)
    corrupt = replace(
        plan.way_out, waypoints=(*plan.way_out.waypoints[:3], moved, *plan.way_out.waypoints[4:])
    )

    planner.verify(plan, NOW)

    with pytest.raises(CertificateError):
        AirspacePlanner(airspace.with_zone(harbour_closed(airspace))).verify(plan, NOW)
    with pytest.raises(CertificateError):
        planner.verify(replace(plan, way_out=corrupt), NOW)
    with pytest.raises(CertificateError):
        planner.verify(plan, NOW + timedelta(hours=5))


def test_a_battery_that_is_not_full_is_in_the_proof_and_a_full_one_in_the_plan(airspace: Airspace) -> None:
    planner = AirspacePlanner(airspace)
    trip = planner.propose(TYPES["quadplane"], ERRAND, NOW)

    plan = planner.prepare("S-0001", Q1, TYPES["quadplane"], trip, 870.0, ERRAND.mass_kg)

    assert plan.certificate.energy_available_wh == 870.0
    assert plan.flight_plan.energy_available_wh == TYPES["quadplane"].battery_wh


def planned(planner: AirspacePlanner, errand: Errand) -> tuple[RoundTrip, ProvedPlan]:
    trip = planner.propose(TYPES["quadplane"], errand, NOW)
    return trip, planner.prepare("S", Q1, TYPES["quadplane"], trip, 2000.0, errand.mass_kg)


def test_sorties_of_one_hub_share_a_corridor_and_sorties_elsewhere_do_not(airspace: Airspace) -> None:
    planner = AirspacePlanner(airspace)
    _, west = planned(planner, ERRAND)
    _, north = planned(planner, replace(ERRAND, destination_pad_id="NRP"))
    _, far = planned(planner, replace(ERRAND, origin_pad_id="ARP", destination_pad_id="NOM-S"))

    taken = {"S-0001": whole("S-0001", planner.corridor(west), NOW)}

    assert in_the_way(planner.volumes(north, NOW), taken) == "S-0001"
    assert in_the_way(planner.volumes(far, NOW), taken) is None


def test_a_farther_flight_of_the_same_hub_follows_after_some_minutes(airspace: Airspace) -> None:
    planner = AirspacePlanner(airspace)
    _, near = planned(planner, replace(ERRAND, destination_pad_id="NRP"))
    trip, _ = planned(planner, ERRAND)

    later = planner.separated(trip, {"S-0001": planner.volumes(near, NOW)})

    assert 60.0 < later.wait_s < 600.0
    assert later.arrives_at == trip.arrives_at + timedelta(seconds=later.wait_s)
    assert (later.way_out, later.way_home) == (trip.way_out, trip.way_home)
    assert later.waits_for is not None
    assert later.waits_for.en.startswith("As planned it would meet S-0001. It starts")
    assert later.waits_for.ja.startswith("予定のままでは S-0001 と重なります。")


def test_no_time_is_found_beside_a_whole_corridor(airspace: Airspace) -> None:
    planner = AirspacePlanner(airspace)
    trip, plan = planned(planner, ERRAND)
    taken = reservations({"S-0001": whole("S-0001", planner.corridor(plan), NOW)})

    with pytest.raises(StillInConflict, match="S-0001"):
        planner.separated(trip, taken)


def test_a_plan_is_proved_for_the_latest_start_that_a_wait_may_bring(airspace: Airspace) -> None:
    planner = AirspacePlanner(airspace)
    _, plan = planned(planner, ERRAND)

    planner.verify(plan, NOW + timedelta(seconds=LONGEST_DELAY_S))


def test_a_place_is_inside_only_at_its_time_and_height(airspace: Airspace) -> None:
    planner = AirspacePlanner(airspace)
    _, plan = planned(planner, ERRAND)
    volumes, point = planner.volumes(plan, NOW), plan.way_out.waypoints[5]
    on_time = NOW + timedelta(seconds=point.offset_s)
    late = NOW + timedelta(seconds=2 * point.offset_s)

    assert planner.is_inside(volumes, point.position, point.altitude_amsl_m, on_time)
    assert not planner.is_inside(volumes, point.position, point.altitude_amsl_m, late)
    assert not planner.is_inside(volumes, point.position, point.altitude_amsl_m + 25.0, on_time)
    assert not planner.is_inside(volumes, airspace.site("SGP").position, point.altitude_amsl_m, on_time)
