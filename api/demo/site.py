"""Where one demonstration lives: its folder, ports, time, and the command lines that follow from them."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from api.cli.errors import CliError
from api.demo.ports import HOST, free_tcp_port, free_udp_base, free_udp_port
from dispatch.catalogue import load_fleet
from dispatch.values import Drone
from flight.plan import VehicleAddress
from flight.transports.udp import address_of_link

GATEWAY_PORT = 14540


@dataclass(frozen=True)
class DemoSite:
    """Folder, ports and time of one demonstration."""

    data_dir: Path
    key_file: Path
    port: int
    gateway_port: int
    vehicle_base: int
    speedup: float
    epoch: float
    simulator_fleet: Path

    @property
    def url(self) -> str:
        """Address of the service."""
        return f"http://{HOST}:{self.port}"

    @property
    def tracks(self) -> Path:
        """Folder of the simulator's own logs."""
        return self.data_dir / "tracks"

    def serve_arguments(self) -> list[str]:
        """Return the command line of the service, after ``python -m``."""
        options = {
            "--data-dir": self.data_dir,
            "--fleet": self._write_fleet(),
            "--policy": "demo",
            "--port": self.port,
            "--gateway-bind": f"udp:{HOST}:{self.gateway_port}",
            "--key-file": self.key_file,
            "--speedup": repr(self.speedup),
            "--epoch": repr(self.epoch),
        }
        return ["api.cli", "serve", *_flat(options)]

    def simulate_arguments(self) -> list[str]:
        """Return the command line of the simulated fleet, after ``python -m``."""
        options = {
            "--fleet": self.simulator_fleet,
            "--port-base": self.vehicle_base,
            "--log": self.tracks,
            "--speedup": repr(self.speedup),
            "--epoch": repr(self.epoch),
        }
        return ["simulator", *_flat(options)]

    def _write_fleet(self) -> Path:
        """Write the service's fleet file with this demonstration's ports."""
        path = self.data_dir / "fleet.toml"
        fleet = load_fleet()
        shift = self.vehicle_base - min(_ports(fleet))
        path.write_text("".join(_table(_moved(drone, shift)) for drone in fleet), encoding="utf-8")
        return path


def prepare(base: Path, data_dir: Path | None, port: int, speedup: float, simulator_fleet: Path) -> DemoSite:
    """Return a site with a fresh folder and free ports.

    Parameters
    ----------
    base
        Folder of all demonstrations; each gets its own below, and the newest keys lie here.
    data_dir
        A new or empty folder to use instead.
    """
    folder = data_dir or base / datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    if folder.exists() and any(folder.iterdir()):
        raise CliError(f"--data-dir: {folder} is not empty", "name a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    ports = _ports(load_fleet())
    lowest = min(ports)
    return DemoSite(
        data_dir=folder,
        key_file=(data_dir or base) / "keys.json",
        port=free_tcp_port(port),
        gateway_port=free_udp_port(GATEWAY_PORT),
        vehicle_base=free_udp_base(lowest, [each - lowest for each in ports]),
        speedup=speedup,
        epoch=time.time(),
        simulator_fleet=simulator_fleet,
    )


def _ports(fleet: Sequence[Drone]) -> list[int]:
    return [address_of_link(drone.address.link)[1] for drone in fleet]


def _moved(drone: Drone, shift: int) -> Drone:
    host, port = address_of_link(drone.address.link)
    return replace(drone, address=VehicleAddress(f"udp:{host}:{port + shift}", drone.address.system_id))


def _table(drone: Drone) -> str:
    return (
        f'[{drone.id}]\ntype = "{drone.type_id}"\nlink = "{drone.address.link}"\n'
        f'system_id = {drone.address.system_id}\nbase = "{drone.base_site_id}"\n\n'
    )


def _flat(options: dict[str, object]) -> list[str]:
    return [str(part) for option in options.items() for part in option]
