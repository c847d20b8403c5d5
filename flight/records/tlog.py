"""Telemetry logs as MAVProxy, Mission Planner and QGroundControl write and read them.

Each frame follows the time of its arrival: microseconds since 1970 as 8 bytes, big-endian.
Source: https://ardupilot.org/dev/docs/mavlink-basics.html and ``mavutil.mavlogfile`` of pymavlink.
"""

import os
import struct
from pathlib import Path
from typing import Protocol

from flight.plan import VehicleAddress

TIME = struct.Struct(">Q")


class FrameLog(Protocol):
    """Takes frames with their vehicle and their time."""

    def write(self, address: VehicleAddress, frame: bytes, now: float) -> None:
        """Take one frame that came from this vehicle or goes to it; it never raises."""
        ...


class TlogFile:
    """Appends records to one file; every one is on disk before the next, so a killed process loses none.

    What is on disk after a full disk or a power cut in the midst of a record is cut off before the next.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._file = path.open("ab", buffering=0)
        self.size = os.fstat(self._file.fileno()).st_size

    def append(self, frame: bytes, now: float) -> None:
        """Append one frame; ``now`` is Unix seconds. After an OSError nothing of it is in the file."""
        record = TIME.pack(round(now * 1e6)) + frame
        written = 0
        try:
            written = self._file.write(record)
        finally:
            if written != len(record):
                self._file.truncate(self.size)
        if written != len(record):
            raise OSError(f"{self.path}: only {written} of {len(record)} bytes could be written")
        self.size += written

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        self._file.close()
