"""Where the signing keys of the vehicles come from: a key file, or the environment.

The file is TOML, one line a drone: its id, and its key or the passphrase that the key is made of::

    goto-1 = "9b1c…"                                  # 64 hexadecimal digits
    goto-2 = { passphrase = "five words or more" }    # as MAVProxy and Mission Planner make keys

In the environment, ``TSUBAKI_SIGNING_KEY_GOTO_1`` holds the 64 digits of ``goto-1``. No text or error made
here holds a key: errors name the drone, and the line at most.
"""

import os
import re
import stat
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from flight.errors import SigningKeyError
from flight.protocol.signing import KEY_LENGTH, SigningKey

ENVIRONMENT_PREFIX = "TSUBAKI_SIGNING_KEY_"
FILE_SETTING = "TSUBAKI_SIGNING_KEY_FILE"
"""The setting that names the key file; so no drone of the id ``file`` can have its key in the environment."""

FORM = 'write DRONE = "64 hexadecimal digits" or DRONE = { passphrase = "words" }'

_DIGITS = re.compile(f"[0-9A-Fa-f]{{{2 * KEY_LENGTH}}}")
_PLACE = re.compile(r"line \d+")


class KeyRing:
    """The keys of all vehicles, by the id of the drone; made by `load_keys`."""

    def __init__(self, in_file: Mapping[str, SigningKey], in_environment: Mapping[str, SigningKey]) -> None:
        self._file = dict(in_file)
        self._environment = dict(in_environment)

    def key_of(self, drone_id: str) -> SigningKey | None:
        """Return a drone's key, or ``None`` if its link is not signed.

        Raises
        ------
        SigningKeyError
            If the drone has a key in the file and another in the environment.
        """
        in_file, in_environment = self._file.get(drone_id), self._environment.get(_variable(drone_id))
        if in_file and in_environment and in_file != in_environment:
            raise SigningKeyError(
                f"{drone_id} has one key in the key file and another in {_variable(drone_id)}; remove one"
            )
        return in_file or in_environment

    def require_known(self, drone_ids: Iterable[str]) -> None:
        """Raise SigningKeyError if there is a key for a drone that does not exist.

        A misspelt id would else leave its drone without signatures, unnoticed.
        """
        known = set(drone_ids)
        variables = {_variable(drone_id) for drone_id in known}
        strangers = sorted({*self._file} - known) + sorted({*self._environment} - variables)
        if strangers:
            raise SigningKeyError(
                f"there are signing keys for drones that do not exist: {', '.join(strangers)};"
                " correct the names, or add the drones to the fleet"
            )

    def __repr__(self) -> str:
        return f"KeyRing({len(self._file) + len(self._environment)} hidden)"


def load_keys(path: Path | None, environment: Mapping[str, str]) -> KeyRing:
    """Read the key file, if there is one, and the environment.

    Raises
    ------
    SigningKeyError
        If the file cannot be read, may be read by others, or a key has another form.
    """
    in_file = {} if path is None else _keys_of_file(path)
    in_environment = {
        name: _key(value, name)
        for name, value in environment.items()
        if name.startswith(ENVIRONMENT_PREFIX) and name != FILE_SETTING
    }
    return KeyRing(in_file, in_environment)


def _variable(drone_id: str) -> str:
    return ENVIRONMENT_PREFIX + re.sub(r"[^A-Z0-9]", "_", drone_id.upper())


def _keys_of_file(path: Path) -> dict[str, SigningKey]:
    content, complaint = _content(path)
    if complaint:
        raise SigningKeyError(f"the key file {path} {complaint}")
    return {drone_id: _key(value, f"{drone_id} in {path}") for drone_id, value in content.items()}


def _content(path: Path) -> tuple[dict[str, Any], str]:
    """Return what the file holds, and what is wrong with it.

    The error is raised elsewhere: no error that leaves this file may have one of the parser behind it.
    """
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            if mode & (stat.S_IRWXG | stat.S_IRWXO):
                return {}, f"may be read by others (mode {mode:04o}); run: chmod 600 {path}"
            return tomllib.load(file), ""
    except OSError as error:
        return {}, f"cannot be read: {error.strerror}; create it with mode 0600"
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        place = _PLACE.search(str(error))
        return {}, f"is no TOML{f' ({place[0]})' if place else ''}; {FORM}"


def _key(value: object, owner: str) -> SigningKey:
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        return SigningKey(bytes.fromhex(value))
    if isinstance(value, dict) and [*value] == ["passphrase"] and isinstance(value["passphrase"], str):
        return SigningKey.from_passphrase(value["passphrase"])
    raise SigningKeyError(f"the signing key of {owner} has another form than expected: {FORM}")
