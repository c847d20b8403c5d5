"""The vehicles that a command line asks for: one, those of a file, or so many of each class."""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import replace

from simulator.command_line.asked_faults import faults_of
from simulator.command_line.cli import DEFAULT_HOME
from simulator.command_line.fleet_file import Berth, read_fleet, shifted, vehicle_class
from simulator.command_line.made_fleet import PORTS_APART, addresses, made_fleet
from simulator.errors import ConfigurationError
from simulator.shell.address import Address
from simulator.values import HomePoint, VehicleConfig
from simulator.wind import Wind

_LARGEST_SPEEDUP = 1000.0
_LARGEST_EPOCH = 2.0**32
"""In the year 2106 a Unix time outgrows the 32 bits in which vehicles keep it."""

_ONLY_ONE = ("listen", "name")
"""Options that say something of a single vehicle."""
_NOT_OF_A_FILE = (
    *_ONLY_ONE,
    *("home", "system_id", "airframe", "payload_kg", "battery_wh", "battery_age", "air_c"),
)
"""Options whose place is the fleet file."""


def berths(arguments: argparse.Namespace) -> tuple[Berth, ...]:
    """Return the vehicles that the command line asks for; raise ConfigurationError."""
    if not 0.0 < arguments.speedup <= _LARGEST_SPEEDUP:
        problem = f"{arguments.speedup} is out of range"
        raise ConfigurationError("speedup", problem, f"give a number above 0, up to {_LARGEST_SPEEDUP:.0f}")
    if arguments.epoch is not None and not 0.0 <= arguments.epoch < _LARGEST_EPOCH:
        problem = f"{arguments.epoch} is no Unix time"
        raise ConfigurationError("epoch", problem, "give seconds since 1970, as 1800000000")
    if arguments.instance < 0:
        raise ConfigurationError("instance", f"{arguments.instance} is negative", "count from 0")
    fleet = _in_the_world(_vehicles(arguments), arguments)
    return fleet if arguments.port_base is None else shifted(fleet, arguments.port_base)


def _vehicles(arguments: argparse.Namespace) -> tuple[Berth, ...]:
    made = arguments.copters is not None or arguments.quadplanes is not None
    ways = (made, arguments.vehicle is not None, arguments.fleet is not None)
    if sum(ways) != 1:
        raise ConfigurationError(
            "command line",
            "names vehicles in two ways" if any(ways) else "names no vehicles",
            "give --copters N and --quadplanes N, or --vehicle CLASS, or --fleet FILE",
        )
    if made:
        return _made(arguments)
    if arguments.vehicle is not None:
        return (_single(arguments),)
    return tuple(
        replace(berth, listen=_moved(berth.listen, arguments.instance)) for berth in _from_file(arguments)
    )


def _made(arguments: argparse.Namespace) -> tuple[Berth, ...]:
    _refuse(_ONLY_ONE, arguments, "--copters and --quadplanes", "give it with --vehicle")
    fleet = made_fleet(
        arguments.copters or 0,
        arguments.quadplanes or 0,
        HomePoint.parse(arguments.home or DEFAULT_HOME),
        1 if arguments.system_id is None else arguments.system_id,
        arguments.instance,
    )
    return tuple(
        replace(berth, config=_outfitted(replace(berth.config, seed=number), arguments))
        for number, berth in enumerate(fleet)
    )


def _single(arguments: argparse.Namespace) -> Berth:
    config = VehicleConfig(
        name=arguments.vehicle if arguments.name is None else arguments.name,
        vehicle_class=vehicle_class(arguments.vehicle),
        home=HomePoint.parse(arguments.home or DEFAULT_HOME),
        system_id=1 if arguments.system_id is None else arguments.system_id,
    )
    return Berth(_outfitted(config, arguments), _of_one(arguments))


def _of_one(arguments: argparse.Namespace) -> tuple[Address, ...]:
    """Return the addresses of a single vehicle: those it is given, or those of the first of a fleet."""
    if arguments.listen is None:
        return addresses(arguments.instance)
    return _moved([Address.parse(text) for text in arguments.listen], arguments.instance)


def _outfitted(config: VehicleConfig, arguments: argparse.Namespace) -> VehicleConfig:
    return replace(
        config,
        airframe=arguments.airframe,
        payload_kg=arguments.payload_kg or 0.0,
        battery_wh=arguments.battery_wh,
        battery_age=arguments.battery_age or 0.0,
        air_c=20.0 if arguments.air_c is None else arguments.air_c,
    )


def _from_file(arguments: argparse.Namespace) -> tuple[Berth, ...]:
    _refuse(_NOT_OF_A_FILE, arguments, "--fleet", "set it in the fleet file")
    return read_fleet(arguments.fleet)


def _refuse(fields: Iterable[str], arguments: argparse.Namespace, with_what: str, remedy: str) -> None:
    for field in fields:
        if getattr(arguments, field) is not None:
            raise ConfigurationError(field.replace("_", "-"), f"does not go with {with_what}", remedy)


def _moved(listen: Iterable[Address], instance: int) -> tuple[Address, ...]:
    """Return the addresses of another instance; the stations that are called stay where they are."""
    by = PORTS_APART * instance
    return tuple(address if address.calls else address.moved(by) for address in listen)


def _in_the_world(fleet: Sequence[Berth], arguments: argparse.Namespace) -> tuple[Berth, ...]:
    """Return the fleet in the wind, with the seed and with the faults of the command line."""
    wind = None if arguments.wind is None else Wind.parse(arguments.wind)
    configs = [berth.config for berth in fleet]
    if wind is not None:
        configs = [replace(config, wind=wind) for config in configs]
    if arguments.seed is not None:
        configs = [replace(each, seed=arguments.seed + number) for number, each in enumerate(configs)]
    faults = faults_of(arguments.fault or (), [config.name for config in configs])
    configs = [replace(config, faults=(*config.faults, *faults[config.name])) for config in configs]
    return tuple(replace(berth, config=config) for berth, config in zip(fleet, configs, strict=True))
