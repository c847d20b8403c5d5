"""Keys of drones and other ways to believe a link: from files and the environment to the gateway."""

from pathlib import Path

import pytest

from api.settings import Settings
from api.wiring import build_service
from flight.errors import SigningKeyError
from flight.protocol.signing import SigningKey
from geofences.airspace import Airspace
from tests.unit.api.harness import CHEAP_HASHER, PlayedFlight

DIGITS = "1b" * 32
FLEET = """
[Q1]
type = "quadplane"
link = "udp:10.0.0.2:14550"
system_id = 1
base = "FKP"
may_move = true

[Q2]
type = "quadplane"
link = "udp:10.0.0.3:14550"
system_id = 2
base = "FKP"
"""


def started(folder: Path, airspace: Airspace, environment: dict[str, str], keys: str = "") -> PlayedFlight:
    """Return the gateway of a service that was put together."""
    fleet, key_file, flight = folder / "fleet.toml", folder / "keys.toml", PlayedFlight()
    fleet.write_text(FLEET, encoding="utf-8")
    key_file.write_text(keys, encoding="utf-8")
    key_file.chmod(0o600)
    settings = Settings(data_dir=folder, fleet=fleet, signing_key_file=key_file)
    service = build_service(
        settings, airspace=airspace, flight=flight, hasher=CHEAP_HASHER, environment=environment
    )
    service.close()
    return flight


def test_each_drone_gets_its_key_and_may_move_if_the_fleet_file_says_so(
    tmp_path: Path, airspace: Airspace
) -> None:
    environment = {"TSUBAKI_SIGNING_KEY_Q2": DIGITS, "TSUBAKI_SIGNING_KEY_FILE": "keys.toml"}

    flight = started(tmp_path, airspace, environment, 'Q1 = { passphrase = "five words" }\n')

    keys = {address.system_id: key for address, key in flight.signing_keys.items()}
    assert keys == {1: SigningKey.from_passphrase("five words"), 2: SigningKey(bytes.fromhex(DIGITS))}
    assert {address.system_id: moves for address, moves in flight.movable.items()} == {1: True, 2: False}


def test_a_key_for_a_drone_that_does_not_exist_stops_the_start(tmp_path: Path, airspace: Airspace) -> None:
    with pytest.raises(SigningKeyError, match="drones that do not exist: Q9"):
        started(tmp_path, airspace, {}, f'Q9 = "{DIGITS}"\n')


def test_the_key_file_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TSUBAKI_SIGNING_KEY_FILE", "keys.toml")

    assert Settings().signing_key_file == Path("keys.toml")
