"""Who may do what: no key, a clinic's key, an operator's key."""

import httpx
import pytest

from api.roles import Role
from tests.unit.api.harness import ORDER, Harness

OPERATORS_ONLY = [
    ("POST", "/api/v1/sorties/S-0001/approve"),
    ("POST", "/api/v1/sorties/S-0001/hold"),
    ("POST", "/api/v1/sorties/S-0001/resume"),
    ("POST", "/api/v1/sorties/S-0001/return"),
    ("POST", "/api/v1/sorties/S-0001/divert"),
    ("POST", "/api/v1/sorties/S-0001/land"),
    ("POST", "/api/v1/sorties/S-0001/terminate"),
    ("POST", "/api/v1/sorties/S-0001/terminate/confirm"),
    ("POST", "/api/v1/sorties/S-0001/control"),
    ("DELETE", "/api/v1/sorties/S-0001/control"),
    ("POST", "/api/v1/sorties/S-0001/preflight/override"),
    ("POST", "/api/v1/sorties/S-0001/abort"),
    ("POST", "/api/v1/sorties/S-0001/close"),
    ("POST", "/api/v1/requests/R-0001/loaded"),
    ("POST", "/api/v1/requests/R-0001/retry"),
    ("POST", "/api/v1/requests/R-0001/reject"),
    ("POST", "/api/v1/requests/R-0001/handover"),
    ("GET", "/api/v1/events"),
]
FOR_ALL_WITH_A_KEY = ["requests", "sorties", "drones", "sites", "airspace", "me"]


@pytest.mark.parametrize("name", FOR_ALL_WITH_A_KEY)
def test_without_a_key_nothing_is_shown(stranger: httpx.Client, name: str) -> None:
    answer = stranger.get(f"/api/v1/{name}")

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert "tsubaki keys create" in answer.json()["remedy"]


@pytest.mark.parametrize("key", ["nonsense", "tsk_00000000_secret", "tsk_", "tsk_{id}_wrong"])
def test_a_wrong_key_is_refused(harness: Harness, stranger: httpx.Client, key: str) -> None:
    key = key.replace("{id}", harness.keys["clinic"].split("_")[1])

    answer = stranger.get("/api/v1/me", headers={"Authorization": f"Bearer {key}"})

    assert answer.status_code == 401


@pytest.mark.parametrize(("method", "path"), OPERATORS_ONLY)
def test_a_clinic_may_not_do_the_operators_work(clinic: httpx.Client, method: str, path: str) -> None:
    body = {"reason": "-", "delivered": True} if path.endswith("close") else {"reason": "-"}

    answer = clinic.request(method, path, json=body)

    assert answer.status_code == 403
    assert answer.json()["message_ja"]


@pytest.mark.parametrize("name", FOR_ALL_WITH_A_KEY)
def test_a_clinic_sees_what_it_needs(clinic: httpx.Client, name: str) -> None:
    assert clinic.get(f"/api/v1/{name}").status_code == 200


def test_a_clinic_says_nothing_about_the_pad_of_another(clinic: httpx.Client, operator: httpx.Client) -> None:
    foreign = operator.post("/api/v1/requests", json=ORDER | {"to_site_id": "NRP"}).json()["id"]

    answer = clinic.post(f"/api/v1/requests/{foreign}/pad", json={"clear": True})

    assert answer.status_code == 404


def test_a_clinics_key_is_for_its_own_site(clinic: httpx.Client) -> None:
    answer = clinic.post("/api/v1/requests", json=ORDER | {"to_site_id": "NRP"})

    assert (answer.status_code, answer.json()["field"]) == (403, "to_site_id")


def test_a_clinic_sees_its_own_requests_only(
    harness: Harness, clinic: httpx.Client, operator: httpx.Client
) -> None:
    own = clinic.post("/api/v1/requests", json=ORDER).json()["id"]
    foreign = operator.post("/api/v1/requests", json=ORDER | {"to_site_id": "NRP"}).json()["id"]

    seen = {request["id"] for request in clinic.get("/api/v1/requests").json()}
    hidden = clinic.get(f"/api/v1/requests/{foreign}")
    hidden_cancel = clinic.post(f"/api/v1/requests/{foreign}/cancel", json={"reason": "-"})

    assert own in seen
    assert foreign not in seen
    assert (hidden.status_code, hidden_cancel.status_code) == (404, 404)
    assert {own, foreign} <= {request["id"] for request in operator.get("/api/v1/requests").json()}


def test_me_says_who_holds_the_key_and_what_time_it_is(clinic: httpx.Client) -> None:
    me = clinic.get("/api/v1/me").json()

    assert (me["name"], me["role"], me["site_id"]) == ("嵯峨島診療所", Role.CLINIC, "SGC")
    assert me["speedup"] == 1.0
    assert me["now"].endswith("Z")
