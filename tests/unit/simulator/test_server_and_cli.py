"""Real sockets, real processes, the command line and the fleet file."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pymavlink import mavutil

from simulator.address import Address
from simulator.clock import SimulatedClock
from simulator.errors import ConfigurationError
from simulator.fleet import read_fleet, shifted
from simulator.values import HomePoint, VehicleClass, Wind

ROOT = Path(__file__).parents[3]
GOTO = ROOT / "simulator" / "fleets" / "goto.toml"


@contextmanager
def _simulator(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Run the simulator; yield the process and the addresses on which its vehicles listen."""
    command = [sys.executable, "-m", "simulator", *arguments]
    vehicles = 3 if "--fleet" in arguments else 1
    with subprocess.Popen(
        command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        try:
            assert process.stdout is not None
            lines = [process.stdout.readline() for _ in range(vehicles)]
            yield process, [line.strip().rpartition(" ")[2] for line in lines]
        finally:
            process.kill()


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "simulator", *arguments]
    return subprocess.run(command, cwd=ROOT, text=True, capture_output=True, timeout=20, check=False)


@pytest.mark.parametrize("protocol", ["udp", "tcp"])
def test_a_vehicle_answers_mavutil_on_a_real_socket(protocol: str) -> None:
    with _simulator("--vehicle", "copter", "--listen", f"{protocol}:127.0.0.1:0", "--speedup", "20") as (
        _,
        where,
    ):
        _, host, port = where[0].split(":")
        scheme = "udpout" if protocol == "udp" else "tcp"
        link = mavutil.mavlink_connection(f"{scheme}:{host}:{port}", source_system=255, source_component=190)
        link.mav.heartbeat_send(6, 8, 0, 0, 4)

        heartbeat = link.wait_heartbeat(timeout=10)
        link.mav.param_request_read_send(1, 1, b"SYSID_THISMAV", -1)
        value = link.recv_match(type="PARAM_VALUE", blocking=True, timeout=10)
        link.close()

    assert (heartbeat.autopilot, heartbeat.type) == (3, 2)
    assert value.param_value == 1.0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_the_simulator_cleanly_and_its_log_is_whole(
    number: signal.Signals, tmp_path: Path
) -> None:
    arguments = (
        "--vehicle",
        "quadplane",
        "--listen",
        "udp:127.0.0.1:0",
        "--speedup",
        "30",
        "--log",
        str(tmp_path),
    )
    with _simulator(*arguments) as (process, _):
        time.sleep(0.5)
        process.send_signal(number)
        _, errors = process.communicate(timeout=10)

    lines = (tmp_path / "quadplane.jsonl").read_text(encoding="utf-8").splitlines()
    assert (process.returncode, errors) == (0, "")
    assert len(lines) >= 5
    assert json.loads(lines[-1])["mode"] in {"INITIALISING", "FBWA"}


def test_a_fleet_listens_on_shifted_ports() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        base = probe.getsockname()[1]
    if base > 65_000:
        base -= 1000

    with _simulator("--fleet", str(GOTO), "--port-base", str(base)) as (_, where):
        assert where == [f"udp:127.0.0.1:{base + number}" for number in range(3)]


