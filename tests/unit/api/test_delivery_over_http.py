"""One delivery as HTTP shows it, with a played flight gateway."""

from typing import Any

import httpx

from api.roles import Role
from tests.unit.api.harness import ORDER, Harness


def wait_for_state(client: httpx.Client, request_id: str, state: str) -> dict[str, Any]:
    answer: dict[str, Any] = {}

    def reached() -> bool:
        answer.update(client.get(f"/api/v1/requests/{request_id}").json())
        return bool(answer["state"] == state)

    Harness.wait_for(reached)
    return answer


def test_a_request_is_planned_flown_and_received(demo: Harness) -> None:
    with demo.client(Role.CLINIC) as clinic:
        demo.hear_drones()

        created = clinic.post("/api/v1/requests", json=ORDER)
        request_id = created.json()["id"]
        launch = demo.wait_for_launch()
        waiting = clinic.get(f"/api/v1/requests/{request_id}").json()
        demo.fly(launch)
        wait_for_state(clinic, request_id, "delivered")
        demo.wait_for(lambda: _sortie(clinic)["state"] == "closed")
        received = clinic.post(f"/api/v1/requests/{request_id}/receipt").json()
        sortie = clinic.get(f"/api/v1/sorties/{received['sortie_id']}").json()

        assert (created.status_code, created.json()["state"]) == (201, "accepted")
        assert waiting["state"] == "loaded"
        assert waiting["eta"] is not None
        assert received["state"] == "received"
        assert received["received_at"] is not None
        assert sortie["plan_hash"] == sortie["verified_hash"] == launch.plan.hash
        assert sortie["energy_used_wh"] == 500.0
        assert 0 < sortie["energy_wh"] < sortie["certificate"]["energy_available_wh"]
        assert sortie["certificate"]["coast_clearance_m"] > 0
        assert [event["type"] for event in sortie["events"]][-1] == "sortie.closed"
        assert sortie["eta_home"] is None


def test_an_operator_approves_loads_and_calls_the_drone_home(
    harness: Harness, operator: httpx.Client
) -> None:
    harness.hear_drones()
    request_id = operator.post("/api/v1/requests", json=ORDER).json()["id"]
    planned = wait_for_state(operator, request_id, "planned")
    sortie_url = f"/api/v1/sorties/{planned['sortie_id']}"

    approved = operator.post(f"{sortie_url}/approve")
    loaded = operator.post(f"/api/v1/requests/{request_id}/loaded")
    too_early = operator.post(f"{sortie_url}/return")
    again = operator.post(f"{sortie_url}/approve")
    harness.wait_for_launch()
    stopped = operator.post(f"{sortie_url}/abort", json={"reason": "天候不良"})

    assert approved.json()["approved_by"] == "運航者 operator"
    assert loaded.json()["state"] == "loaded"
    assert (too_early.status_code, too_early.json()["type"]) == (409, "urn:tsubaki:problem:conflict")
    assert again.status_code == 409
    assert "approved" in again.json()["detail"]
    assert stopped.status_code == 200


def test_the_plan_comes_as_a_qgroundcontrol_file_and_the_route_as_geojson(
    harness: Harness, operator: httpx.Client
) -> None:
    sortie_id = operator.get("/api/v1/sorties").json()[0]["id"]

    plan = operator.get(f"/api/v1/sorties/{sortie_id}/plan")
    route = operator.get(f"/api/v1/sorties/{sortie_id}/route")

    assert plan.json()["fileType"] == "Plan"
    assert f'filename="{sortie_id}.plan"' in plan.headers["content-disposition"]
    assert route.headers["content-type"] == "application/geo+json"
    assert [feature["properties"]["leg"] for feature in route.json()["features"]] == ["out", "home"]
    longitude_deg, latitude_deg = route.json()["features"][0]["geometry"]["coordinates"][0]
    assert (round(longitude_deg, 3), round(latitude_deg, 3)) == (128.852, 32.697)


def test_a_request_is_cancelled_and_another_rejected_and_another_waits(operator: httpx.Client) -> None:
    ids = [operator.post("/api/v1/requests", json=ORDER).json()["id"] for _ in range(2)]

    cancelled = operator.post(f"/api/v1/requests/{ids[0]}/cancel", json={"reason": "不要になった"})
    retried = operator.post(f"/api/v1/requests/{ids[0]}/retry")
    handed_over = operator.post(f"/api/v1/requests/{ids[0]}/handover", json={"reason": "船便"})
    closed = operator.post("/api/v1/sorties/S-9999/close", json={"reason": "-", "delivered": True})

    assert cancelled.json()["state"] == "cancelled"
    assert cancelled.json()["reason"]["ja"] == "不要になった"
    assert (retried.status_code, handed_over.status_code, closed.status_code) == (409, 409, 404)


def test_frozen_goods_that_no_drone_can_take_say_why(demo: Harness) -> None:
    frozen = ORDER | {"temperature": "frozen"}
    with demo.client(Role.CLINIC) as clinic:
        demo.hear_drones()

        request_id = clinic.post("/api/v1/requests", json=frozen).json()["id"]
        answer = wait_for_state(clinic, request_id, "failed")

        assert "Q1" in answer["reason"]["en"]
        assert answer["reason"]["ja"]


def _sortie(client: httpx.Client) -> dict[str, Any]:
    sortie: dict[str, Any] = client.get("/api/v1/sorties").json()[0]
    return sortie
