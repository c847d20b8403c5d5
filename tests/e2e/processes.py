"""Processes that a test starts, each in a process group of its own, and ends whatever happens."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"
STOP_S = 10.0
POLL_S = 0.1

Found = TypeVar("Found")


def free_port(kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def free_udp_ports(count: int) -> int:
    """Return the first of ``count`` free UDP ports in a row."""
    while True:
        first = free_port(socket.SOCK_DGRAM)
        try:
            for number in range(first, first + count):
                with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
                    probe.bind((HOST, number))
        except (OSError, OverflowError):
            continue
        return first


def python(*arguments: str) -> list[str]:
    """Return the command line of a Python module."""
    return [sys.executable, "-m", *arguments]


def environment(**changes: str) -> dict[str, str]:
    """Return this process's environment without settings of Tsubaki, plus the changes."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("TSUBAKI_")}
    commands = f"{Path(sys.executable).parent}{os.pathsep}{own.get('PATH', '')}"
    return {**own, "PATH": commands, "PYTHONUNBUFFERED": "1", **changes}


class Processes:
    """What one test runs; `stop` ends all of it."""

    def __init__(self, log_dir: Path) -> None:
        self._log_dir = log_dir
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: Sequence[str], changes: Mapping[str, str] | None = None) -> None:
        with self.log(name).open("ab") as log:
            self._running[name] = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment(**(changes or {})),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, name: str) -> None:
        """``kill -9`` the process and all its children."""
        process = self._running.pop(name)
        _signal(process, signal.SIGKILL)
        process.wait(STOP_S)

    def check(self) -> None:
        """Fail with the log of a process that has ended."""
        for name, process in self._running.items():
            assert process.poll() is None, f"{name} ended with {process.returncode}:\n{self.text(name)}"

    def stop(self) -> None:
        for process in self._running.values():
            _signal(process, signal.SIGTERM)
        for process in self._running.values():
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                pass
            finally:
                _signal(process, signal.SIGKILL)
                process.wait(STOP_S)
        self._running.clear()

    def wait_for(self, what: str, look: Callable[[], Found | None], timeout_s: float) -> Found:
        """Return the first answer that is true; fail when time is up or a process has died."""
        give_up = time.monotonic() + timeout_s
        while time.monotonic() < give_up:
            self.check()
            if found := look():
                return found
            time.sleep(POLL_S)
        logs = "\n".join(f"--- {name}\n{self.text(name)[-2000:]}" for name in self._running)
        raise AssertionError(f"waited {timeout_s:.0f} s in vain for {what}\n{logs}")

    def log(self, name: str) -> Path:
        return self._log_dir / f"{name}.out"

    def text(self, name: str) -> str:
        return self.log(name).read_text(encoding="utf-8", errors="replace")


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return
