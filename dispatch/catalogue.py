"""Drone types and fleets from TOML files."""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from dispatch.errors import InvalidInput
from dispatch.values import Drone, DroneType, TemperatureClass
from flight.plan import VehicleAddress, VehicleClass

DATA = Path(__file__).parent / "data"
DRONE_TYPES = DATA / "drone_types.toml"
GOTO_FLEET = DATA / "goto_fleet.toml"

AUTOPILOT = 1
"""The component id of an autopilot (``MAV_COMP_ID_AUTOPILOT1``), unless the fleet file says otherwise."""

Catalogue = Mapping[str, DroneType]
"""Drone types by id."""

T = TypeVar("T")


def load_drone_types(path: Path = DRONE_TYPES) -> Catalogue:
    """Read drone types; raise `InvalidInput` naming the table and what is wrong with it."""
    return {type_.id: type_ for type_ in _read(path, _drone_type)}


def load_fleet(path: Path = GOTO_FLEET) -> list[Drone]:
    """Read a fleet; raise `InvalidInput` naming the table and what is wrong with it."""
    return _read(path, _drone)


def _read(path: Path, parse: Callable[[str, dict[str, Any]], T]) -> list[T]:
    where = path.name
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        values = []
        for where, table in tables.items():
            values.append(parse(where, table))
    except KeyError as error:
        raise _bad_file(path, where, f"{error} is missing") from error
    except (OSError, TypeError, ValueError) as error:
        raise _bad_file(path, where, str(error)) from error
    return values


def _bad_file(path: Path, where: str, problem: str) -> InvalidInput:
    return InvalidInput(
        where,
        f"{path.name} cannot be used: {problem}",
        "compare it with the files in dispatch/data",
        f"設定ファイル {path.name} の {where} が正しくありません: {problem}",
    )


def _drone_type(type_id: str, table: dict[str, Any]) -> DroneType:
    vehicle_class = VehicleClass(table.pop("vehicle_class"))
    temperatures = frozenset(map(TemperatureClass, table.pop("temperatures")))
    return DroneType(id=type_id, vehicle_class=vehicle_class, temperatures=temperatures, **table)


def _drone(drone_id: str, table: dict[str, Any]) -> Drone:
    address = VehicleAddress(table["link"], table["system_id"], table.get("component_id", AUTOPILOT))
    return Drone(
        id=drone_id,
        type_id=table["type"],
        address=address,
        base_site_id=table["base"],
        uid=table.get("uid"),
        backup_links=tuple(_list_of_texts(table, "backup_links")),
        may_move=_truth(table, "may_move"),
    )


def _truth(table: dict[str, Any], name: str) -> bool:
    value = table.get(name, False)
    if not isinstance(value, bool):
        raise TypeError(f"{name} is true or false")
    return value


def _list_of_texts(table: dict[str, Any], name: str) -> list[str]:
    values = table.get(name, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError(f'{name} is a list of texts, such as ["udp:127.0.0.1:14661"]')
    return values
