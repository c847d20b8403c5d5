"""The demonstration from start to end."""

import asyncio
import contextlib
import signal
import time

from rich.console import Console

from api.cli.client import ApiClient
from api.cli.errors import CliError
from api.demo import delivery
from api.demo.processes import Processes
from api.demo.site import DemoSite
from api.demo.summary import summary_table, write_files
from api.roles import Role


def run(site: DemoSite, console: Console, *, once: bool) -> None:
    """Fly one delivery; then serve until Ctrl-C, or return when ``once``.

    Raises
    ------
    CliError
        The delivery failed; nothing is left running.
    """
    asyncio.run(_until_signalled(site, console, once=once))


async def _until_signalled(site: DemoSite, console: Console, *, once: bool) -> None:
    main = asyncio.create_task(_demonstrate(site, console, once=once), name="demo")
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, main.cancel)
    try:
        await main
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None


async def _demonstrate(site: DemoSite, console: Console, *, once: bool) -> None:
    async with Processes(site.data_dir) as processes:
        console.print(f"starting three simulated drones and the service, {site.speedup:g} times real time …")
        await processes.start("simulator", site.simulate_arguments())
        await processes.start("service", site.serve_arguments())
        await delivery.wait_until_ready(site.url, processes)
        keys = delivery.keys_from(site.key_file)
        with ApiClient(site.url, keys[Role.CLINIC]) as clinic:
            await _deliver(site, clinic, processes, console)
        console.print(f"管理画面 console: {site.url}/#key={keys[Role.OPERATOR]}", soft_wrap=True)
        if not once:
            console.print("Ctrl-C で終了 / ends the demonstration")
            await _serve(processes)


async def _serve(processes: Processes) -> None:
    """Keep serving; to be interrupted is now the regular end."""
    with contextlib.suppress(asyncio.CancelledError):
        while True:
            processes.check()
            await asyncio.sleep(1)


async def _deliver(site: DemoSite, clinic: ApiClient, processes: Processes, console: Console) -> None:
    began = time.monotonic()
    request_id = await asyncio.to_thread(delivery.submit, clinic)
    picture = await delivery.follow_to_the_end(clinic, request_id, site.speedup, processes, console)
    request = await asyncio.to_thread(delivery.receive, clinic, picture)
    wall_s = time.monotonic() - began
    sortie = picture[1]
    if sortie is None or sortie["state"] != "closed":
        raise CliError(f"the sortie of request {request_id} was not closed", f"see {site.data_dir}")
    files = await asyncio.to_thread(write_files, clinic, site, sortie)
    console.print(summary_table(request, sortie, wall_s, files))
