"""Real sockets, real processes, the command line and the fleet file."""

import json
import math
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pymavlink import mavutil
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.__main__ import main
from simulator.command_line.fleet_file import read_fleet, shifted
from simulator.errors import ConfigurationError
from simulator.shell.address import Address
from simulator.shell.clock import SimulatedClock
from simulator.values import HomePoint, VehicleClass, VehicleConfig
from simulator.wind import Wind

ROOT = Path(__file__).parents[3]
GOTO = ROOT / "simulator" / "fleets" / "goto.toml"
FREE_INSTANCE = 317 + os.getpid() % 500
"""Ports far above the usual ones, and others in each test worker."""


@contextmanager
def _simulator(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Run the simulator; yield the process and the addresses on which its vehicles listen."""
    command = [sys.executable, "-m", "simulator", *arguments]
    vehicles = 3 if "--fleet" in arguments else max(1, arguments.count("--listen"))
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


def test_a_vehicle_calls_a_station_that_only_listens() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as station:
        station.bind(("127.0.0.1", 0))
        station.settimeout(10)
        port = station.getsockname()[1]

        with _simulator("--vehicle", "copter", "--listen", f"udpout:127.0.0.1:{port}", "--speedup", "20"):
            first, vehicle = station.recvfrom(300)
            framer = mavlink.MAVLink(None, srcSystem=255, srcComponent=190)
            ask = mavlink.MAVLink_param_request_read_message(1, 1, b"SYSID_THISMAV", -1)
            station.sendto(ask.pack(framer), vehicle)
            names = {type_of(first)}
            while "PARAM_VALUE" not in names:
                names.add(type_of(station.recv(300)))

    assert type_of(first) == "HEARTBEAT"


def type_of(datagram: bytes) -> str:
    return str(mavlink.MAVLink(None).parse_buffer(datagram)[0].get_type())


def test_a_station_that_starts_late_and_ends_disturbs_no_vehicle() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    with _simulator("--vehicle", "copter", "--listen", f"udpout:127.0.0.1:{port}", "--speedup", "20"):
        for _ in range(2):
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as station:
                station.bind(("127.0.0.1", port))
                station.settimeout(10)
                heard = station.recv(300)

            assert type_of(heard) == "HEARTBEAT"


class _Client:
    """A TCP client that sends unsigned messages."""

    def __init__(self, address: str) -> None:
        _, host, port = address.split(":")
        self._socket = socket.create_connection((host, int(port)), timeout=10)
        self._mavlink = mavlink.MAVLink(None, srcSystem=255, srcComponent=190)

    def send(self, message: mavlink.MAVLink_message) -> None:
        self._socket.sendall(message.pack(self._mavlink))

    def types(self) -> set[str]:
        """Return the types of what has come, at least one message."""
        return {each.get_type() for each in self._mavlink.parse_buffer(self._socket.recv(65536)) or ()}

    def wait_for(self, kind: str) -> None:
        while kind not in self.types():
            pass

    def close(self) -> None:
        self._socket.close()


def test_with_signing_only_the_first_address_takes_unsigned_messages() -> None:
    question = mavlink.MAVLink_param_request_read_message(1, 1, b"SYSID_THISMAV", -1)
    listen = ("--listen", "tcp:127.0.0.1:0") * 2
    with _simulator("--vehicle", "copter", *listen, "--speedup", "20") as (_, where):
        first, second = map(_Client, where)
        first.send(mavlink.MAVLink_setup_signing_message(1, 1, bytes(range(1, 33)), 1))
        first.send(question)
        first.wait_for("PARAM_VALUE")
        for asked in (second, first, first):
            asked.send(question)
            if asked is first:
                first.wait_for("PARAM_VALUE")
        heard = second.types()
        first.close()
        second.close()

    assert heard
    assert "PARAM_VALUE" not in heard


def test_an_instance_moves_the_ports_by_ten() -> None:
    base = 14_550 + 10 * FREE_INSTANCE
    arguments = ("--vehicle", "copter", "--listen", "udp:127.0.0.1:14550", "-I", str(FREE_INSTANCE))

    with _simulator(*arguments) as (_, where):
        assert where == [f"udp:127.0.0.1:{base}"]


def test_a_home_in_the_south_is_a_value_and_no_option() -> None:
    arguments = ("--vehicle", "copter", "--listen", "udp:127.0.0.1:0", "--home", "-35.4,149.2,584,353")

    with _simulator(*arguments) as (process, _):
        assert process.stdout is not None
        assert "584 m AMSL" in process.stdout.readline()


def test_a_port_in_use_is_one_line_with_a_remedy() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]

        done = _run("--vehicle", "copter", "--listen", f"udp:127.0.0.1:{port}")

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert f"cannot open udp:127.0.0.1:{port} (Address already in use)" in done.stderr
    assert "choose another port (-I 1 moves all by 10)" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "names no vehicles; give --copters N and --quadplanes N, or --vehicle CLASS, or --fleet FILE"),
        (("--vehicle", "copter", "--copters", "1"), "names vehicles in two ways"),
        (
            ("--copters", "0"),
            "0 copters and 0 quadplanes, with system ids from 1 on; give at least one vehicle",
        ),
        (("--copters", "255"), "system ids up to 254"),
        (("--copters", "1", "--listen", "udp:127.0.0.1:1"), "give it with --vehicle"),
        (("--copters", "1", "-I", "-1"), "count from 0"),
        (("--copters", "1", "-I", "6000"), "choose a smaller instance"),
        (("--vehicle", "copter", "-I", "6000"), "choose a smaller instance"),
        (("--vehicle", "copter", "--listen", "udpout:127.0.0.1:0"), "give the port of the station"),
        (("--vehicle", "zeppelin"), "choose copter or quadplane"),
        (("--vehicle", "copter", "--listen", "14550"), "udp:HOST:PORT"),
        (("--vehicle", "copter", "--home", "128.8,32.7,4,0,0"), "LATITUDE,LONGITUDE"),
        (("--vehicle", "copter", "--home", "128.8,32.7,4,0"), "latitude first"),
        (("--vehicle", "copter", "--wind", "8"), "as 8@220"),
        (("--vehicle", "copter", "--wind", "-8@220"), "speed -8.0 is negative; turn the direction"),
        (("--vehicle", "copter", "--speedup", "0"), "speedup: 0.0 is out of range; give a number above 0"),
        (("--vehicle", "copter", "--speedup", "nan"), "speedup: nan is out of range"),
        (("--vehicle", "copter", "--epoch", "nan"), "epoch: nan is no Unix time; give seconds since 1970"),
        (("--vehicle", "copter", "--epoch", "1e30"), "epoch: 1e+30 is no Unix time"),
        (("--vehicle", "copter", "--seed", "-7"), "seed: -7 is negative; give a whole number from 0 on"),
        (("--vehicle", "copter", "--battery-wh", "nan"), "battery_wh: nan is not positive; give"),
        (("--vehicle", "copter", "--payload-kg", "nan"), "payload_kg: nan is no mass; give kg"),
        (("--vehicle", "copter", "--name", "../x"), "name: '../x' names no file; give one without a slash"),
        (("--vehicle", "copter", "--name", ""), "name: '' names no file"),
        (("--vehicle", "copter", "--listen", "tcp:nowhere.invalid:1"), "cannot open tcp:nowhere.invalid:1"),
        (("--vehicle", "copter", "--payload-kg", "9"), "give at most 3.0"),
        (("--vehicle", "copter", "--system-id", "300"), "choose 1 to 254"),
        (("--fleet", "nowhere.toml"), "cannot read nowhere.toml"),
        (
            ("--fleet", str(GOTO), "--home", "1,2,3,4"),
            "home: does not go with --fleet; set it in the fleet file",
        ),
        (("--fleet", str(GOTO), "--port-base", "65535"), "leaves no room"),
        (("--vehicle", "copter", "--surface", "moon"), "choose flat or goto"),
        (
            ("--vehicle", "copter", "--surface", "goto", "--home", "32.75,128.95,0,0"),
            "copter stands in the sea of goto; give a home on land",
        ),
        (("--vehicle", "copter", "--fault", "sleepy"), "fault: 'sleepy' is no kind; choose link_loss"),
        (("--copters", "2", "--fault", "C3/gps_loss"), "no vehicle 'C3'; choose C1, C2"),
        (("--vehicle", "copter", "--airframe", "kite"), "'kite' is no copter; choose"),
        (("--bogus",), "--help"),
    ],
)
def test_a_wrong_command_line_is_one_line_with_a_remedy(
    arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(arguments)

    said = capsys.readouterr().err
    assert code == 2
    assert said.startswith("error: ")
    assert said.count("\n") == 1
    assert words in said


def test_help_shows_every_option() -> None:
    done = _run("--help")

    assert done.returncode == 0
    for option in (
        "--vehicle",
        "--copters",
        "--quadplanes",
        "--fleet",
        "--listen",
        "--instance",
        "--airframe",
        "--surface",
        "--fault",
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
        (
            f"[[vehicle]]\n{GOOD}[[vehicle]]\n" + GOOD.replace('"A"', '"B"'),
            "give each vehicle an address of its own",
        ),
        (f"[[vehicle]]\n{GOOD}wind = 'strong'", "as 8@220"),
        (f"[[vehicle]]\n{GOOD}battery_wh = -1", "not positive"),
        (f"[[vehicle]]\n{GOOD}faults = ['sleepy']", "vehicle 1: fault: 'sleepy' is no kind"),
        (f"[[vehicle]]\n{GOOD}payload_kg = -1", "payload_kg: -1.0 is no mass"),
        (f"[[vehicle]]\n{GOOD}payload_kg = 'heavy'", "payload_kg: 'heavy' is no number; give one, without"),
        (f"[[vehicle]]\n{GOOD}boot_at = inf", "vehicle 1: boot_at: inf is no number"),
        (f"[[vehicle]]\n{GOOD}seed = 1.7", "vehicle 1: seed: 1.7 is no whole number"),
        (f"[[vehicle]]\n{GOOD}system_id = true", "system_id: True is no whole number"),
        (f"[[vehicle]]\n{GOOD}wind = 8", "vehicle 1: wind: 8 is no text; write it in quotes"),
        (f"[[vehicle]]\n{GOOD}faults = [1]", "vehicle 1: faults: [1] is no list of texts; write faults = ["),
        (
            "[[vehicle]]\n" + GOOD.replace("[32.7, 128.8, 4, 0]", "'32.7,128.8'"),
            "write home = [LATITUDE, LONG",
        ),
        ("[[vehicle]]\n" + GOOD.replace("32.7", "true"), "home: True is no number"),
        ("[[vehicle]]\n" + GOOD.replace('"udp:127.0.0.1:1"', "[5760]"), "listen: [5760] is no list of texts"),
        ("[[vehicle]]\n" + GOOD.replace('"udp:127.0.0.1:1"', "[]"), "vehicle 1: listen: is missing"),
        ("vehicle = [1]", "no [[vehicle]] table"),
        (f"surface = 'goto'\n[[vehicle]]\n{GOOD}", "has surface outside of a vehicle; move it below"),
        (
            f"[[vehicle]]\n{GOOD}[[vehicle]]\n{GOOD.replace(':1', ':2')}",
            "name: two vehicles are A; give each",
        ),
    ],
)
def test_a_wrong_fleet_file_names_the_vehicle_and_the_field(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "fleet.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigurationError) as caught:
        read_fleet(path)

    assert words in str(caught.value)


def test_two_vehicles_of_a_file_may_call_one_station(tmp_path: Path) -> None:
    calling = GOOD.replace("udp:127.0.0.1:1", "udpout:127.0.0.1:14550")
    path = tmp_path / "fleet.toml"
    other = calling.replace('"A"', '"B"')
    path.write_text(f"[[vehicle]]\n{calling}[[vehicle]]\n{other}", encoding="utf-8")

    fleet = read_fleet(path)

    assert [str(address) for berth in shifted(fleet, 20000) for address in berth.listen] == [
        "udpout:127.0.0.1:14550"
    ] * 2


def test_two_clocks_with_one_epoch_and_speedup_agree() -> None:
    early, late = (SimulatedClock(lambda: 1010.0, 1000.0, 20.0) for _ in range(2))

    assert early.now() == late.now() == 1200.0


def test_values_are_read_from_text() -> None:
    assert Address.parse("tcp:127.0.0.1:5760") == Address("tcp", "127.0.0.1", 5760)
    assert HomePoint.parse("32.7,128.8,4,90") == HomePoint(32.7, 128.8, 4.0, 90.0)
    assert Wind.parse("8@270").velocity_m_s == pytest.approx((0.0, 8.0), abs=1e-9)
    assert VehicleClass("copter") is VehicleClass.COPTER


def test_a_program_that_gives_a_text_for_the_class_is_told_what_to_give() -> None:
    text: Any = "copter"

    with pytest.raises(ConfigurationError, match=r"'copter' is no VehicleClass; give VehicleClass\.COPTER"):
        VehicleConfig("C1", text, HomePoint(32.7, 128.8, 4.0))


@pytest.mark.parametrize("place", [(math.nan, 0.0, 0.0), (0.0, math.nan, 0.0), (0.0, 0.0, math.inf)])
def test_a_home_that_is_nowhere_is_refused(place: tuple[float, float, float]) -> None:
    with pytest.raises(ConfigurationError, match="home"):
        HomePoint(*place)
