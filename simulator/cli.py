"""The command line of the simulator."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from simulator.address import Address
from simulator.errors import ConfigurationError
from simulator.fleet import Berth, read_fleet, shifted, vehicle_class
from simulator.values import HomePoint, VehicleConfig, Wind

_EPILOG = """\
examples:
  python -m simulator --vehicle copter --listen udp:127.0.0.1:14550
  python -m simulator --vehicle quadplane --listen tcp:127.0.0.1:5760 --wind 8@220 --speedup 20
  python -m simulator --fleet simulator/fleets/goto.toml --speedup 40 --log build/tracks

A vehicle answers whoever sends it MAVLink (MAVProxy, QGroundControl, DroneKit, Tsubaki's gateway). A copter
can be armed 42 simulated seconds after its start, a quadplane after 25, as ArduPilot's own simulation. Stop
with Ctrl-C.
"""

_DEFAULT_LISTEN = "udp:127.0.0.1:14550"
_DEFAULT_HOME = "32.69676,128.85228,4,0"


class _Parser(argparse.ArgumentParser):
    """A parser whose errors become ours, so that they take one line."""

    def error(self, message: str) -> NoReturn:
        raise ConfigurationError("command line", message, "see python -m simulator --help")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = _Parser(
        prog="python -m simulator",
        description="Fly simulated drones that speak MAVLink 2 as ArduPilot does.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--vehicle", metavar="CLASS", help="copter or quadplane: fly one vehicle")
    which.add_argument("--fleet", metavar="FILE", type=Path, help="fly the vehicles of a TOML file")
    parser.add_argument(
        "--listen",
        metavar="ADDRESS",
        action="append",
        help=f"udp:HOST:PORT or tcp:HOST:PORT, repeatable; port 0: a free one (default {_DEFAULT_LISTEN})",
    )
    parser.add_argument(
        "--home",
        metavar="LAT,LON,ALT,HEADING",
        help=f"place in degrees, m above mean sea level, degrees (default {_DEFAULT_HOME}, Fukue Port)",
    )
    parser.add_argument("--system-id", metavar="N", type=int, help="MAVLink system id (default 1)")
    parser.add_argument("--name", help="name in status lines and log (default: the vehicle class)")
    parser.add_argument("--payload-kg", metavar="KG", type=float, help="mass of the parcel (default 0)")
    parser.add_argument(
        "--battery-wh", metavar="WH", type=float, help="battery (default: that of the airframe)"
    )
    parser.add_argument(
        "--wind", metavar="SPEED@FROM", help="wind in m/s and degrees, as 8@220 (default none)"
    )
    parser.add_argument("--seed", metavar="N", type=int, help="seed of all chance (default 0)")
    parser.add_argument(
        "--speedup", metavar="X", type=float, default=1.0, help="simulated seconds per second"
    )
    parser.add_argument(
        "--epoch",
        metavar="UNIX",
        type=float,
        help="Unix time at which simulated and wall time agree (default: the start)",
    )
    parser.add_argument(
        "--port-base", metavar="PORT", type=int, help="move the lowest port here, the others with it"
    )
    parser.add_argument(
        "--log", metavar="DIR", type=Path, help="write the track of each vehicle to DIR/NAME.jsonl"
    )
    return parser


def berths(arguments: argparse.Namespace) -> tuple[Berth, ...]:
    """Return the vehicles that the command line asks for; raise ConfigurationError."""
    if not 0.0 < arguments.speedup <= 1000.0:
        raise ConfigurationError(
            "speedup", f"{arguments.speedup} is out of range", "give a number up to 1000"
        )
    fleet = _fleet(arguments) if arguments.fleet is not None else (_single(arguments),)
    return fleet if arguments.port_base is None else shifted(fleet, arguments.port_base)


def _single(arguments: argparse.Namespace) -> Berth:
    config = VehicleConfig(
        name=arguments.name or arguments.vehicle,
        vehicle_class=vehicle_class(arguments.vehicle),
        home=HomePoint.parse(arguments.home or _DEFAULT_HOME),
        system_id=1 if arguments.system_id is None else arguments.system_id,
        wind=Wind.parse(arguments.wind) if arguments.wind else Wind(),
        seed=arguments.seed or 0,
        payload_kg=arguments.payload_kg or 0.0,
        battery_wh=arguments.battery_wh,
    )
    return Berth(config, tuple(Address.parse(text) for text in arguments.listen or [_DEFAULT_LISTEN]))


def _fleet(arguments: argparse.Namespace) -> tuple[Berth, ...]:
    for field in ("listen", "home", "system_id", "name", "payload_kg", "battery_wh"):
        if getattr(arguments, field) is not None:
            option = field.replace("_", "-")
            raise ConfigurationError(option, "does not go with --fleet", f"set {field} in the fleet file")
    fleet = read_fleet(arguments.fleet)
    if arguments.wind is not None:
        wind = Wind.parse(arguments.wind)
        fleet = tuple(replace(berth, config=replace(berth.config, wind=wind)) for berth in fleet)
    if arguments.seed is not None:
        fleet = tuple(
            replace(berth, config=replace(berth.config, seed=arguments.seed + number))
            for number, berth in enumerate(fleet)
        )
    return fleet
