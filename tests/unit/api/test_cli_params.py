"""``tsubaki params``: a simulated vehicle's parameters, read over a socket and held against the required."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from flight.plan import VehicleClass
from flight.vehicles.parameters import REQUIRED
from simulator.values import HomePoint, VehicleConfig
from simulator.values import VehicleClass as SimulatedClass
from simulator.vehicle import Vehicle
from tests.unit.api.conftest import Run

START = 1_795_694_400.0
STEP_S = 0.02
"""Simulated seconds for each turn on the socket."""
POLL_S = 0.001
NOBODY = ("", 0)


class Aircraft:
    """A simulated vehicle on a UDP socket, which lives as fast as its thread can turn."""

    def __init__(self, vehicle_class: VehicleClass) -> None:
        home = HomePoint(32.7, 128.85, 4.0)
        self.vehicle = Vehicle(VehicleConfig("V1", SimulatedClass(vehicle_class.value), home))
        self.heard: list[str] = []
        self.stations: set[int] = set()
        self._framer = mavlink.MAVLink(None, srcSystem=255, srcComponent=190)
        self._now = START
        self._stop = Event()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(POLL_S)
        self.link = f"udp:127.0.0.1:{self._socket.getsockname()[1]}"

    def set(self, name: str, value: float) -> None:
        message = mavlink.MAVLink_param_set_message(1, 1, name.encode(), value, 9)
        self.vehicle.receive(bytes(message.pack(self._framer)), ("desk", 255, 190), self._now)
        self.vehicle.send()

    @contextmanager
    def on_air(self) -> Iterator[None]:
        thread = Thread(target=self._run, name="aircraft")
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()
            self._socket.close()

    def _run(self) -> None:
        parser, sender = mavlink.MAVLink(None), NOBODY
        while not self._stop.is_set():
            self._now += STEP_S
            self.vehicle.advance(self._now)
            try:
                data, sender = self._socket.recvfrom(65536)
            except (TimeoutError, ConnectionError):
                data = b""
            for message in parser.parse_buffer(data) or []:
                self.heard.append(message.get_type())
                self.stations.add(message.get_srcSystem())
            if data:
                self.vehicle.receive(data, (sender, 254, 190), self._now)
            for answer, peer in self.vehicle.send():
                if peer == (sender, 254, 190):
                    self._socket.sendto(answer, sender)


def fitted(vehicle_class: VehicleClass) -> Aircraft:
    """Return an aircraft with everything that is required on board."""
    aircraft = Aircraft(vehicle_class)
    for each in REQUIRED[vehicle_class]:
        aircraft.set(each.name, each.value)
    return aircraft


@pytest.mark.parametrize("vehicle_class", list(VehicleClass))
def test_a_vehicle_that_has_what_is_required_differs_in_nothing(
    run: Run, vehicle_class: VehicleClass
) -> None:
    aircraft = fitted(vehicle_class)

    with aircraft.on_air():
        code, out, err = run("params", aircraft.link, "--class", vehicle_class, "--json")

    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "vehicle": f"{aircraft.link}#1",
        "class": vehicle_class,
        "differences": [],
    }


def test_what_differs_is_shown_with_both_values_and_the_reason(run: Run) -> None:
    aircraft = fitted(VehicleClass.COPTER)
    aircraft.set("FENCE_ACTION", 1)

    with aircraft.on_air():
        code, out, err = run("params", aircraft.link, "--class", "copter")

    assert (code, err) == (1, "")
    assert f"1 of {len(REQUIRED[VehicleClass.COPTER])} required differ" in out
    (row,) = (line for line in out.splitlines() if "FENCE_ACTION" in line)
    cells = [cell.strip() for cell in row.strip("│").split("│")]
    assert cells[:3] == ["FENCE_ACTION", "1", "0"]
    assert cells[3].startswith("a copter's RTL is a straight line")
    assert "RTL_ALT" not in out


def test_a_required_parameter_that_is_not_on_board_is_named(run: Run) -> None:
    aircraft = fitted(VehicleClass.COPTER)

    with aircraft.on_air():
        code, out, _ = run("params", aircraft.link, "--class", "quadplane", "--all")

    row = next(line for line in out.splitlines() if "Q_GUIDED_MODE" in line)
    assert code == 1
    assert [cell.strip() for cell in row.strip("│").split("│")][1:3] == ["not on board", "1"]
    assert "FS_GCS_ENABLE" in out


def test_everything_on_board_is_shown_on_request(run: Run) -> None:
    aircraft = fitted(VehicleClass.COPTER)
    aircraft.set("FENCE_ACTION", 1)

    with aircraft.on_air():
        code, out, _ = run("params", aircraft.link, "--class", "copter", "--all", "--json")

    document = json.loads(out)
    assert code == 1
    assert len(document["parameters"]) > 100
    assert document["parameters"]["FENCE_ACTION"] == 1.0
    assert [each["name"] for each in document["differences"]] == ["FENCE_ACTION"]


def test_nothing_is_said_to_the_vehicle_but_heartbeats_and_questions(run: Run) -> None:
    aircraft = fitted(VehicleClass.COPTER)

    with aircraft.on_air():
        run("params", aircraft.link, "--class", "copter")

    assert set(aircraft.heard) <= {"HEARTBEAT", "PARAM_REQUEST_LIST", "PARAM_REQUEST_READ"}
    assert "PARAM_REQUEST_LIST" in aircraft.heard
    assert aircraft.stations == {254}


def closed_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["here", "--class", "copter"], "'here' is no link; write udp:", id="no link"),
        pytest.param(
            ["udp:127.0.0.1:99999", "--class", "copter"], "has no address that there is", id="no such port"
        ),
        pytest.param(
            [f"tcp:127.0.0.1:{closed_port()}", "--class", "copter"],
            "Connection refused; see that the vehicle runs",
            id="nobody there",
        ),
        pytest.param(["tcp:127.0.0.1:9", "--class", "balloon"], "balloon", id="no such class"),
        pytest.param(["tcp:127.0.0.1:9"], "--class", id="class left out"),
        pytest.param(
            ["tcp:127.0.0.1:9", "--class", "copter", "--system-id", "0"], "--system-id", id="no system"
        ),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(run: Run, arguments: list[str], words: str) -> None:
    code, out, err = run("params", *arguments)

    assert (code, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1
