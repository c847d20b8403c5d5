"""Parts of the demonstration: ports, folders, child processes, the figures of the summary."""

import asyncio
import os
import socket
from pathlib import Path

import pytest

from api.cli.errors import CliError
from api.demo.ports import free_tcp_port, free_udp_base
from api.demo.processes import Processes
from api.demo.site import prepare
from dispatch.catalogue import load_fleet
from flight.transports.udp import address_of_link


def test_a_taken_port_is_not_used() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        wanted = int(taken.getsockname()[1])

        assert free_tcp_port(wanted) != wanted


def test_a_block_of_ports_moves_as_a_whole_when_one_is_taken() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        last = int(taken.getsockname()[1])

        assert free_udp_base(last - 2, [0, 1, 2]) != last - 2


def test_each_demonstration_gets_a_fresh_folder_and_ports_that_agree(tmp_path: Path) -> None:
    site = prepare(tmp_path, None, 8000, 60.0, Path("fleet.toml"))

    serve, simulate = site.serve_arguments(), site.simulate_arguments()

    fleet = load_fleet(site.data_dir / "fleet.toml")
    assert site.data_dir.parent == tmp_path
    assert [drone.id for drone in fleet] == [drone.id for drone in load_fleet()]
    assert min(address_of_link(drone.address.link)[1] for drone in fleet) == site.vehicle_base
    assert simulate[simulate.index("--port-base") + 1] == str(site.vehicle_base)
    for option in ("--epoch", "--speedup"):
        assert serve[serve.index(option) + 1] == simulate[simulate.index(option) + 1]


def test_a_process_that_dies_is_reported_with_its_last_words(tmp_path: Path) -> None:
    async def start_and_check() -> None:
        async with Processes(tmp_path) as processes:
            await processes.start("service", ["simulator", "--vehicle", "balloon"])
            while True:
                processes.check()
                await asyncio.sleep(0.05)

    with pytest.raises(CliError, match="balloon"):
        asyncio.run(start_and_check())


def test_no_process_outlives_the_demonstration(tmp_path: Path) -> None:
    async def start_and_fail() -> None:
        async with Processes(tmp_path) as processes:
            await processes.start("sleeper", ["http.server", "0", "--bind", "127.0.0.1"])
            pids.extend(process.pid for process in processes.running)
            raise ValueError("something else went wrong")

    pids: list[int] = []
    with pytest.raises(ValueError, match="something else"):
        asyncio.run(start_and_fail())

    with pytest.raises(ProcessLookupError):
        os.kill(pids[0], 0)
