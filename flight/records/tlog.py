"""Telemetry logs as MAVProxy, Mission Planner and QGroundControl write and read them.

Each frame follows the time of its arrival: microseconds since 1970 as 8 bytes, big-endian.
Source: https://ardupilot.org/dev/docs/mavlink-basics.html and ``mavutil.mavlogfile`` of pymavlink.
"""

import struct
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

_TIME = struct.Struct(">Q")


class FrameLog(Protocol):
    """Takes frames with their time."""

    def write(self, frame: bytes, now: float) -> None:
        """Take one frame."""
        ...


class TlogWriter:
    """Appends frames to a file; every one is on disk before the next, so a killed process loses none."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("ab", buffering=0)

    def write(self, frame: bytes, now: float) -> None:
        """Append one frame; ``now`` is Unix seconds."""
        self._file.write(_TIME.pack(round(now * 1e6)) + frame)

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
