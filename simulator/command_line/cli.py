"""The options of ``python -m simulator``; ``asked`` makes the vehicles from them."""

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from simulator.airframes import AIRFRAMES
from simulator.command_line.made_fleet import SDK_PORT, STATION_PORT, TCP_PORT, UDP_PORT
from simulator.errors import ConfigurationError
from simulator.faults.kinds import KINDS
from simulator.faults.text import FORM

DEFAULT_HOME = "32.69676,128.85228,4,0"

_EPILOG = f"""\
examples:
  python -m simulator --copters 5 --quadplanes 2 --speedup 20
  python -m simulator --vehicle quadplane --listen tcp:127.0.0.1:5760 --wind 8@220 --fault gps_loss@600+30
  python -m simulator --fleet simulator/fleets/goto.toml --speedup 40 --log build/tracks

A vehicle answers whoever sends it MAVLink. Without --listen and --fleet it listens on TCP {TCP_PORT}
(MAVProxy, DroneKit) and UDP {UDP_PORT} (programs that speak first), each vehicle 10 higher than the one
before, and calls UDP {STATION_PORT} (QGroundControl) and {SDK_PORT} (MAVSDK).
A copter can be armed 42 simulated seconds after its start, a quadplane after 25, as in ArduPilot's own
simulation. Stop with Ctrl-C.

faults: {", ".join(KINDS)}
"""


_NEGATIVE = re.compile(r"-\.?\d.*")


class _Parser(argparse.ArgumentParser):
    """A parser whose errors become ours, so that they take one line."""

    def error(self, message: str) -> NoReturn:
        raise ConfigurationError("command line", message, "see python -m simulator --help")


def read(arguments: Sequence[str]) -> argparse.Namespace:
    """Read a command line, without the name of the program; raise ConfigurationError."""
    return _parser().parse_args(_southern(arguments))


def _southern(arguments: Sequence[str]) -> list[str]:
    """Tie ``--home -35.3,149.1,584,0`` together with "=": argparse takes that home for an option."""
    tied: list[str] = []
    for argument in arguments:
        if tied and tied[-1].startswith("--") and "=" not in tied[-1] and _NEGATIVE.fullmatch(argument):
            tied[-1] += f"={argument}"
        else:
            tied.append(argument)
    return tied


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m simulator",
        description="Fly simulated drones that speak MAVLink 2 as ArduPilot does.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_vehicles(parser.add_argument_group("which vehicles"))
    _add_links(parser.add_argument_group("links"))
    _add_world(parser.add_argument_group("the world"))
    _add_time(parser.add_argument_group("time and log"))
    return parser


def _add_vehicles(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--copters", metavar="N", type=int, help="fly N copters, named C1 to CN")
    group.add_argument("--quadplanes", metavar="N", type=int, help="fly N quadplanes, named Q1 to QN")
    group.add_argument("--vehicle", metavar="CLASS", help="copter or quadplane: fly one vehicle")
    group.add_argument("--fleet", metavar="FILE", type=Path, help="fly the vehicles of a TOML file")
    group.add_argument("--name", help="name of the one vehicle (default: its class)")
    group.add_argument("--system-id", metavar="N", type=int, help="MAVLink id of the first (default 1)")
    group.add_argument(
        "--airframe", metavar="NAME", help=f"{', '.join(AIRFRAMES)} (default: that named like the class)"
    )
    group.add_argument("--payload-kg", metavar="KG", type=float, help="mass of the parcel (default 0)")
    group.add_argument(
        "--battery-wh", metavar="WH", type=float, help="battery (default: that of the airframe)"
    )
    group.add_argument("--battery-age", metavar="AGE", type=float, help="0 new, 1 worn out (default 0)")


def _add_links(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--listen",
        metavar="ADDRESS",
        action="append",
        help="of the one vehicle, repeatable: udp:HOST:PORT or tcp:HOST:PORT listens (port 0: a free one), "
        "udpout:HOST:PORT calls a station (default: those below)",
    )
    group.add_argument(
        "-I", "--instance", metavar="N", type=int, default=0, help="move the vehicles' ports 10 N higher"
    )
    group.add_argument(
        "--port-base", metavar="PORT", type=int, help="move the lowest port here, the others with it"
    )


def _add_world(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--home",
        metavar="LAT,LON,ALT,HEADING",
        help=f"place in degrees, m above mean sea level, degrees (default {DEFAULT_HOME}, Fukue Port)",
    )
    group.add_argument(
        "--wind",
        metavar="SPEED@FROM",
        help="wind in m/s and degrees, as 8@220, or 8@220:shear=0.11,gusts=1 (default none)",
    )
    group.add_argument(
        "--air-c", metavar="C", type=float, help="temperature of the air at sea level (default 20)"
    )
    group.add_argument(
        "--fault",
        metavar="[NAME/]FAULT",
        action="append",
        help=f"what goes wrong, with all vehicles or with one, repeatable: {FORM}",
    )
    group.add_argument(
        "--surface",
        metavar="NAME",
        default="flat",
        help="flat: ground everywhere; goto: the Goto Islands, a landing at sea is a loss (default flat)",
    )
    group.add_argument("--seed", metavar="N", type=int, help="seed of all chance (default 0)")


def _add_time(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--speedup", metavar="X", type=float, default=1.0, help="simulated seconds per second")
    group.add_argument(
        "--epoch",
        metavar="UNIX",
        type=float,
        help="Unix time at which simulated and wall time agree (default: the start)",
    )
    group.add_argument(
        "--log", metavar="DIR", type=Path, help="write the track of each vehicle to DIR/NAME.jsonl"
    )
