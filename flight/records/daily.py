"""A recording of each vehicle and day, in files of limited size and number."""

import logging
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from flight.errors import LocalFlightError
from flight.plan import VehicleAddress
from flight.records.tlog import TlogFile

FILE_BYTES = 64 * 2**20
"""An hour of ten messages a second is about 2 MB: a file is a day, as a rule, and small enough to mail."""

KEPT_FILES = 60
"""Two months of days like that for each vehicle, 4 GB at the very most."""

RETRY_S = 10.0
"""After a file could not be written: a full disk is not asked for every frame."""

_NAME = re.compile(r"(\d{4}-\d\d-\d\d)(?:\.(\d+))?\.tlog")

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TlogLimits:
    """How much is kept for each vehicle: the largest file, in bytes, and how many files.

    Raises
    ------
    LocalFlightError
        If a limit leaves no room for a recording.
    """

    file_bytes: int = FILE_BYTES
    files: int = KEPT_FILES

    def __post_init__(self) -> None:
        if self.file_bytes < 1 or self.files < 1:
            raise LocalFlightError("a recording needs at least one file of at least one byte")


@dataclass
class _Recording:
    folder: Path
    day: date
    part: int
    file: TlogFile


class DailyTlogs:
    """Writes ``FOLDER/VEHICLE/2026-11-26.tlog`` and, where a day needs more files, ``2026-11-26.1.tlog``.

    Days are those of UTC, by the clock that gives ``now``. Only the newest files of a vehicle are kept. A
    restarted process goes on in the newest file. A disk that is full stops the recording and nothing else:
    it is logged, the frames of the next seconds are left out, and then it is tried again.

    Parameters
    ----------
    folder
        Where the vehicles' folders are made.
    limits
        How much is kept.
    """

    def __init__(self, folder: Path, limits: TlogLimits | None = None) -> None:
        self._folder = folder
        self._limits = limits or TlogLimits()
        self._recordings: dict[VehicleAddress, _Recording] = {}
        self._silent_until: dict[VehicleAddress, float] = {}

    def write(self, address: VehicleAddress, frame: bytes, now: float) -> None:
        """Record one frame of a vehicle, in whichever direction it goes."""
        if now < self._silent_until.get(address, now):
            return
        try:
            self._recording(address, now).file.append(frame, now)
        except OSError:
            _log.exception("recording failed; next try in %d s", RETRY_S, extra={"vehicle": str(address)})
            self._silent_until[address] = now + RETRY_S
            self._close(address)

    def close(self) -> None:
        """Close all files; a second time does nothing."""
        for address in list(self._recordings):
            self._close(address)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _recording(self, address: VehicleAddress, now: float) -> _Recording:
        """Return the recording to go on with: a new one after midnight, or where the file is full."""
        day = datetime.fromtimestamp(now, UTC).date()
        found = self._recordings.get(address)
        if found is not None and found.day == day and found.file.size < self._limits.file_bytes:
            return found
        self._close(address)
        opened = self._open(self._folder / folder_name(address), day)
        self._recordings[address] = opened
        return opened

    def _open(self, folder: Path, day: date) -> _Recording:
        part = max((each.part for each in files_of(folder) if each.day == day), default=0)
        file = TlogFile(path_of(folder, day, part))
        if file.size >= self._limits.file_bytes:
            file.close()
            part += 1
            file = TlogFile(path_of(folder, day, part))
        for old in files_of(folder)[: -self._limits.files]:
            old.path.unlink()
        return _Recording(folder, day, part, file)

    def _close(self, address: VehicleAddress) -> None:
        recording = self._recordings.pop(address, None)
        if recording is not None:
            recording.file.close()


def folder_name(address: VehicleAddress) -> str:
    """Return the name of a vehicle's folder: its address, without what a file system may not like."""
    return re.sub(r"[^A-Za-z0-9.-]+", "_", str(address))


def path_of(folder: Path, day: date, part: int) -> Path:
    """Return the file of a day; the first part has no number."""
    return folder / (f"{day.isoformat()}.tlog" if part == 0 else f"{day.isoformat()}.{part}.tlog")


class DayFile(NamedTuple):
    """One file of a vehicle's recording."""

    day: date
    part: int
    path: Path


def files_of(folder: Path) -> list[DayFile]:
    """Return the files in a vehicle's folder, the oldest first."""
    named = ((_NAME.fullmatch(path.name), path) for path in folder.glob("*.tlog"))
    return sorted(
        DayFile(date.fromisoformat(match[1]), int(match[2] or 0), path)
        for match, path in named
        if match is not None
    )
