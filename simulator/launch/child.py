"""A process that we start, watch and end, in a working folder of its own."""

import contextlib
import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from simulator.errors import AddressUnavailableError, LaunchFailedError

POLL_S = 0.05
"""Wall seconds between two looks at a process that starts."""

GRACE_S = 5.0
"""Wall seconds that a process has to end by itself after SIGTERM."""

ANSWER_S = 20.0
"""Wall seconds that a short command may take."""

TAIL_LINES = 15
"""Lines of output that an error shows."""

_HOST = "127.0.0.1"


class Child:
    """One process; its standard output and error go to a file in its folder.

    Parameters
    ----------
    name
        What it is, for error messages.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._directory = tempfile.TemporaryDirectory(prefix="simulator-", ignore_cleanup_errors=True)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def folder(self) -> Path:
        """Its working folder, empty at the start, gone after the end."""
        return Path(self._directory.name)

    @property
    def output(self) -> str:
        """All that it has printed."""
        path = self.folder / "output.txt"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    @property
    def process_id(self) -> int:
        """The process id while it runs, 0 before and after."""
        return 0 if self._process is None else self._process.pid

    def start(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start it; raise LaunchFailedError if the operating system cannot."""
        with (self.folder / "output.txt").open("wb") as output:
            try:
                # A session of its own, so that what it starts can be ended with it, and Ctrl-C is ours alone.
                self._process = subprocess.Popen(
                    command,
                    cwd=self.folder,
                    env=dict(environment),
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            except OSError as error:
                raise LaunchFailedError(self._name, f"cannot run {command[0]}: {error.strerror}") from None

    def wait_until(self, ready: Callable[[], bool], what: str, patience_s: float) -> None:
        """Wait until it is ready; raise LaunchFailedError if it ends before that, or takes too long."""
        for _ in range(round(patience_s / POLL_S)):
            if self._process is None or self._process.poll() is not None:
                code = None if self._process is None else self._process.returncode
                raise LaunchFailedError(self._name, f"ended with code {code} before {what}", self._tail())
            if ready():
                return
            time.sleep(POLL_S)
        raise LaunchFailedError(self._name, f"{patience_s:.0f} s are over without {what}", self._tail())

    def _tail(self) -> str:
        return "\n".join(self.output.splitlines()[-TAIL_LINES:])

    def stop(self) -> None:
        """End it and what it started, and remove the folder; may be called twice."""
        process, self._process = self._process, None
        if process is not None:
            _signal_group(process, signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(GRACE_S)
            _signal_group(process, signal.SIGKILL)
            process.wait()
        self._directory.cleanup()


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def succeeds(command: Sequence[str], environment: Mapping[str, str]) -> bool:
    """Run a short command; say whether it exists and ends well."""
    try:
        done = subprocess.run(
            command, env=dict(environment), capture_output=True, timeout=ANSWER_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def is_taken(port: int) -> bool:
    """Say whether some program listens on a TCP port.

    By trying to listen there too: a connection to see who answers would be ArduPilot's first ground station,
    and let its vehicle boot.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("", port))
        except OSError:
            return True
    return False


def check_free(port: int) -> None:
    """Raise AddressUnavailableError if a TCP port is taken."""
    if is_taken(port):
        raise AddressUnavailableError(f"tcp:{_HOST}:{port}", "another program has the port")
