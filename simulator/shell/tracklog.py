"""The simulator's own log on disk: one JSON object per second of flight and vehicle."""

import json
from pathlib import Path
from typing import TextIO

from simulator.errors import ConfigurationError
from simulator.vehicle import Vehicle


class TrackLog:
    """Writes the track of one vehicle to ``NAME.jsonl`` in a folder."""

    def __init__(self, vehicle: Vehicle, directory: Path) -> None:
        self._vehicle = vehicle
        try:
            directory.mkdir(parents=True, exist_ok=True)
            self._file: TextIO = (directory / f"{vehicle.config.name}.jsonl").open("w", encoding="utf-8")
        except OSError as error:
            problem = f"cannot write to {directory} ({error.strerror})"
            raise ConfigurationError("log", problem, "give a folder that can be written") from None

    def write(self) -> None:
        """Move the track of the vehicle into the file."""
        track = self._vehicle.track
        if not track:
            return
        self._file.writelines(json.dumps(sample._asdict()) + "\n" for sample in track)
        self._file.flush()
        track.clear()

    def close(self) -> None:
        """Write the rest and close the file."""
        self.write()
        self._file.close()
