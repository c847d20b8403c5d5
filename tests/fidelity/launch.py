"""Runs a vehicle process for as long as a scenario takes."""

import shlex
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FIRST_PORT = 5760
PORTS_PER_INSTANCE = 10
"""ArduPilot SITL: instance N listens on 5760 + 10 N."""

_PATIENCE_S = 5


def port_of(instance: int) -> int:
    """Return the first TCP port of an instance."""
    return FIRST_PORT + PORTS_PER_INSTANCE * instance


@contextmanager
def launched(command: str | None, instance: int) -> Iterator[None]:
    """Run a command with ``{port}`` and ``{instance}`` in an empty folder; end it afterwards.

    Parameters
    ----------
    command
        What to run; nothing where None (the vehicle runs already).
    instance
        Number that decides the port.
    """
    if command is None:
        yield
        return
    words = shlex.split(command.format(port=port_of(instance), instance=instance))
    with tempfile.TemporaryDirectory(prefix="fidelity-") as folder, Path(folder, "log").open("wb") as log:
        process = subprocess.Popen(words, cwd=folder, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        try:
            yield
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(_PATIENCE_S)
