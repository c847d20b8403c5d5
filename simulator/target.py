"""Vehicle processes behind one interface: the built-in one here, ArduPilot in ``simulator.ardupilot``."""

import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from simulator.command_line.made_fleet import HOST, PORTS_APART, TCP_PORT
from simulator.launch.child import Child, check_free
from simulator.values import HomePoint, VehicleClass
from simulator.wind import Wind

_PATIENCE_S = 30.0
_LISTENING = re.compile(r"listening on (tcp:\S+)$", re.MULTILINE)


@dataclass(frozen=True)
class TargetSettings:
    """What to start.

    Parameters
    ----------
    vehicle_class, home, system_id, wind
        What it is, where it stands, its MAVLink system id, and in which wind.
    speedup
        Simulated seconds per second.
    instance
        As ArduPilot counts: the TCP port is 5760 + 10 × instance. A free one where None.
    """

    vehicle_class: VehicleClass
    home: HomePoint
    speedup: float = 1.0
    instance: int | None = None
    system_id: int = 1
    wind: Wind = field(default_factory=Wind)

    @property
    def home_text(self) -> str:
        """The home as both command lines take it: latitude, longitude, altitude, heading."""
        home = self.home
        return f"{home.latitude_deg},{home.longitude_deg},{home.altitude_amsl_m},{home.heading_deg}"


class Target(Protocol):
    """A vehicle to connect to. As a context manager it is started and, whatever happens, stopped."""

    @property
    def connection(self) -> str:
        """Address for pymavlink, DroneKit and MAVProxy, once started: ``tcp:HOST:PORT``."""
        ...

    def start(self) -> None:
        """Start it and wait until its TCP port is open; raise a SimulatorError if that fails."""
        ...

    def stop(self) -> None:
        """End what was started, and nothing else; may be called twice."""
        ...

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def port_of(instance: int) -> int:
    """Return the TCP port of an instance."""
    return TCP_PORT + PORTS_APART * instance


class BuiltInProcess(Target):
    """The built-in simulator with one vehicle: ``python -m simulator``."""

    def __init__(self, settings: TargetSettings) -> None:
        self._settings = settings
        self._child = Child("python -m simulator")

    @property
    def connection(self) -> str:
        """Address for a client, once started."""
        found = _LISTENING.search(self._child.output)
        return found[1] if found else ""

    def start(self) -> None:
        """Start it and wait until it listens."""
        port = 0
        if self._settings.instance is not None:
            port = port_of(self._settings.instance)
            check_free(port)
        self._child.start(self._command(port), self._environment())
        self._child.wait_until(lambda: bool(self.connection), "its port was open", _PATIENCE_S)

    def stop(self) -> None:
        """End it."""
        self._child.stop()

    def _command(self, port: int) -> list[str]:
        settings = self._settings
        options = {
            "--vehicle": settings.vehicle_class,
            "--listen": f"tcp:{HOST}:{port}",
            "--home": settings.home_text,
            "--system-id": settings.system_id,
            "--wind": settings.wind,
            "--speedup": settings.speedup,
        }
        # With "=", as a home in the south begins like an option.
        return [sys.executable, "-m", "simulator", *(f"{name}={value}" for name, value in options.items())]

    @staticmethod
    def _environment() -> dict[str, str]:
        """Return an environment in which this package is found from any folder."""
        where = str(Path(__file__).parent.parent)
        path = os.pathsep.join(filter(None, (where, os.environ.get("PYTHONPATH"))))
        return {**os.environ, "PYTHONPATH": path}
