"""Recordings on disk: a folder for each vehicle, a file for each day, and no more than is allowed."""

import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymavlink import mavutil

from flight.errors import LocalFlightError
from flight.gateway import Gateway
from flight.plan import VehicleAddress, VehicleClass
from flight.protocol.codec import Encoder
from flight.protocol.messages import GlobalPositionInt, StatusText
from flight.records.daily import DailyTlogs, TlogLimits, files_of, folder_name
from flight.records.reader import read_tlog
from flight.records.tlog import TlogFile
from tests.unit.flight.fake_vehicle import FakeVehicle
from tests.unit.flight.harness import World
from tests.unit.flight.plans import ADDRESS, OTHER

DAY = datetime(2026, 11, 26, tzinfo=UTC).timestamp()
NOON = DAY + 43_200.0
FOLDER = "udp_127.0.0.1_14550_1"


def texts(count: int, first: int = 0) -> list[bytes]:
    """Frames that are told from one another by their text."""
    encoder = Encoder(1, 1)
    return [encoder.encode(StatusText(6, f"number {first + number}")) for number in range(count)]


def read_with_mavutil(path: Path) -> list[str]:
    log = mavutil.mavlink_connection(str(path), dialect="ardupilotmega")
    try:
        found = []
        while (message := log.recv_match(type="STATUSTEXT")) is not None:
            found.append(message.text)
        return found
    finally:
        log.close()


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_each_vehicle_has_a_folder_and_each_day_of_utc_a_file(tmp_path: Path) -> None:
    (frame,) = texts(1)

    with DailyTlogs(tmp_path) as logs:
        logs.write(ADDRESS, frame, DAY - 0.001)
        logs.write(ADDRESS, frame, DAY)
        logs.write(OTHER, frame, NOON)

    assert names_in(tmp_path) == [FOLDER, "udp_127.0.0.1_14560_2"]
    assert names_in(tmp_path / FOLDER) == ["2026-11-25.tlog", "2026-11-26.tlog"]


def test_a_day_is_cut_into_files_of_limited_size_that_mavutil_reads_one_after_another(tmp_path: Path) -> None:
    frames = texts(100)

    with DailyTlogs(tmp_path, TlogLimits(file_bytes=1000)) as logs:
        for number, frame in enumerate(frames):
            logs.write(ADDRESS, frame, NOON + number)

    paths = [each.path for each in files_of(tmp_path / FOLDER)]
    assert len(paths) == 3
    assert paths[0].name == "2026-11-26.tlog"
    assert paths[1].name == "2026-11-26.1.tlog"
    assert max(path.stat().st_size for path in paths) < 1000 + 50
    assert [text for path in paths for text in read_with_mavutil(path)] == [f"number {n}" for n in range(100)]


def test_only_the_newest_files_are_kept_and_other_files_are_left_alone(tmp_path: Path) -> None:
    (frame,) = texts(1)
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "notes.tlog").touch()

    with DailyTlogs(tmp_path, TlogLimits(files=2)) as logs:
        for day in range(4):
            logs.write(ADDRESS, frame, NOON + day * 86_400)

    assert names_in(tmp_path / FOLDER) == ["2026-11-28.tlog", "2026-11-29.tlog", "notes.tlog"]


def test_the_tenth_file_of_a_day_counts_as_newer_than_the_second(tmp_path: Path) -> None:
    with DailyTlogs(tmp_path, TlogLimits(file_bytes=1, files=3)) as logs:
        for number, frame in enumerate(texts(12)):
            logs.write(ADDRESS, frame, NOON + number)

    kept = [each.path.name for each in files_of(tmp_path / FOLDER)]
    assert kept == ["2026-11-26.9.tlog", "2026-11-26.10.tlog", "2026-11-26.11.tlog"]


def test_a_restarted_process_goes_on_in_the_newest_file(tmp_path: Path) -> None:
    one, other = texts(2)
    with DailyTlogs(tmp_path) as logs:
        logs.write(ADDRESS, one, NOON)

    with DailyTlogs(tmp_path) as logs:
        logs.write(ADDRESS, other, NOON + 60)

    (path,) = (tmp_path / FOLDER).iterdir()
    assert read_with_mavutil(path) == ["number 0", "number 1"]


def test_a_vehicle_in_flight_is_recorded_in_both_directions(tmp_path: Path) -> None:
    with DailyTlogs(tmp_path) as logs:
        world = World(FakeVehicle())
        world.gateway = Gateway(vehicles=[(ADDRESS, VehicleClass.COPTER)], tlog=logs)
        world.launch()
        world.run(30)

    ((_, _, path),) = files_of(tmp_path / FOLDER)
    records = list(read_tlog(path))
    senders = {record.frame.system_id for record in records}
    times = [record.at for record in records]
    assert senders == {1, 255}
    assert times == sorted(times)
    assert sum(8 + len(record.frame.raw) for record in records) == path.stat().st_size


