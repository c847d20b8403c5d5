"""``python -m simulator``: the only place of this package that reads the wall clock."""

import asyncio
import signal
import sys
import time
from collections.abc import Sequence

from rich.console import Console

from simulator.command_line import asked, cli
from simulator.errors import SimulatorError
from simulator.shell.clock import SimulatedClock
from simulator.shell.server import FleetServer
from simulator.shell.status import Display, Lines
from simulator.shell.table import LiveTable
from simulator.surfaces import surface


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    try:
        options = cli.read(sys.argv[1:] if arguments is None else arguments)
        epoch = time.time() if options.epoch is None else options.epoch
        clock = SimulatedClock(time.time, epoch, options.speedup)
        berths = asked.berths(options)
        ground = surface(options.surface, [berth.config for berth in berths])
        asyncio.run(_serve(FleetServer(berths, clock, _display(), options.log, ground)))
    except SimulatorError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        # Ctrl-C before the sockets were open.
        return 0
    return 0


async def _serve(server: FleetServer) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, server.stop)
    await server.run()


def _display() -> Display:
    if sys.stdout.isatty():
        return LiveTable(Console(), time.monotonic)
    return Lines(lambda line: print(line, flush=True))


if __name__ == "__main__":
    sys.exit(main())
