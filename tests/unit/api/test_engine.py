"""The service's tasks: restart, failing handlers, and a loud end when one dies."""

import asyncio
import time
from pathlib import Path

import pytest

from api.roles import Role
from api.serve import issue_first_keys
from api.settings import PolicyName, Settings
from api.wiring import build_service, running
from dispatch.errors import InvalidInput
from flight.commands import Adopt
from flight.events import Launched, LaunchStarted, PlanVerified
from geofences.airspace import Airspace
from tests.unit.api.harness import CHEAP_HASHER, ORDER, Harness, PlayedFlight


def test_a_restarted_service_adopts_the_flight_and_delivers_once(airspace: Airspace, tmp_path: Path) -> None:
    with Harness(tmp_path, airspace) as before, before.client(Role.OPERATOR) as operator:
        before.hear_drones()
        request_id = operator.post("/api/v1/requests", json=ORDER).json()["id"]
        launch = before.wait_for_launch()
        common = (before.service.clock.now(), launch.plan.vehicle, launch.sortie_id, launch.attempt)
        before.flight.say(LaunchStarted(*common))
        before.flight.say(PlanVerified(*common, plan_hash=launch.plan.hash))
        before.flight.say(Launched(*common))
        before.wait_for(lambda: _state(before, request_id) == "in_flight")

    with Harness(tmp_path, airspace) as after:
        after.wait_for(lambda: any(isinstance(each, Adopt) for each in after.flight.commands))
        after.fly(launch)
        after.wait_for(lambda: _state(after, request_id) == "delivered")

        adopted = [each for each in after.flight.commands if isinstance(each, Adopt)]
        assert len(after.flight.commands) == len(adopted) == 1
        assert adopted[0].plan == launch.plan


def test_when_the_gateway_dies_the_service_says_so(airspace: Airspace, tmp_path: Path) -> None:
    asyncio.run(_die(airspace, tmp_path))


async def _die(airspace: Airspace, folder: Path) -> None:
    flight = PlayedFlight()
    service = build_service(Settings(data_dir=folder), airspace=airspace, flight=flight, hasher=CHEAP_HASHER)
    async with running(service) as runtime:
        flight.die(OSError("the socket is gone"))

        with pytest.raises(OSError, match="the socket is gone"):
            await runtime.engine.failed()

        await runtime.engine.stop()
        await runtime.engine.stop()


def test_an_event_about_an_unknown_sortie_does_not_stop_the_queue(demo: Harness) -> None:
    address = demo.service.dispatcher.drones()[0].address
    demo.flight.say(Launched(0.0, address, "S-9999", 1))
    demo.hear_drones()

    with demo.client(Role.CLINIC) as clinic:
        clinic.post("/api/v1/requests", json=ORDER)

        assert demo.wait_for_launch().plan.vehicle in demo.flight.vehicles


def test_the_first_start_makes_keys_and_the_second_does_not(
    airspace: Airspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    service = build_service(
        Settings(data_dir=tmp_path), airspace=airspace, flight=PlayedFlight(), hasher=CHEAP_HASHER
    )
    key_file = tmp_path / "keys.json"

    issue_first_keys(service, key_file)
    first = capsys.readouterr().out
    issue_first_keys(service, key_file)
    second = capsys.readouterr().out
    service.close()

    assert first.count("tsk_") == 2
    assert second == ""
    assert key_file.stat().st_mode & 0o777 == 0o600


def test_two_drones_with_one_address_are_refused_by_name(airspace: Airspace, tmp_path: Path) -> None:
    fleet = tmp_path / "fleet.toml"
    table = 'type = "copter"\nlink = "udp:127.0.0.1:14561"\nsystem_id = 1\nbase = "FKP"\n'
    fleet.write_text(f"[A]\n{table}[B]\n{table}", encoding="utf-8")

    with pytest.raises(InvalidInput, match=r"address.*already belongs to A"):
        build_service(Settings(data_dir=tmp_path, fleet=fleet), airspace=airspace, flight=PlayedFlight())


def test_planning_a_route_does_not_hold_up_the_event_loop(demo: Harness) -> None:
    demo.hear_drones()
    with demo.client(Role.OPERATOR) as operator:
        operator.post("/api/v1/requests", json=ORDER)
        while not demo.flight.commands:
            assert operator.get("/healthz").status_code == 200
            time.sleep(0.05)


def test_the_demo_policy_is_chosen_by_name_only() -> None:
    assert Settings().policy is PolicyName.OPERATOR


def _state(harness: Harness, request_id: str) -> str:
    return str(harness.service.dispatcher.request(request_id).state)
