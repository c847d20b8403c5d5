"""ArduPilot SITL from a docker image."""

import os
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

from simulator.errors import ArduPilotMissingError
from simulator.launch.child import succeeds

_BINARIES = "/ardupilot/build/sitl/bin"
"""Where a build of ArduPilot in ``/ardupilot`` leaves its programs."""


class DockerRun:
    """One container of an image with ArduPilot's source built in ``/ardupilot``.

    Parameters
    ----------
    image
        Name of the image.
    program
        ``arducopter`` or ``arduplane``.
    environment
        The environment of the docker client.

    Raises
    ------
    ArduPilotMissingError
        No docker engine answers.
    """

    def __init__(self, image: str, program: str, environment: Mapping[str, str]) -> None:
        self._image = image
        self._program = program
        self._name = f"tsubaki-{program}-{uuid4().hex[:12]}"
        if not succeeds(["docker", "version", "--format", "{{.Server.Version}}"], environment):
            raise ArduPilotMissingError("TSUBAKI_ARDUPILOT_IMAGE", "no docker engine answers")

    def command(self, folder: Path) -> list[str]:
        """Return the words before ArduPilot's own options; the folder is the same inside and outside."""
        return [
            "docker",
            "run",
            "--rm",
            # Process 1 of a container ignores SIGTERM; with an init process ArduPilot is not number 1.
            "--init",
            f"--name={self._name}",
            # ArduPilot chooses its ports by the instance: they are those of the host.
            "--network=host",
            f"--user={os.getuid()}:{os.getgid()}",
            f"--volume={folder}:{folder}",
            f"--workdir={folder}",
            f"--entrypoint={_BINARIES}/{self._program}",
            self._image,
        ]

    def kill(self, environment: Mapping[str, str]) -> None:
        """End the container, if there is one: it outlives its client."""
        succeeds(["docker", "kill", self._name], environment)
