"""What can be looked at: sites, drones, airspace, events, health, figures, the console."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from api.app import create_app
from api.openapi import openapi_document
from api.runtime import Runtime
from api.static import CONTENT_SECURITY_POLICY
from geofences.airspace import Airspace
from tests.unit.api.harness import ORDER, Harness


def test_sites_come_with_the_pad_that_serves_them(operator: httpx.Client) -> None:
    sites = {site["id"]: site for site in operator.get("/api/v1/sites").json()}

    assert (sites["SGC"]["name_ja"], sites["SGC"]["pad_site_id"]) == ("嵯峨島診療所", "SGP")
    assert not sites["GCH"]["is_drone_site"]
    assert sites["GCH"]["note_ja"]


def test_drones_come_with_their_newest_telemetry(harness: Harness, operator: httpx.Client) -> None:
    silent = {drone["id"]: drone for drone in operator.get("/api/v1/drones").json()}
    harness.hear_drones()
    heard = {drone["id"]: drone for drone in operator.get("/api/v1/drones").json()}

    assert (silent["Q1"]["link"], silent["Q1"]["battery_remaining"]) == ("unknown", None)
    assert (heard["Q1"]["link"], heard["Q1"]["battery_remaining"]) == ("fresh", 1.0)
    assert heard["Q1"]["state"] == "idle"
    assert heard["Q1"]["vehicle_class"] == "quadplane"


def test_the_airspace_comes_as_geojson_with_its_version(operator: httpx.Client, airspace: Airspace) -> None:
    answer = operator.get("/api/v1/airspace")

    kinds = {feature["properties"]["kind"] for feature in answer.json()["features"]}
    assert answer.headers["content-type"] == "application/geo+json"
    assert {"island", "zone", "corridor", "site", "approach", "boundary"} <= kinds
    assert answer.json()["version"] == airspace.version


def test_events_are_read_in_order_from_any_point(operator: httpx.Client) -> None:
    operator.post("/api/v1/requests", json=ORDER)

    events = operator.get("/api/v1/events").json()
    later = operator.get("/api/v1/events", params={"after": events[-2]["id"]}).json()

    assert [event["id"] for event in events] == sorted(event["id"] for event in events)
    assert "request.submitted" in [event["type"] for event in events]
    assert later[0] == events[-1]


def test_one_idempotency_key_makes_one_request(operator: httpx.Client, clinic: httpx.Client) -> None:
    key = {"Idempotency-Key": "once"}

    first = operator.post("/api/v1/requests", json=ORDER, headers=key).json()["id"]
    again = operator.post("/api/v1/requests", json=ORDER, headers=key).json()["id"]
    other_holder = clinic.post("/api/v1/requests", json=ORDER, headers=key).json()["id"]
    without = operator.post("/api/v1/requests", json=ORDER).json()["id"]

    assert first == again
    assert len({first, other_holder, without}) == 3


def test_health_needs_no_key(stranger: httpx.Client) -> None:
    alive, ready = stranger.get("/healthz"), stranger.get("/readyz")

    assert (alive.status_code, alive.json()["status"]) == (200, "ok")
    assert ready.json() == {
        "status": "ok",
        "checks": {"database": "ok", "airspace": "ok", "gateway": "ok"},
    }


def test_a_closed_gateway_socket_is_not_ready(harness: Harness, stranger: httpx.Client) -> None:
    harness.flight.is_open = False

    ready = stranger.get("/readyz")
    harness.flight.is_open = True

    assert (ready.status_code, ready.json()["checks"]["gateway"]) == (503, "the UDP socket is closed")


def test_metrics_count_requests_and_links(operator: httpx.Client, stranger: httpx.Client) -> None:
    operator.post("/api/v1/requests", json=ORDER)

    text = stranger.get("/metrics").text

    figures = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    assert (
        float(figures['tsubaki_requests{state="accepted"}'])
        + float(figures['tsubaki_requests{state="planned"}'])
        > 0
    )
    assert float(figures["tsubaki_launches_total"]) == 0.0
    assert 'tsubaki_vehicles{link="fresh"}' in figures
    assert "tsubaki_event_lag_seconds" in figures


def test_metrics_tell_what_the_gateway_dropped_and_how_good_the_links_are(
    harness: Harness, stranger: httpx.Client
) -> None:
    text = stranger.get("/metrics").text

    figures = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    address = next(iter(harness.flight.vehicles))
    assert float(figures["tsubaki_gateway_bad_bytes_total"]) == 7
    assert float(figures["tsubaki_gateway_unknown_frames_total"]) == 5
    assert float(figures["tsubaki_gateway_doubled_frames_total"]) == 3
    assert float(figures["tsubaki_gateway_moves_total"]) == 4
    assert float(figures['tsubaki_gateway_rejected_frames_total{reason="replayed"}']) == 1
    vehicle = f'vehicle="{address}"'
    assert float(figures[f'tsubaki_link_loss_ratio{{link="{address.link}",{vehicle}}}']) == 0.25
    assert float(figures[f'tsubaki_messages_per_second{{message="HEARTBEAT",{vehicle}}}']) == 1.0
    assert float(figures[f"tsubaki_link_round_trip_seconds{{{vehicle}}}"]) == 0.5


def test_without_a_built_console_the_page_says_how_to_build_it(stranger: httpx.Client) -> None:
    page = stranger.get("/")

    assert page.status_code == 200
    assert "make console" in page.text


def test_the_built_console_is_served_with_a_content_security_policy(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>console</title>", encoding="utf-8")

    page = asyncio.run(_fetch(tmp_path, "/"))

    assert "console" in page.text
    assert page.headers["content-security-policy"] == CONTENT_SECURITY_POLICY


async def _fetch(console_dir: Path, path: str) -> httpx.Response:
    transport = httpx.ASGITransport(create_app(_no_runtime, console_dir))
    async with httpx.AsyncClient(transport=transport, base_url="http://console") as client:
        return await client.get(path)


@asynccontextmanager
async def _no_runtime() -> AsyncIterator[Runtime]:
    raise AssertionError("the console's files need no running service")
    yield


def test_the_openapi_document_has_examples_and_is_the_same_every_time() -> None:
    document = openapi_document()

    create = document["paths"]["/api/v1/requests"]["post"]
    assert "Idempotency-Key" in [parameter["name"] for parameter in create["parameters"]]
    assert document["components"]["schemas"]["RequestIn"]["properties"]["mass_kg"]["examples"] == [1.2]
    assert document == openapi_document()
