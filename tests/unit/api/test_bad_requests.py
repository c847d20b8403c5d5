"""Bad input over HTTP: problem+json that names the field and says what to do, and nothing is kept."""

from typing import Any

import httpx
import pytest

from tests.unit.api.harness import ORDER

MISSING = object()

BAD = [
    pytest.param({"to_site_id": "XXX"}, "to_site_id", id="unknown destination"),
    pytest.param({"from_site_id": "XXX"}, "from_site_id", id="unknown origin"),
    pytest.param({"mass_kg": -1}, "mass_kg", id="negative mass"),
    pytest.param({"mass_kg": 0}, "mass_kg", id="no mass"),
    pytest.param({"mass_kg": 99}, "mass_kg", id="more than any drone carries"),
    pytest.param({"mass_kg": "heavy"}, "mass_kg", id="a mass that is no number"),
    pytest.param({"deadline": "2001-01-01T00:00:00Z"}, "deadline", id="deadline in the past"),
    pytest.param({"deadline": "2100-01-01T00:00:00"}, "deadline", id="deadline without a time zone"),
    pytest.param({"deadline": "soon"}, "deadline", id="deadline that is no time"),
    pytest.param({"from_site_id": "SGC"}, "to_site_id", id="from = to"),
    pytest.param({"items": "  "}, "items", id="nothing to carry"),
    pytest.param({"temperature": "warm"}, "temperature", id="unknown temperature class"),
    pytest.param({"urgency": "now"}, "urgency", id="unknown urgency"),
    pytest.param({"items": MISSING}, "items", id="a missing field"),
    pytest.param({"colour": "red"}, "colour", id="a field that we do not know"),
]


@pytest.mark.parametrize(("change", "field"), BAD)
def test_a_bad_request_is_refused_naming_field_and_remedy(
    operator: httpx.Client, change: dict[str, Any], field: str
) -> None:
    body = {name: value for name, value in (ORDER | change).items() if value is not MISSING}

    answer = operator.post("/api/v1/requests", json=body)

    problem = answer.json()
    assert (answer.status_code, problem["status"], problem["field"]) == (422, 422, field)
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["detail"]
    assert problem["remedy"]
    assert problem["message_ja"]
    assert operator.get("/api/v1/requests").json() == []


def test_a_mass_that_is_not_a_number_is_refused(operator: httpx.Client) -> None:
    body = b'{"mass_kg": NaN}'

    answer = operator.post("/api/v1/requests", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code == 422


def test_text_that_is_not_json_is_refused_in_the_same_form(operator: httpx.Client) -> None:
    answer = operator.post("/api/v1/requests", content=b"{", headers={"Content-Type": "application/json"})

    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:tsubaki:problem:invalid-input"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/requests/R-9999", 404),
        ("GET", "/api/v1/sorties/S-9999", 404),
        ("GET", "/api/v1/sorties/S-9999/plan", 404),
        ("GET", "/api/v1/sorties/S-9999/route", 404),
        ("POST", "/api/v1/sorties/S-9999/approve", 404),
        ("POST", "/api/v1/requests/R-9999/receipt", 404),
        ("GET", "/api/v1/nowhere", 404),
        ("DELETE", "/api/v1/requests", 405),
    ],
)
def test_what_does_not_exist_is_a_problem_document(
    operator: httpx.Client, method: str, path: str, status: int
) -> None:
    answer = operator.request(method, path)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["remedy"]


def test_cancelling_needs_a_reason(operator: httpx.Client) -> None:
    request_id = operator.post("/api/v1/requests", json=ORDER).json()["id"]

    answer = operator.post(f"/api/v1/requests/{request_id}/cancel", json={"reason": " "})

    assert (answer.status_code, answer.json()["field"]) == (422, "reason")
