"""The newest signing timestamps on disk, so that a frame that counted before a restart does not count again.

Source: https://mavlink.io/en/guide/message_signing.html
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, Self

from flight.errors import SigningKeyError
from flight.plan import VehicleAddress
from flight.protocol.signing import SigningMemory, Stream

REMEDY = "restore it, or delete it: then frames of the last minute could be believed a second time"


class Timestamps(NamedTuple):
    """The newest timestamp of a key, and that of each stream, at one moment."""

    newest: int
    streams: dict[Stream, int]

    @classmethod
    def of(cls, memory: SigningMemory) -> Self:
        """Return those of a memory, which may go on changing."""
        return cls(memory.newest, dict(memory.streams))


class SigningFile:
    """Timestamps of all vehicles with a key, in one small file that only its owner may read.

    It holds no key. It is replaced as a whole, so that a crash leaves the old one or the new one.

    Parameters
    ----------
    path
        The file; it need not exist.

    Raises
    ------
    SigningKeyError
        If the file is there and cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stored = _read(path)

    def restored(self, vehicle: VehicleAddress, now: float) -> SigningMemory | None:
        """Return what was stored of a vehicle; ``None`` if nothing was."""
        stored = self._stored.get(str(vehicle))
        return None if stored is None else SigningMemory.restored(now, *stored)

    def write(self, timestamps: Mapping[VehicleAddress, Timestamps]) -> None:
        """Store what changed since the last time; of vehicles that are not named here nothing is forgotten.

        Raises
        ------
        OSError
            If the disk does not take it; what was stored before stays.
        """
        known = self._stored | {str(vehicle): each for vehicle, each in timestamps.items()}
        if known != self._stored:
            _replace(self._path, known)
            self._stored = known


def _replace(path: Path, known: Mapping[str, Timestamps]) -> None:
    content = {
        vehicle: {
            "newest": newest,
            "streams": [[*stream, timestamp] for stream, timestamp in streams.items()],
        }
        for vehicle, (newest, streams) in known.items()
    }
    beside = path.with_name(path.name + ".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file)
        file.flush()
        os.fsync(descriptor)
    beside.replace(path)


def _read(path: Path) -> dict[str, Timestamps]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {vehicle: _stored(each) for vehicle, each in content.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise SigningKeyError(f"the signing timestamps in {path} cannot be read; {REMEDY}") from error


def _stored(each: Any) -> Timestamps:
    streams = {Stream(system, component, link): int(at) for system, component, link, at in each["streams"]}
    return Timestamps(int(each["newest"]), streams)
