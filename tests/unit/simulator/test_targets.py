"""Vehicle processes: the built-in one, and the launcher of ArduPilot with a program that stands in for it."""

import os
import shlex
import socket
import stat
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pymavlink import mavutil

from simulator import ardupilot
from simulator.ardupilot import ArduPilotProcess, parameter_file
from simulator.autopilot.parameters import shipped_parameters
from simulator.errors import (
    AddressUnavailableError,
    ArduPilotMissingError,
    ConfigurationError,
    LaunchFailedError,
)
from simulator.launch import child
from simulator.target import BuiltInProcess, TargetSettings, port_of
from simulator.values import HomePoint, VehicleClass
from simulator.wind import Wind

SOUTH = HomePoint(-35.363261, 149.16523, 584.0, 353.0)
INSTANCE = 900 + os.getpid() % 600
"""Ports of its own for each test worker."""
SETTINGS = TargetSettings(VehicleClass.COPTER, SOUTH, speedup=20.0, instance=INSTANCE)
FAKE = Path(__file__).with_name("fake_sitl.py")

Make = Callable[..., ArduPilotProcess]


def _program(path: Path, line: str) -> Path:
    path.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Return a maker of targets whose ArduPilot behaves as asked."""
    line = f'exec {shlex.quote(sys.executable)} {shlex.quote(str(FAKE))} "$@"'
    binary = _program(tmp_path / "arducopter", line)

    def make(behaviour: str, settings: TargetSettings = SETTINGS) -> ArduPilotProcess:
        return ArduPilotProcess(settings, str(binary), {**os.environ, "FAKE_SITL": behaviour})

    return make


def _answers(port: int) -> bool:
    with socket.socket() as client:
        client.settimeout(1)
        return client.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("is_chosen", [False, True])
def test_the_built_in_vehicle_starts_where_it_is_told_and_stops(is_chosen: bool) -> None:
    instance = INSTANCE + 1 if is_chosen else None
    settings = replace(SETTINGS, instance=instance, system_id=9, wind=Wind(3.0, 90.0))

    with BuiltInProcess(settings) as vehicle:
        link = mavutil.mavlink_connection(vehicle.connection, source_system=255)
        link.mav.heartbeat_send(6, 8, 0, 0, 4)
        link.mav.request_data_stream_send(9, 1, 0, 10, 1)
        place = link.recv_match(type="GPS_RAW_INT", condition="GPS_RAW_INT.lat!=0", blocking=True, timeout=20)
        link.close()
        port = int(vehicle.connection.rpartition(":")[2])

    assert place.get_srcSystem() == 9
    assert place.lat / 1e7 == pytest.approx(SOUTH.latitude_deg, abs=1e-3)
    assert instance is None or port == port_of(instance)
    assert not _answers(port)


def test_ardupilot_gets_home_speed_instance_and_parameters_in_an_empty_folder(make: Make) -> None:
    target = make("serve", replace(SETTINGS, system_id=5, wind=Wind(8.0, 220.0)))

    with target:
        connection, printed = target.connection, target.output

    assert connection == f"tcp:127.0.0.1:{port_of(INSTANCE)}"
    assert "'--home': '-35.363261,149.16523,584.0,353.0'" in printed
    assert f"'--instance': '{INSTANCE}'" in printed
    assert "'--speedup': '20.0'" in printed
    assert "'--sysid': '5'" in printed
    assert "'--model': '+'" in printed
    assert "wiped True" in printed
    assert "folder ['defaults.parm', 'output.txt']" in printed


def test_the_parameters_are_those_of_the_class_and_the_wind_asked_for(
    make: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    monkeypatch.setattr(child.Child, "folder", kept)

    with make("serve", replace(SETTINGS, wind=Wind(8.0, 220.0))):
        text = (kept / "defaults.parm").read_text(encoding="utf-8")

    assert text.startswith(parameter_file(VehicleClass.COPTER).read_text(encoding="utf-8"))
    assert text.endswith("SIM_WIND_SPD 8.0\nSIM_WIND_DIR 220.0\n")


def test_what_was_started_is_ended_and_its_folder_removed(make: Make) -> None:
    target = make("serve")

    with target:
        during = _answers(port_of(INSTANCE))
        folder = target.folder
    target.stop()

    assert during
    assert not _answers(port_of(INSTANCE))
    assert not folder.exists()


def test_without_an_instance_a_free_one_is_taken(make: Make) -> None:
    settings = replace(SETTINGS, instance=None)

    with make("serve", settings) as first, make("serve", settings) as second:
        connections = {first.connection, second.connection}

    assert len(connections) == 2


def test_a_port_that_is_taken_is_named_and_nothing_is_started(make: Make) -> None:
    with socket.create_server(("127.0.0.1", port_of(INSTANCE))):
        for target in (make("serve"), BuiltInProcess(SETTINGS)):
            with pytest.raises(AddressUnavailableError, match=str(port_of(INSTANCE))):
                target.start()
            target.stop()


def test_one_that_dies_early_shows_its_last_words(make: Make) -> None:
    with pytest.raises(LaunchFailedError, match="ended with code 1 before TCP port") as caught, make("die"):
        pass

    assert "cannot load the airframe" in str(caught.value)


def test_one_that_never_opens_its_port_is_given_up_and_ended(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ardupilot, "PATIENCE_S", 1.0)
    target = make("sleep")

    with pytest.raises(LaunchFailedError, match="1 s are over without TCP port"), target:
        pass

    assert not target.folder.exists()


@pytest.mark.parametrize(
    ("vehicle_class", "variable"),
    [(VehicleClass.COPTER, "TSUBAKI_ARDUPILOT"), (VehicleClass.QUADPLANE, "TSUBAKI_ARDUPILOT_PLANE")],
)
def test_without_ardupilot_the_variable_and_the_remedy_are_named(
    vehicle_class: VehicleClass, variable: str
) -> None:
    with pytest.raises(ArduPilotMissingError, match=f"set {variable} to the path") as caught:
        ArduPilotProcess(replace(SETTINGS, vehicle_class=vehicle_class), environment={})

    assert "TSUBAKI_ARDUPILOT_IMAGE to a docker image" in str(caught.value)


def test_a_wind_that_ardupilot_would_not_get_is_refused(make: Make) -> None:
    with pytest.raises(ConfigurationError, match="give a steady wind"):
        make("serve", replace(SETTINGS, wind=Wind(8.0, 220.0, shear=0.11)))


def test_a_variable_that_names_no_program_is_named() -> None:
    with pytest.raises(ArduPilotMissingError, match="/nowhere/arducopter is no program"):
        ArduPilotProcess(SETTINGS, environment={"TSUBAKI_ARDUPILOT": "/nowhere/arducopter"})


def test_a_program_that_cannot_run_is_told(tmp_path: Path) -> None:
    broken = _program(tmp_path / "arducopter", "")
    broken.write_bytes(b"\x7fELF no program")

    with pytest.raises(LaunchFailedError, match="cannot run"), ArduPilotProcess(SETTINGS, str(broken)):
        pass


def _docker(folder: Path, version_code: int) -> dict[str, str]:
    """Return an environment whose docker runs our stand-in, and writes down what it was asked."""
    fake = f"{shlex.quote(sys.executable)} {shlex.quote(str(FAKE))}"
    asked = shlex.quote(str(folder / "asked.txt"))
    _program(
        folder / "docker",
        f'echo "$@" >> {asked}\n'
        f'case "$1" in version) exit {version_code};; kill) exit 0;; esac\n'
        f'while [ "$1" != an-image ]; do shift; done; shift\nexec {fake} "$@"',
    )
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "FAKE_SITL": "serve", "TSUBAKI_ARDUPILOT_IMAGE": "an-image"}


def test_an_image_is_run_where_a_docker_engine_answers_and_its_container_is_killed(tmp_path: Path) -> None:
    with ArduPilotProcess(SETTINGS, environment=_docker(tmp_path, 0)) as target:
        assert _answers(port_of(INSTANCE))
        printed = target.output

    asked = (tmp_path / "asked.txt").read_text(encoding="utf-8").splitlines()
    name = next(word for word in asked[1].split() if word.startswith("--name=")).removeprefix("--name=")
    assert "'--model': '+'" in printed
    assert "--network=host" in asked[1]
    assert "--entrypoint=/ardupilot/build/sitl/bin/arducopter an-image" in asked[1]
    assert asked[2] == f"kill {name}"


def test_without_a_docker_engine_the_image_is_no_help(tmp_path: Path) -> None:
    with pytest.raises(ArduPilotMissingError, match="no docker engine answers"):
        ArduPilotProcess(SETTINGS, environment=_docker(tmp_path, 1))


@pytest.mark.parametrize("vehicle_class", list(VehicleClass))
def test_the_parameters_for_ardupilot_are_values_that_ardupilot_reported(vehicle_class: VehicleClass) -> None:
    reported = {row.name: row.default for row in shipped_parameters(vehicle_class)}

    lines = parameter_file(vehicle_class).read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]

    assert len(rows) > 30
    assert {name: float(value) for name, value in rows} == pytest.approx(
        {name: reported[name] for name, _ in rows}, abs=1e-5
    )


@pytest.mark.skipif(
    not os.environ.get("TSUBAKI_ARDUPILOT"), reason="TSUBAKI_ARDUPILOT names no ArduPilot SITL"
)
def test_real_ardupilot_starts_at_its_home() -> None:
    with ArduPilotProcess(replace(SETTINGS, instance=None)) as vehicle:
        link = mavutil.mavlink_connection(vehicle.connection, source_system=255)
        heartbeat = link.wait_heartbeat(timeout=30)
        link.close()

    assert (heartbeat.autopilot, heartbeat.type) == (3, 2)
