"""Fleet files: a TOML with one ``[[vehicle]]`` table for each vehicle."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from simulator.command_line import fields
from simulator.errors import ConfigurationError
from simulator.faults import parse_fault
from simulator.shell.address import Address
from simulator.values import HomePoint, VehicleClass, VehicleConfig
from simulator.wind import Wind

_KEYS = frozenset(
    {
        *("name", "class", "listen", "system_id", "home", "wind", "seed"),
        *("airframe", "payload_kg", "battery_wh", "battery_age", "air_c", "boot_at"),
        "faults",
    }
)
_PORTS = 65536
_EXAMPLE = "see simulator/fleets/goto.toml"


@dataclass(frozen=True)
class Berth:
    """A vehicle and where it listens."""

    config: VehicleConfig
    listen: tuple[Address, ...]


def vehicle_class(text: str) -> VehicleClass:
    """Read the name of a vehicle class."""
    try:
        return VehicleClass(text)
    except ValueError:
        names = " or ".join(VehicleClass)
        raise ConfigurationError("class", f"{text!r} is no kind of vehicle", f"choose {names}") from None


def read_fleet(path: Path) -> tuple[Berth, ...]:
    """Read a fleet file; raise ConfigurationError naming file, vehicle and field."""
    berths = tuple(
        _berth(table, f"{path.name}, vehicle {number}") for number, table in enumerate(_tables(path), start=1)
    )
    _check_names(berths)
    _check_addresses(berths)
    return berths


def _tables(path: Path) -> list[dict[str, Any]]:
    document = _document(path)
    tables = document.pop("vehicle", None)
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        raise ConfigurationError("fleet", f"{path} has no [[vehicle]] table", _EXAMPLE)
    if document:
        problem = f"{path} has {', '.join(document)} outside of a vehicle"
        raise ConfigurationError("fleet", problem, "move it below a [[vehicle]], or to the command line")
    return tables


def _document(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        problem = f"cannot read {path} ({error.strerror})"
        raise ConfigurationError("fleet", problem, "give the path of a file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError("fleet", f"{path} is not TOML ({error})", _EXAMPLE) from None


def _berth(table: dict[str, Any], where: str) -> Berth:
    unknown = sorted(set(table) - _KEYS)
    if unknown:
        known = ", ".join(sorted(_KEYS))
        raise ConfigurationError(
            f"{where}: {unknown[0]}", "is not a field of a vehicle", f"fields are {known}"
        )
    missing = [key for key in ("name", "class", "listen", "home") if not table.get(key)]
    if missing:
        raise ConfigurationError(f"{where}: {missing[0]}", "is missing", "add it")
    try:
        return _read(table)
    except ConfigurationError as error:
        raise ConfigurationError(f"{where}: {error.field}", error.problem, error.remedy) from None


def _read(table: dict[str, Any]) -> Berth:
    config = VehicleConfig(
        name=fields.text(table, "name"),
        vehicle_class=vehicle_class(fields.text(table, "class")),
        home=HomePoint(*fields.numbers(table, "home", "LATITUDE, LONGITUDE, ALTITUDE_AMSL, HEADING")),
        system_id=fields.whole(table, "system_id", 1),
        wind=Wind.parse(fields.text(table, "wind")) if "wind" in table else Wind(),
        seed=fields.whole(table, "seed", 0),
        airframe=fields.text(table, "airframe") if "airframe" in table else None,
        payload_kg=fields.number(table, "payload_kg", 0.0),
        battery_wh=fields.number(table, "battery_wh", 0.0) if "battery_wh" in table else None,
        battery_age=fields.number(table, "battery_age", 0.0),
        air_c=fields.number(table, "air_c", 20.0),
        boot_at=fields.number(table, "boot_at", 0.0) if "boot_at" in table else None,
        faults=tuple(parse_fault(text) for text in fields.texts(table, "faults")),
    )
    return Berth(config, tuple(Address.parse(text) for text in fields.texts(table, "listen")))


def _check_names(berths: Sequence[Berth]) -> None:
    names = [berth.config.name for berth in berths]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ConfigurationError("name", f"two vehicles are {twice[0]}", "give each a name of its own")


def _check_addresses(berths: Sequence[Berth]) -> None:
    seen: dict[Address, str] = {}
    for berth in berths:
        for address in berth.listen:
            # Two vehicles may call one station.
            if address in seen and address.port != 0 and not address.calls:
                problem = f"{address} is used by {seen[address]} and {berth.config.name}"
                raise ConfigurationError("listen", problem, "give each vehicle an address of its own")
            seen[address] = berth.config.name


def shifted(berths: Sequence[Berth], port_base: int) -> tuple[Berth, ...]:
    """Return the fleet with its lowest port moved to ``port_base``, and the others along with it.

    The stations that vehicles call stay where they are.
    """
    ports = [address.port for berth in berths for address in berth.listen if not address.calls]
    lowest = min(ports, default=port_base)
    if not 0 < port_base <= _PORTS - 1 - (max(ports, default=port_base) - lowest):
        raise ConfigurationError("port-base", f"{port_base} leaves no room", "choose one from 1024 to 65000")
    return tuple(
        replace(
            berth,
            listen=tuple(
                address if address.calls else address.with_port(address.port - lowest + port_base)
                for address in berth.listen
            ),
        )
        for berth in berths
    )
