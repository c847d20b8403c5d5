"""The air of a sortie, told to others in the form of ASTM F3548-21."""

from typing import Any

import httpx
from implicitdict import ImplicitDict
from uas_standards.astm.f3548.v21.api import OperationalIntent

from api.roles import Role
from flight.events import Launched
from tests.unit.api.harness import ORDER, Harness


def planned_sortie(client: httpx.Client) -> str:
    """Ask for a delivery, and return the sortie that is planned for it."""
    request_id = client.post("/api/v1/requests", json=ORDER).json()["id"]
    answer: dict[str, Any] = {}

    def is_planned() -> bool:
        answer.update(client.get(f"/api/v1/requests/{request_id}").json())
        return answer["sortie_id"] is not None

    Harness.wait_for(is_planned)
    return str(answer["sortie_id"])


def test_a_planned_sortie_is_an_accepted_operational_intent(
    harness: Harness, operator: httpx.Client, stranger: httpx.Client
) -> None:
    harness.hear_drones()
    sortie_id = planned_sortie(operator)
    url = f"/api/v1/sorties/{sortie_id}/operational-intent"

    answer, again = operator.get(url), operator.get(url)

    intent = ImplicitDict.parse(answer.json(), OperationalIntent)
    assert intent.reference.state == "Accepted"
    assert intent.reference.id == again.json()["reference"]["id"]
    assert len(intent.details.volumes) > 10
    assert stranger.get(url).status_code == 401
    assert operator.get("/api/v1/sorties/S-9999/operational-intent").status_code == 404


def test_a_flight_that_is_not_known_to_keep_to_its_plan_and_one_that_ended_have_none(demo: Harness) -> None:
    with demo.client(Role.OPERATOR) as operator:
        demo.hear_drones()
        sortie_id = planned_sortie(operator)
        url = f"/api/v1/sorties/{sortie_id}/operational-intent"
        launch = demo.wait_for_launch()
        demo.flight.say(
            Launched(demo.service.clock.now(), launch.plan.vehicle, launch.sortie_id, launch.attempt)
        )
        demo.wait_for(lambda: operator.get(f"/api/v1/sorties/{sortie_id}").json()["launched_at"] is not None)
        off_plan = operator.get(url)
        demo.fly(launch)
        demo.wait_for(lambda: operator.get(f"/api/v1/sorties/{sortie_id}").json()["state"] == "closed")

        ended = operator.get(url)

    assert (off_plan.status_code, ended.status_code) == (409, 409)
    assert "not known to keep to its plan" in off_plan.json()["detail"]
    assert "has ended" in ended.json()["detail"]
