"""Orders to a flight over HTTP: who may give them, what is refused, and what the page is told."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.roles import Role
from api.settings import PolicyName
from flight.commands import (
    ClearPad,
    ConfirmTermination,
    Hold,
    OverridePreflight,
    RequestTermination,
    ReturnHome,
)
from flight.events import (
    ActionTaken,
    AlertRaised,
    CheckResult,
    FlightPhase,
    Launched,
    LaunchStarted,
    PhaseChanged,
    PlanVerified,
    PreflightReported,
    Severity,
)
from flight.situations import Action, Situation
from geofences.airspace import Airspace
from tests.unit.api.harness import ORDER, Harness


class Flying:
    """A service with one sortie on its way out, and two operators."""

    def __init__(self, harness: Harness) -> None:
        self.harness = harness
        self.operator = harness.client(Role.OPERATOR)
        self.clinic = harness.client(Role.CLINIC)
        now = harness.service.clock.utc()
        key = harness.service.keys.issue("Tanaka", Role.OPERATOR, None, now)
        self.other = httpx.Client(
            base_url=harness.url, headers={"Authorization": f"Bearer {key}"}, timeout=20
        )
        harness.hear_drones()
        self.request_id = self.clinic.post("/api/v1/requests", json=ORDER).json()["id"]
        self.launch = harness.wait_for_launch()
        self.path = f"/api/v1/sorties/{self.launch.sortie_id}"
        self.say(LaunchStarted)
        self.say(PlanVerified, plan_hash=self.launch.plan.hash)
        self.say(
            PreflightReported,
            checks=(
                CheckResult("gps", Severity.PASSED, "14 satellites"),
                CheckResult("battery", Severity.WARNING, "71 %"),
            ),
        )
        self.say(Launched)
        self.say(PhaseChanged, phase=FlightPhase.ENROUTE)
        harness.wait_for(lambda: self.sortie()["state"] == "enroute")

    def say(self, kind: type[Any], **details: Any) -> None:
        at = self.harness.service.clock.now()
        launch = self.launch
        self.harness.flight.say(kind(at, launch.plan.vehicle, launch.sortie_id, launch.attempt, **details))

    def sortie(self) -> dict[str, Any]:
        answer: dict[str, Any] = self.operator.get(self.path).json()
        return answer

    def commands(self, kind: type[Any]) -> list[Any]:
        return [command for command in self.harness.flight.commands if isinstance(command, kind)]

    def close(self) -> None:
        for client in (self.operator, self.clinic, self.other):
            client.close()


@pytest.fixture(scope="module")
def served(airspace: Airspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flying]:
    with Harness(tmp_path_factory.mktemp("flying"), airspace, PolicyName.DEMO) as harness:
        flying = Flying(harness)
        yield flying
        flying.close()


@pytest.fixture
def flying(served: Flying) -> Flying:
    """The one flight of this file, with nobody in control of it."""
    for client in (served.operator, served.other):
        client.delete(f"{served.path}/control")
    served.harness.flight.commands.clear()
    return served


def test_an_order_is_sent_and_what_the_drone_makes_of_it_is_shown(flying: Flying) -> None:
    ordered = flying.operator.post(f"{flying.path}/hold", json={"reason": "boat in the lane"})
    flying.harness.wait_for(lambda: bool(flying.commands(Hold)))
    flying.say(ActionTaken, action=Action.HOLD, by="運航者 operator", reason="seen")
    flying.harness.wait_for(lambda: flying.sortie()["state"] == "held")
    flying.operator.post(f"{flying.path}/resume")
    flying.say(ActionTaken, action=Action.RESUME, by="運航者 operator", reason="seen")
    flying.harness.wait_for(lambda: flying.sortie()["state"] == "enroute")

    assert ordered.status_code == 200
    assert flying.commands(Hold)[0].by == "運航者 operator"
    told = ordered.json()["flight"]["last_action"]
    assert (told["action"], told["outcome"], told["by"]) == ("hold", "ordered", "運航者 operator")
    assert flying.sortie()["flight"]["last_action"]["outcome"] == "taken"


def test_another_operator_is_told_who_has_control_and_takes_it_in_one_step(flying: Flying) -> None:
    flying.operator.post(f"{flying.path}/hold")

    refused = flying.other.post(f"{flying.path}/resume")
    taken = flying.other.post(f"{flying.path}/control", json={"take": True, "reason": "交代"})

    assert refused.status_code == 409
    assert "運航者 operator controls" in refused.json()["detail"]
    assert "操作中" in refused.json()["message_ja"]
    assert taken.json()["flight"]["control"]["holder"] == "Tanaka"
    assert flying.operator.post(f"{flying.path}/hold").status_code == 409


def test_taking_control_needs_a_reason_that_is_named_as_the_field(flying: Flying) -> None:
    flying.operator.post(f"{flying.path}/control", json={})

    answer = flying.other.post(f"{flying.path}/control", json={"take": True})

    assert (answer.status_code, answer.json()["field"]) == (422, "reason")


def test_anybody_may_call_a_drone_home_at_any_time(flying: Flying) -> None:
    flying.operator.post(f"{flying.path}/hold")

    answer = flying.other.post(f"{flying.path}/return")
    flying.harness.wait_for(lambda: bool(flying.commands(ReturnHome)))

    assert answer.json()["flight"]["control"]["holder"] == "Tanaka"


def test_stopping_the_motors_takes_two_persons(flying: Flying) -> None:
    asked = flying.operator.post(f"{flying.path}/terminate", json={"reason": "flies towards the village"})
    alone = flying.operator.post(f"{flying.path}/terminate/confirm")
    confirmed = flying.other.post(f"{flying.path}/terminate/confirm")
    flying.harness.wait_for(lambda: bool(flying.commands(ConfirmTermination)))

    told = asked.json()["flight"]["termination"]
    assert (told["by"], told["by_another"]) == ("運航者 operator", True)
    assert alone.status_code == 409
    assert "別の運航者" in alone.json()["message_ja"]
    assert confirmed.status_code == 200
    assert confirmed.json()["flight"]["termination"] is None
    assert [command.by for command in flying.commands(RequestTermination)] == ["運航者 operator"]
    assert [command.by for command in flying.commands(ConfirmTermination)] == ["Tanaka"]


def test_alerts_and_the_preflight_report_are_shown_with_their_figures(flying: Flying) -> None:
    flying.say(
        AlertRaised,
        situation=Situation.WIND_TOO_STRONG,
        phase=FlightPhase.ENROUTE,
        value=13.2,
        limit=12.0,
        unit="m/s",
        text="wind 13.2 m/s",
    )
    flying.harness.wait_for(lambda: bool(flying.sortie()["flight"]["alerts"]))

    flight = flying.operator.get("/api/v1/sorties").json()[0]["flight"]

    (alert,) = flight["alerts"]
    assert (alert["value"], alert["limit"], alert["unit"]) == (13.2, 12.0, "m/s")
    assert alert["words"]["ja"] == "風が強すぎます(13.2 m/s、限度 12 m/s)"
    assert flight["preflight"]["worst"] == "warning"
    assert [check["name"] for check in flight["preflight"]["checks"]] == ["battery", "gps"]


def test_soft_failures_are_not_overridden_where_there_are_none(flying: Flying) -> None:
    answer = flying.operator.post(f"{flying.path}/preflight/override", json={"reason": "short flight"})

    assert answer.status_code == 409


def test_the_pad_is_answered_only_while_a_drone_waits_above_it(flying: Flying) -> None:
    answer = flying.clinic.post(f"/api/v1/requests/{flying.request_id}/pad", json={"clear": True})

    assert answer.status_code == 409
    assert "上空で待っている" in answer.json()["message_ja"]
    assert flying.commands(ClearPad) == []
    assert flying.sortie()["flight"]["pad"] is None


def test_an_order_does_not_wait_until_a_route_is_planned(flying: Flying) -> None:
    planned = threading.Event()
    service = flying.harness.service
    writer = threading.Thread(target=lambda: asyncio.run(service.run_quietly(planned.wait)))
    writer.start()

    try:
        answer = flying.operator.post(f"{flying.path}/return")
        flying.harness.wait_for(lambda: bool(flying.commands(ReturnHome)))
    finally:
        planned.set()
        writer.join()

    assert answer.status_code == 200


def test_an_operator_lets_a_launch_go_on_in_spite_of_its_preflight(demo: Harness) -> None:
    demo.hear_drones()
    with demo.client(Role.OPERATOR) as operator:
        operator.post("/api/v1/requests", json=ORDER)
        launch = demo.wait_for_launch()
        common = (demo.service.clock.now(), launch.plan.vehicle, launch.sortie_id, launch.attempt)
        demo.flight.say(LaunchStarted(*common))
        demo.flight.say(
            PreflightReported(*common, checks=(CheckResult("battery", Severity.SOFT_FAILURE, "62 %"),))
        )
        path = f"/api/v1/sorties/{launch.sortie_id}"
        demo.wait_for(lambda: operator.get(path).json()["flight"]["preflight"] is not None)

        answer = operator.post(f"{path}/preflight/override", json={"reason": "short flight"})
        demo.wait_for(lambda: any(isinstance(each, OverridePreflight) for each in demo.flight.commands))

    assert answer.status_code == 200
    assert answer.json()["reason"]["ja"] == "離陸前点検に運航者の判断が必要です(電池: 62 %)"
    assert demo.flight.commands[-1] == OverridePreflight(
        launch.sortie_id, launch.attempt, "運航者 operator", "short flight"
    )


def test_where_the_receiver_is_asked_the_drone_waits_and_the_clinic_answers(
    airspace: Airspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TSUBAKI_RECEIVER_HANDSHAKE_S", "90")
    with Harness(tmp_path, airspace) as harness:
        flying = Flying(harness)
        before = flying.sortie()["flight"]["pad"]
        flying.say(PhaseChanged, phase=FlightPhase.DELIVERING)
        harness.wait_for(lambda: bool(flying.sortie()["flight"]["pad"]["asked"]))

        flying.clinic.post(f"/api/v1/requests/{flying.request_id}/pad", json={"clear": True})
        harness.wait_for(lambda: bool(flying.commands(ClearPad)))
        after = flying.sortie()["flight"]["pad"]
        flying.close()

    assert before == {"asked": False, "clear": None, "by": None, "at": None}
    assert flying.launch.plan.hold_seq is not None
    assert flying.commands(ClearPad)[0].clear
    assert (after["clear"], after["by"]) == (True, "嵯峨島診療所")
