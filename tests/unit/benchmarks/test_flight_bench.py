import math

import pytest

from benchmarks.flight.__main__ import flat, verdict
from benchmarks.flight.plan import plan_for
from benchmarks.flight.scripted import ScriptedVehicle
from benchmarks.flight.share import Crowd
from flight.plan import VehicleAddress
from flight.protocol.messages import Heartbeat, MissionAck, MissionCurrent, MissionRequest
from flight.protocol.names import MissionType
from flight.protocol.operation import Target
from flight.protocol.upload import UploadList
from flight.supervision.track import Track

ADDRESS = VehicleAddress("udp:10.0.0.1:14550", 1)


def test_the_plan_has_fifty_items_and_ends_at_home() -> None:
    plan = plan_for(ADDRESS)

    track = Track(plan)
    assert len(plan.mission) == 50
    assert track.points[-1] == pytest.approx(track.points[0])
    assert plan.release_seq < plan.return_seq < plan.landing_seq


@pytest.mark.parametrize("flying", [False, True])
def test_a_scripted_vehicle_says_ten_messages_a_second(flying: bool) -> None:
    vehicle = ScriptedVehicle(flying=flying)

    for second in range(12):
        said = list(vehicle.telemetry(float(second)))
        assert len(said) == 10
        (heartbeat,) = [each for each in said if isinstance(each, Heartbeat)]
        assert bool(heartbeat.base_mode & 128) is flying


def test_a_scripted_vehicle_stays_on_its_plan() -> None:
    plan, vehicle = plan_for(ADDRESS), ScriptedVehicle(flying=True)

    for second in range(0, 400, 7):
        (current,) = [each for each in vehicle.telemetry(float(second)) if isinstance(each, MissionCurrent)]
        assert 2 <= current.seq <= plan.release_seq


def test_a_scripted_vehicle_takes_a_list() -> None:
    plan, vehicle = plan_for(ADDRESS), ScriptedVehicle()
    upload = UploadList(Target(1), MissionType.MISSION, plan.mission)
    upload.start(0.0)
    asked = 0
    while not upload.done:
        for message in upload.take_messages():
            for answer in vehicle.receive(message, 1.0):
                asked += isinstance(answer, MissionRequest)
                assert isinstance(answer, MissionRequest | MissionAck)
                upload.receive(answer, 1.0)

    assert asked == 50
    assert tuple(vehicle.lists[0]) == plan.mission
    assert vehicle.uploaded == {0: 1.0}


def test_a_crowd_is_adopted_and_supervised() -> None:
    crowd = Crowd(3, flying=True)

    crowd.adopt()
    crowd.run(2)

    assert crowd.adopted == 3
    assert crowd.cpu_s > 0
    phases = {str(snapshot.phase) for snapshot in crowd.gateway.snapshots().values()}
    assert phases == {"enroute"}


def test_figures_have_whole_names_and_goals_are_upper_limits() -> None:
    figures = flat({"core_share_1000x10": {"decode": 0.1, "supervised": 0.4}, "upload_100x50_s": 9.9})

    assert figures == {
        "core_share_1000x10.decode": 0.1,
        "core_share_1000x10.supervised": 0.4,
        "upload_100x50_s": 9.9,
    }
    assert [verdict(name, value)[1] for name, value in figures.items()] == ["reached", "missed", "reached"]
    assert verdict("event_latency_ms_p50", math.inf) == ("", "")
