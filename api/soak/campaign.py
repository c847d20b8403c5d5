"""Many seeds, on all cores."""

import os
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

from api.soak.faults import chosen_kinds
from api.soak.outcome import Outcome
from api.soak.seed import fly


@dataclass(frozen=True)
class Campaign:
    """Which seeds are flown, and how.

    Parameters
    ----------
    seeds
        Which.
    faults
        As `api.soak.faults.chosen_kinds` reads them.
    is_day
        Whether each seed is a whole day.
    """

    seeds: Sequence[int]
    faults: str = "all"
    is_day: bool = False

    def repeat_command(self, seed: int) -> str:
        """Return the command that flies one seed of this campaign again."""
        day = " --day" if self.is_day else ""
        return f"tsubaki soak --seeds 1 --first {seed} --faults {self.faults}{day}"


def run_campaign(campaign: Campaign, processes: int | None = None) -> Iterator[Outcome]:
    """Yield what came of each seed, in their order."""
    fly_one = partial(_fly, campaign)
    count = min(processes or os.cpu_count() or 1, len(campaign.seeds))
    if count == 1:
        yield from map(fly_one, campaign.seeds)
        return
    with ProcessPoolExecutor(count) as pool:
        yield from pool.map(fly_one, campaign.seeds)


def _fly(campaign: Campaign, seed: int) -> Outcome:
    """Fly one seed; what stops it is a failure of that seed, and not of the others."""
    try:
        return fly(seed, chosen_kinds(campaign.faults), is_day=campaign.is_day)
    except Exception:
        return Outcome(seed, Counter(), Counter(), Counter(), (traceback.format_exc(),), (), 0.0, 0.0, "")
