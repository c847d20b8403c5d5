"""``make soak-geofences``: random flights in random airspaces, and every answer of the router judged.

A failing seed is printed with the command that repeats it.
"""

import argparse
import sys
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from tests.geofences_cases.cases import Ending, run
from tests.geofences_cases.worlds import GROUP

BROKEN = Ending("broken")
PROGRESS = 500
"""Cases between two lines that say how far it is."""


def fly(seed: int) -> tuple[int, Ending, str]:
    """Run one case; return seed, how it ended, and what went wrong (empty if nothing)."""
    try:
        return seed, run(seed), ""
    except Exception:
        return seed, BROKEN, traceback.format_exc()


def main() -> int:
    """Run the seeds and print how they ended; 1 if one of them broke a rule."""
    parser = argparse.ArgumentParser(prog="python -m tests.geofences_cases.soak", description=__doc__)
    parser.add_argument("--seeds", type=int, default=10_000, help="how many")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--processes", type=int, default=2, help="how many at a time")
    arguments = parser.parse_args()
    seeds = range(arguments.first, arguments.first + arguments.seeds)
    flights: Counter[str] = Counter()
    crossed: Counter[str] = Counter()
    with ProcessPoolExecutor(arguments.processes) as pool:
        for seed, ending, error in pool.map(fly, seeds, chunksize=GROUP):
            flights[ending.flight] += 1
            crossed.update([] if ending.crossed is None else [ending.crossed])
            if error:
                print(f"{error}repeat with: python -m tests.geofences_cases.soak --seeds 1 --first {seed}")
            if flights.total() % PROGRESS == 0:
                print(f"{flights.total()} cases, {flights['broken']} broken", flush=True)
    print(f"{flights.total()} flights: {_text(flights)}")
    print(f"{crossed.total()} zones across a way: {_text(crossed)}")
    return 1 if flights["broken"] else 0


def _text(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {ending}" for ending, count in sorted(counts.items()))


if __name__ == "__main__":
    sys.exit(main())
