"""Values of the other packages as answers: expected times, problem documents, words in a terminal."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from types import SimpleNamespace
from typing import cast

import pytest
from rich.console import Console

from api.cli.deadline import deadline_from_text
from api.cli.errors import CliError
from api.cli.view import delivery_panel
from api.errors import problem_from_error
from api.views import expected_times, unseen
from dispatch.errors import Conflict, IllegalTransition, InvalidInput, NotFound, StoreError
from dispatch.states import SortieState
from dispatch.store.records import ProvedPlan
from dispatch.values import Drone, Sortie
from flight.errors import AddressInUse, PlanDiffers, VehicleRefused
from flight.events import VehicleSnapshot
from flight.plan import VehicleAddress
from geofences.errors import CertificateError, DataError, NoRoute, OutsideOperationArea, UnknownSite

NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)
DRONE = Drone("Q1", "quadplane", VehicleAddress("udp:127.0.0.1:14561", 1), "FKP")
SORTIE = Sortie(
    id="S-0001",
    request_id="R-0001",
    drone_id="Q1",
    attempt=1,
    state=SortieState.ENROUTE,
    created_at=NOON,
    plan_hash="0" * 64,
    planned_duration_s=3000.0,
    planned_energy_wh=500.0,
    arrives_at=NOON + timedelta(minutes=25),
)
PLAN = cast("ProvedPlan", SimpleNamespace(way_home=SimpleNamespace(duration_s=1500.0)))

ERRORS = [
    pytest.param(InvalidInput("mass_kg", "is bad", "mend it", "質量"), 422, "mass_kg", id="invalid input"),
    pytest.param(NotFound("request", "R-1"), 404, "request_id", id="not found"),
    pytest.param(Conflict("no", "wait", "待つ"), 409, None, id="conflict"),
    pytest.param(IllegalTransition("sortie", "closed", "approved"), 409, None, id="illegal transition"),
    pytest.param(StoreError("no database", "データベース"), 503, None, id="store"),
    pytest.param(UnknownSite("XXX", ("FKP",)), 404, "site_id", id="unknown site"),
    pytest.param(
        OutsideOperationArea("position", 128.8, 32.6, "swap them"), 422, "position", id="swapped axes"
    ),
    pytest.param(NoRoute("blocked", ("Z1",)), 422, "to_site_id", id="no route"),
    pytest.param(CertificateError(["too close"]), 409, None, id="certificate"),
    pytest.param(DataError("zones.geojson", ["not JSON"]), 409, None, id="data"),
    pytest.param(VehicleRefused("arming", "PreArm: no GPS"), 502, None, id="the vehicle refuses arming"),
    pytest.param(PlanDiffers("mission read-back", ["item 3"]), 502, None, id="the plan read back differs"),
    pytest.param(AddressInUse("two drones"), 409, None, id="two drones with one address"),
    pytest.param(RuntimeError("secret"), 500, None, id="anything else"),
]


@pytest.mark.parametrize(("error", "status", "field"), ERRORS)
def test_every_error_becomes_a_problem_with_a_remedy(
    error: Exception, status: int, field: str | None
) -> None:
    body = problem_from_error(error).body()

    assert (body["status"], body["field"]) == (status, field)
    assert body["remedy"]
    assert body["message_ja"]
    assert "secret" not in str(body)


def test_the_zones_that_block_a_route_are_named() -> None:
    assert problem_from_error(NoRoute("blocked", ("Z1",))).body()["blocking_zones"] == ["Z1"]


def test_the_vehicles_own_words_reach_the_reader() -> None:
    assert "PreArm: no GPS" in str(
        problem_from_error(VehicleRefused("arming", "PreArm: no GPS")).body()["detail"]
    )


def test_before_telemetry_the_plan_says_when_the_goods_arrive() -> None:
    delivery, home = expected_times(SORTIE, PLAN, None)

    assert delivery == NOON + timedelta(minutes=25)
    assert home == NOON + timedelta(minutes=50)


def test_in_flight_the_vehicles_estimate_counts() -> None:
    seen = replace(unseen(DRONE), at=NOON.timestamp(), sortie_id="S-0001", eta_s=2700.0)

    delivery, home = expected_times(SORTIE, PLAN, seen)

    assert (delivery, home) == (NOON + timedelta(minutes=20), NOON + timedelta(minutes=45))


def test_after_the_release_only_the_drone_is_expected() -> None:
    delivery, home = expected_times(replace(SORTIE, released_at=NOON), PLAN, None)

    assert delivery is None
    assert home is not None


@pytest.mark.parametrize("state", [SortieState.RETURNING, SortieState.DIVERTED, SortieState.LOST])
def test_a_parcel_that_turned_back_is_not_expected_any_more(state: SortieState) -> None:
    delivery, home = expected_times(replace(SORTIE, state=state), PLAN, None)

    assert delivery is None
    assert home is not None


def test_after_the_landing_nothing_is_expected() -> None:
    assert expected_times(replace(SORTIE, landed_at=NOON), PLAN, None) == (None, None)


def test_a_vehicle_that_was_never_heard_has_no_figures() -> None:
    snapshot = unseen(DRONE)

    unknown = [field.name for field in fields(VehicleSnapshot) if getattr(snapshot, field.name) is None]
    assert {"latitude_deg", "battery_remaining", "mode"} <= set(unknown)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+90m", NOON + timedelta(minutes=90)),
        ("+1.5h", NOON + timedelta(minutes=90)),
        ("2026-04-02T00:00+09:00", NOON + timedelta(hours=3)),
        ("2026-04-01T13:00", NOON + timedelta(hours=1)),
    ],
)
def test_deadlines_are_read_as_people_write_them(text: str, expected: datetime) -> None:
    assert deadline_from_text(text, NOON) == expected


def test_a_deadline_that_is_no_time_is_refused() -> None:
    with pytest.raises(CliError, match="is not a time"):
        deadline_from_text("tomorrow-ish", NOON)


def test_the_terminal_shows_phase_figures_and_reason() -> None:
    request = {
        "id": "R-0001",
        "items": "薬",
        "mass_kg": 1.2,
        "temperature": "cold",
        "urgency": "urgent",
        "from_site_id": "FKP",
        "to_site_id": "SGC",
        "state": "in_flight",
        "reason": {"en": "strong wind", "ja": "強風"},
    }
    sortie = {"id": "S-0001", "state": "enroute", "drone_id": "Q1"}
    drone = {
        "phase": "enroute",
        "progress": 0.25,
        "distance_to_go_m": 41_000.0,
        "altitude_amsl_m": 60.0,
        "ground_speed_m_s": 25.0,
        "battery_remaining": 0.8,
        "eta_s": None,
        "link": "fresh",
    }
    screen = StringIO()
    console = Console(width=120, file=screen)

    console.print(delivery_panel(request, sortie, drone))

    text = screen.getvalue()
    for shown in ("R-0001", "強風", "25%", "41.0 km", "60 m", "25.0 m/s", "80 %", "ETA –"):
        assert shown in text