def test_a_port_in_use_is_one_line_with_a_remedy() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]

        done = _run("--vehicle", "copter", "--listen", f"udp:127.0.0.1:{port}")

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert f"cannot listen on udp:127.0.0.1:{port}" in done.stderr
    assert "choose another port" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "--vehicle --fleet"),
        (("--vehicle", "zeppelin"), "choose copter or quadplane"),
        (("--vehicle", "copter", "--listen", "14550"), "udp:HOST:PORT"),
        (("--vehicle", "copter", "--home", "128.8,32.7,4,0,0"), "LATITUDE,LONGITUDE"),
        (("--vehicle", "copter", "--home", "128.8,32.7,4,0"), "latitude first"),
        (("--vehicle", "copter", "--wind", "8"), "as 8@220"),
        (("--vehicle", "copter", "--speedup", "0"), "speedup"),
        (("--vehicle", "copter", "--payload-kg", "9"), "give at most 3.0"),
        (("--vehicle", "copter", "--system-id", "300"), "choose 1 to 254"),
        (("--fleet", "nowhere.toml"), "cannot read nowhere.toml"),
        (("--fleet", str(GOTO), "--home", "1,2,3,4"), "set home in the fleet file"),
        (("--fleet", str(GOTO), "--port-base", "65535"), "leaves no room"),
        (("--bogus",), "--help"),
    ],
)
def test_a_wrong_command_line_is_one_line_with_a_remedy(arguments: tuple[str, ...], words: str) -> None:
    done = _run(*arguments)

    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1
    assert words in done.stderr


def test_help_shows_every_option() -> None:
    done = _run("--help")

    assert done.returncode == 0
    for option in (
        "--vehicle",
        "--fleet",
        "--listen",
        "--home",
        "--speedup",
        "--wind",
        "--seed",
        "--log",
        "--epoch",
    ):
        assert option in done.stdout


def test_the_fleet_of_the_demonstration_is_a_quadplane_and_two_copters_on_one_pad() -> None:
    fleet = read_fleet(GOTO)

    assert [berth.config.vehicle_class for berth in fleet] == ["quadplane", "copter", "copter"]
    assert [berth.config.system_id for berth in fleet] == [1, 2, 3]
    assert [str(berth.listen[0]) for berth in fleet] == [
        f"udp:127.0.0.1:{port}" for port in (14561, 14562, 14563)
    ]
    assert [str(berth.listen[0]) for berth in shifted(fleet, 20000)][-1] == "udp:127.0.0.1:20002"


GOOD = 'name = "A"\nclass = "copter"\nlisten = "udp:127.0.0.1:1"\nhome = [32.7, 128.8, 4, 0]\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("vehicle = [", "is not TOML"),
        ("x = 1", "no [[vehicle]] table"),
        (f"[[vehicle]]\n{GOOD}speed = 3", "vehicle 1: speed: is not a field"),
        ("[[vehicle]]\n" + GOOD.replace('name = "A"\n', ""), "vehicle 1: name: is missing"),
        ("[[vehicle]]\n" + GOOD.replace("32.7", "128.7"), "latitude first"),
        ("[[vehicle]]\n" + GOOD.replace(", 4, 0", ""), "vehicle 1"),
        ("[[vehicle]]\n" + GOOD.replace("copter", "kite"), "choose copter or quadplane"),
        (f"[[vehicle]]\n{GOOD}[[vehicle]]\n{GOOD}", "give each vehicle an address of its own"),
        (f"[[vehicle]]\n{GOOD}wind = 'strong'", "as 8@220"),
        (f"[[vehicle]]\n{GOOD}battery_wh = -1", "not positive"),
        (f"[[vehicle]]\n{GOOD}payload_kg = -1", "is negative"),
    ],
)
def test_a_wrong_fleet_file_names_the_vehicle_and_the_field(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "fleet.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigurationError) as caught:
        read_fleet(path)

    assert words in str(caught.value)


def test_two_clocks_with_one_epoch_and_speedup_agree() -> None:
    early, late = (SimulatedClock(lambda: 1010.0, 1000.0, 20.0) for _ in range(2))

    assert early.now() == late.now() == 1200.0


def test_values_are_read_from_text() -> None:
    assert Address.parse("tcp:127.0.0.1:5760") == Address("tcp", "127.0.0.1", 5760)
    assert HomePoint.parse("32.7,128.8,4,90") == HomePoint(32.7, 128.8, 4.0, 90.0)
    assert Wind.parse("8@270").velocity_m_s == pytest.approx((0.0, 8.0), abs=1e-9)
    assert VehicleClass("copter") is VehicleClass.COPTER
