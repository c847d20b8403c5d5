"""``python -m simulator``: the only place of this package that reads the wall clock."""

import asyncio
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from simulator import cli
from simulator.clock import SimulatedClock
from simulator.errors import SimulatorError
from simulator.fleet import Berth
from simulator.server import FleetServer


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    try:
        options = cli.parser().parse_args(arguments)
        epoch = time.time() if options.epoch is None else options.epoch
        clock = SimulatedClock(time.time, epoch, options.speedup)
        asyncio.run(_serve(cli.berths(options), clock, options.log))
    except SimulatorError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


async def _serve(berths: Sequence[Berth], clock: SimulatedClock, log: Path | None) -> None:
    server = FleetServer(berths, clock, lambda line: print(line, flush=True), log)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, server.stop)
    await server.run()


if __name__ == "__main__":
    sys.exit(main())
