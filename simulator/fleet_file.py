"""Fleet files: a TOML with one ``[[vehicle]]`` table for each vehicle."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from simulator.address import Address
from simulator.errors import ConfigurationError
from simulator.faults import parse_fault
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
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(
            "fleet", f"cannot read {path} ({error.strerror})", "give the path of a file"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            "fleet", f"{path} is not TOML ({error})", "see simulator/fleets/goto.toml"
        ) from None
    tables = document.get("vehicle")
    if not isinstance(tables, list) or not tables:
        raise ConfigurationError(
            "fleet", f"{path} has no [[vehicle]] table", "see simulator/fleets/goto.toml"
        )
    berths = tuple(
        _berth(table, f"{path.name}, vehicle {number}") for number, table in enumerate(tables, start=1)
    )
    _check_addresses(berths)
    return berths


def _berth(table: dict[str, Any], where: str) -> Berth:
    unknown = sorted(set(table) - _KEYS)
    if unknown:
        known = ", ".join(sorted(_KEYS))
        raise ConfigurationError(
            f"{where}: {unknown[0]}", "is not a field of a vehicle", f"fields are {known}"
        )
    missing = [key for key in ("name", "class", "listen", "home") if key not in table]
    if missing:
        raise ConfigurationError(f"{where}: {missing[0]}", "is missing", "add it")
    try:
        return _read(table)
    except ConfigurationError as error:
        raise ConfigurationError(f"{where}: {error.field}", error.problem, error.remedy) from None
    except (TypeError, ValueError) as error:
        raise ConfigurationError(where, str(error), "see simulator/fleets/goto.toml") from None


def _read(table: dict[str, Any]) -> Berth:
    listen = table["listen"]
    config = VehicleConfig(
        name=str(table["name"]),
        vehicle_class=vehicle_class(table["class"]),
        home=HomePoint(*(float(number) for number in table["home"])),
        system_id=int(table.get("system_id", 1)),
        wind=Wind.parse(table["wind"]) if "wind" in table else Wind(),
        seed=int(table.get("seed", 0)),
        airframe=str(table["airframe"]) if "airframe" in table else None,
        payload_kg=float(table.get("payload_kg", 0.0)),
        battery_wh=float(table["battery_wh"]) if "battery_wh" in table else None,
        battery_age=float(table.get("battery_age", 0.0)),
        air_c=float(table.get("air_c", 20.0)),
        boot_at=float(table["boot_at"]) if "boot_at" in table else None,
        faults=tuple(parse_fault(text) for text in table.get("faults", ())),
    )
    return Berth(
        config, tuple(Address.parse(text) for text in ([listen] if isinstance(listen, str) else listen))
    )


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
