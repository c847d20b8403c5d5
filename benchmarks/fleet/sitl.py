"""ArduPilot SITL beside ours, where a binary is given (``TSUBAKI_ARDUPILOT``)."""

import os
import time
from pathlib import Path
from typing import Any

from pymavlink import mavutil

from simulator.ardupilot import ArduPilotProcess
from simulator.target import TargetSettings
from simulator.values import HomePoint, VehicleClass

HOME = HomePoint(32.7024, 128.8450, 5.0)
RATE_HZ = 4
MEASURED_S = 20.0
FASTEST = 1000.0


def measure() -> dict[str, float] | None:
    """Return the CPU share at real time with all streams at 4 Hz, and the largest speedup; None without a
    binary."""
    if not os.environ.get("TSUBAKI_ARDUPILOT"):
        return None
    share, _ = _run(1.0, RATE_HZ)
    _, speedup = _run(FASTEST, 0)
    return {"cpu_share_realtime": share, "speedup_max": speedup}


def _run(speedup: float, rate_hz: int) -> tuple[float, float]:
    """Return the share of a core and the simulated seconds per second."""
    with ArduPilotProcess(TargetSettings(VehicleClass.COPTER, HOME, speedup)) as target:
        link = mavutil.mavlink_connection(target.connection, source_system=255)
        link.wait_heartbeat()
        link.mav.heartbeat_send(6, 8, 0, 0, 4)
        link.mav.request_data_stream_send(1, 1, 0, max(rate_hz, 1), 1)
        _listen(link, 5.0)
        if not rate_hz:
            link.mav.request_data_stream_send(1, 1, 0, 0, 0)
            link.mav.command_long_send(1, 1, 511, 0, 2, 1e6, 0, 0, 0, 0, 0)  # SYSTEM_TIME once a second
        return _measure(link, target.process_id)


def _measure(link: Any, process_id: int) -> tuple[float, float]:
    boot_ms, cpu_s, wall = _listen(link, 5.0), _cpu_s(process_id), time.monotonic()
    later_ms = _listen(link, MEASURED_S)
    wall_s = time.monotonic() - wall
    return (_cpu_s(process_id) - cpu_s) / wall_s, (later_ms - boot_ms) / 1000.0 / wall_s


def _listen(link: Any, duration_s: float) -> int:
    """Take in what comes for a time; return the last time since boot, ms."""
    end, boot_ms = time.monotonic() + duration_s, 0
    while time.monotonic() < end:
        message = link.recv_match(blocking=True, timeout=0.1)
        boot_ms = getattr(message, "time_boot_ms", boot_ms)
    return boot_ms


def _cpu_s(process_id: int) -> float:
    """Return the CPU time of a process (Linux)."""
    words = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
