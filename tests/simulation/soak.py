"""``make soak``: many deliveries over bad links, each flown to its end.

A failing seed is printed with the command that repeats it.
"""

import argparse
import os
import sys
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from tests.simulation.deliveries import finish, launch_over_a_bad_link


def fly(seed: int) -> tuple[int, str, str]:
    """Fly one delivery; return seed, how it ended, and what went wrong (empty if nothing)."""
    try:
        return seed, finish(launch_over_a_bad_link(seed), seed), ""
    except Exception:
        return seed, "broken", traceback.format_exc()


def main() -> int:
    """Fly the seeds and print how they ended; 1 if one of them broke a rule."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation.soak", description=__doc__)
    parser.add_argument("--seeds", type=int, default=200, help="how many")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    arguments = parser.parse_args()
    seeds = range(arguments.first, arguments.first + arguments.seeds)
    endings: Counter[str] = Counter()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for seed, ending, error in pool.map(fly, seeds):
            endings[ending] += 1
            if error:
                print(f"{error}repeat with: python -m tests.simulation.soak --seeds 1 --first {seed}")
    print(", ".join(f"{count} {ending}" for ending, count in sorted(endings.items())))
    return 1 if endings["broken"] else 0


if __name__ == "__main__":
    sys.exit(main())