def test_frames_of_another_vehicle_do_not_get_into_the_recording(tmp_path: Path) -> None:
    position = GlobalPositionInt(1, 326967600, 1288522800, 4000, 0, 0, 0, 0, 0)
    with DailyTlogs(tmp_path) as logs:
        vehicles = [(ADDRESS, VehicleClass.COPTER), (OTHER, VehicleClass.COPTER)]
        gateway = Gateway(vehicles=vehicles, tlog=logs)
        gateway.receive(Encoder(1, 1).encode(position), ADDRESS.link, NOON)
        gateway.receive(Encoder(2, 1).encode(position), OTHER.link, NOON)

    ((_, _, path),) = files_of(tmp_path / folder_name(OTHER))
    assert {record.frame.system_id for record in read_tlog(path)} == {2}


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (VehicleAddress("udp:[fe80::1]:14550", 7), "udp_fe80_1_14550_7"),
        (VehicleAddress("../../etc", 7), ".._.._etc_7"),
        (VehicleAddress("tcp:drone.example:5760", 7, 2), "tcp_drone.example_5760_7.2"),
    ],
)
def test_the_name_of_a_folder_is_one_that_every_file_system_takes(address: VehicleAddress, name: str) -> None:
    assert folder_name(address) == name


def test_a_process_that_is_killed_loses_nothing_that_it_recorded(tmp_path: Path) -> None:
    script = f"""
import os, signal
from pathlib import Path
from flight.records.daily import DailyTlogs
from tests.unit.flight.plans import ADDRESS
from tests.unit.flight.test_tlog_files import NOON, texts
logs = DailyTlogs(Path({str(tmp_path)!r}))
for number, frame in enumerate(texts(20)):
    logs.write(ADDRESS, frame, NOON + number)
os.kill(os.getpid(), signal.SIGKILL)
"""

    done = subprocess.run([sys.executable, "-c", script], check=False, timeout=60, cwd=Path.cwd())

    assert done.returncode == -signal.SIGKILL
    ((_, _, path),) = files_of(tmp_path / FOLDER)
    assert read_with_mavutil(path) == [f"number {number}" for number in range(20)]


def test_a_disk_that_cannot_be_written_stops_the_recording_only_and_is_tried_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    one, two, three = texts(3)
    blocked = tmp_path / FOLDER
    blocked.touch()
    logs = DailyTlogs(tmp_path)

    logs.write(ADDRESS, one, NOON)
    blocked.unlink()
    logs.write(ADDRESS, two, NOON + 9)
    logs.write(ADDRESS, three, NOON + 11)
    logs.close()

    ((_, _, path),) = files_of(blocked)
    assert read_with_mavutil(path) == ["number 2"]
    assert [record.message for record in caplog.records] == ["recording failed; next try in 10 s"]


class FullDisk:
    """A file that takes a few bytes of a record and then no more."""

    def __init__(self, path: Path, room: int) -> None:
        self._file = path.open("ab", buffering=0)
        self._room = room

    def write(self, data: bytes) -> int:
        return self._file.write(data[: self._room])

    def truncate(self, size: int) -> None:
        self._file.truncate(size)

    def close(self) -> None:
        self._file.close()


def test_a_record_that_is_written_in_part_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = texts(2)
    path = tmp_path / "a.tlog"
    file = TlogFile(path)
    file.append(one, NOON)
    whole = path.read_bytes()
    file.close()
    monkeypatch.setattr(file, "_file", FullDisk(path, 5))

    with pytest.raises(OSError, match="only 5 of"):
        file.append(two, NOON)
    file.close()

    assert path.read_bytes() == whole


@pytest.mark.parametrize("limits", [(0, 1), (1, 0)])
def test_limits_that_leave_no_room_are_refused(limits: tuple[int, int]) -> None:
    with pytest.raises(LocalFlightError, match="at least one file"):
        TlogLimits(*limits)


@given(
    damage=st.binary(max_size=60),
    place=st.integers(0, 5),
    cut=st.integers(0, 40),
)
def test_damage_in_a_recording_costs_no_more_than_its_neighbours(
    tmp_path_factory: pytest.TempPathFactory, damage: bytes, place: int, cut: int
) -> None:
    records = [round((NOON + n) * 1e6).to_bytes(8, "big") + frame for n, frame in enumerate(texts(6))]
    records[place] = records[place][: max(0, len(records[place]) - 1 - cut)] + damage
    path = tmp_path_factory.mktemp("damaged") / "a.tlog"
    path.write_bytes(b"".join(records))

    found = [(record.at, record.frame.message) for record in read_tlog(path)]

    good = [(NOON + n, StatusText(6, f"number {n}")) for n in range(6) if n not in (place, place + 1)]
    assert [each for each in good if each in found] == good
    assert len(found) <= 6


def test_a_recording_of_another_station_with_old_frames_is_read(tmp_path: Path) -> None:
    old = mavutil.mavlink.MAVLink(None, srcSystem=1, srcComponent=1)
    raw = mavutil.mavlink.MAVLink_statustext_message(6, b"from long ago").pack(old, force_mavlink1=True)
    (new,) = texts(1)
    path = tmp_path / "a.tlog"
    path.write_bytes(b"".join(round(NOON * 1e6).to_bytes(8, "big") + each for each in (raw, new)))

    found = [record.frame.message for record in read_tlog(path)]

    assert [each.text for each in found if isinstance(each, StatusText)] == ["from long ago", "number 0"]


def test_an_empty_recording_has_no_records(tmp_path: Path) -> None:
    path = tmp_path / "a.tlog"
    path.touch()

    assert list(read_tlog(path)) == []
