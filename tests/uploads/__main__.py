"""``make soak-uploads``: uploads of whole plans over bad links, each judged by what is on board at the end.

A failing seed is printed with the command that repeats it.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

from tests.uploads.transfer import RIGHT, Ending, run

GROUP = 25
PROGRESS = 500
"""Uploads between two lines that say how far it is."""

MODERATE_LOSS, MODERATE_DELAY_S = 0.3, 1.5


def main() -> int:
    """Run the seeds and print how they ended; 1 if a plan was wrong or an upload did not end."""
    parser = argparse.ArgumentParser(prog="python -m tests.uploads", description=__doc__)
    parser.add_argument("--count", type=int, default=5000, help="how many")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--processes", type=int, default=2, help="how many at a time")
    arguments = parser.parse_args()
    endings: list[Ending] = []
    with ProcessPoolExecutor(arguments.processes) as pool:
        seeds = range(arguments.first, arguments.first + arguments.count)
        for ending in pool.map(run, seeds, chunksize=GROUP):
            endings.append(ending)
            if ending.is_broken:
                print(f"{ending}\nrepeat with: python -m tests.uploads --count 1 --first {ending.seed}")
            if len(endings) % PROGRESS == 0:
                print(f"{len(endings)} uploads", flush=True)
    print(_report("all", endings))
    print(_report("loss <= 30 %, delay <= 1.5 s", [each for each in endings if _is_moderate(each)]))
    return 1 if any(each.is_broken for each in endings) else 0


def _is_moderate(ending: Ending) -> bool:
    quality = ending.quality
    return quality.loss <= MODERATE_LOSS and quality.delay_s + quality.jitter_s <= MODERATE_DELAY_S


def _report(title: str, endings: Sequence[Ending]) -> str:
    if not endings:
        return f"{title}: none"
    counts = Counter(each.verdict for each in endings)
    times = sorted(each.duration_s for each in endings if each.verdict == RIGHT)
    slipped = sum(each.slipped for each in endings)
    slowest = max(endings, key=lambda each: each.duration_s)
    median = f"median {times[len(times) // 2]:.0f} s, " if times else ""
    return (
        f"{title}: {len(endings)} uploads: {', '.join(f'{n} {name}' for name, n in counts.most_common())}; "
        f"{median}slowest {slowest.duration_s:.0f} s (seed {slowest.seed}); "
        f"{slipped} damaged frames passed the checksum"
    )


if __name__ == "__main__":
    sys.exit(main())
