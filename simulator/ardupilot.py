"""Real ArduPilot SITL as a target: a binary of yours, or a docker image.

The binary is that which ``./waf copter`` or ``./waf plane`` builds for the board ``sitl``. Command line and
ports: https://ardupilot.org/dev/docs/using-sitl-for-ardupilot-testing.html and ``SITL_cmdline.cpp``.
"""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from simulator.command_line.made_fleet import HOST
from simulator.errors import ArduPilotMissingError, ConfigurationError
from simulator.launch.child import Child, check_free, is_taken
from simulator.launch.docker import DockerRun
from simulator.target import Target, TargetSettings, port_of
from simulator.values import VehicleClass

PATIENCE_S = 30.0
"""Wall seconds until the port must be open; a loaded machine takes about three."""

IMAGE_VARIABLE = "TSUBAKI_ARDUPILOT_IMAGE"
_INSTANCES = 100
_PARAMETERS = Path(__file__).parent / "params"
_FURTHER_PORTS = (2, 3)
"""ArduPilot's second and third serial link listen there, above the port of the first."""


@dataclass(frozen=True)
class Build:
    """ArduPilot's build for a class: program, model, and the environment variable that names a binary."""

    program: str
    model: str
    variable: str


BUILDS = {
    VehicleClass.COPTER: Build("arducopter", "+", "TSUBAKI_ARDUPILOT"),
    VehicleClass.QUADPLANE: Build("arduplane", "quadplane", "TSUBAKI_ARDUPILOT_PLANE"),
}


def parameter_file(vehicle_class: VehicleClass) -> Path:
    """Return the parameters that ArduPilot's own simulation needs."""
    return _PARAMETERS / f"{vehicle_class}.parm"


class ArduPilotProcess(Target):
    """One ArduPilot SITL with wiped settings in an empty folder.

    It boots when the first client connects, as its first serial link waits for one.

    Parameters
    ----------
    settings
        What to start.
    binary
        Path of ``arducopter`` or ``arduplane``. Where None that of the environment variable
        ``TSUBAKI_ARDUPILOT`` (copter) or ``TSUBAKI_ARDUPILOT_PLANE`` (quadplane), else the docker image of
        ``TSUBAKI_ARDUPILOT_IMAGE``.
    environment
        Where the variables are looked up; the process gets it too.

    Raises
    ------
    ArduPilotMissingError
        There is neither a binary nor an image.
    ConfigurationError
        The wind is more than a steady one.
    """

    def __init__(
        self,
        settings: TargetSettings,
        binary: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        if settings.wind.shear or settings.wind.gusts:
            problem = f"{settings.wind} has shear or gusts, which this launcher does not hand on to ArduPilot"
            raise ConfigurationError("wind", problem, "give a steady wind")
        self._settings = settings
        self._build = BUILDS[settings.vehicle_class]
        self._environment = dict(os.environ if environment is None else environment)
        self._binary = self._find_binary(binary)
        self._docker = None if self._binary else self._find_docker()
        self._child = Child(f"ArduPilot SITL ({self._binary or self._build.program})")
        self._instance = settings.instance

    @property
    def connection(self) -> str:
        """Address for a client, once started."""
        return "" if self._instance is None else f"tcp:{HOST}:{port_of(self._instance)}"

    @property
    def folder(self) -> Path:
        """Its working folder, gone after the end."""
        return self._child.folder

    @property
    def process_id(self) -> int:
        """The process id while it runs."""
        return self._child.process_id

    @property
    def output(self) -> str:
        """All that ArduPilot has printed."""
        return self._child.output

    def start(self) -> None:
        """Start it and wait until its port is open."""
        if self._instance is None:
            self._instance = _free_instance()
        port = port_of(self._instance)
        check_free(port)
        self._child.start(self._command(self._instance), self._environment)
        self._child.wait_until(lambda: is_taken(port), f"TCP port {port} was open", PATIENCE_S)

    def stop(self) -> None:
        """End it."""
        if self._docker is not None:
            self._docker.kill(self._environment)
        self._child.stop()

    def _find_binary(self, given: str | None) -> str | None:
        name = given or self._environment.get(self._build.variable)
        if not name:
            return None
        found = shutil.which(name)
        if found is None:
            raise ArduPilotMissingError(self._build.variable, f"{name} is no program that can be run")
        # The process has another working folder.
        return str(Path(found).absolute())

    def _find_docker(self) -> DockerRun:
        image = self._environment.get(IMAGE_VARIABLE)
        if not image:
            raise ArduPilotMissingError(self._build.variable, "no binary and no docker image was given")
        return DockerRun(image, self._build.program, self._environment)

    def _command(self, instance: int) -> list[str]:
        folder, settings = self._child.folder, self._settings
        parameters = folder / "defaults.parm"
        wind = settings.wind
        asked = f"SIM_WIND_SPD {wind.speed_m_s}\nSIM_WIND_DIR {wind.from_deg}\n"
        own = parameter_file(settings.vehicle_class).read_text(encoding="utf-8")
        parameters.write_text(own + asked, encoding="utf-8")
        options = {
            "--model": self._build.model,
            "--home": settings.home_text,
            "--speedup": settings.speedup,
            "--instance": instance,
            "--sysid": settings.system_id,
            "--defaults": parameters,
        }
        words = [str(word) for option in options.items() for word in option]
        program = [self._binary] if self._binary else self._docker_command(folder)
        return [*program, "--wipe", *words]

    def _docker_command(self, folder: Path) -> list[str]:
        return [] if self._docker is None else self._docker.command(folder)


def _free_instance() -> int:
    """Return the first instance all of whose TCP ports are free."""
    for instance in range(_INSTANCES):
        port = port_of(instance)
        if not any(is_taken(port + further) for further in (0, *_FURTHER_PORTS)):
            return instance
    raise ConfigurationError("instance", f"the ports of {_INSTANCES} instances are taken", "stop some")
