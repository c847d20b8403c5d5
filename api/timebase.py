"""The accelerated time of an installation, kept in its database.

The numbers are stored at the first start, so that a restarted service goes on in the same time, and the
simulator, in another process, shares it.
"""

import time
from datetime import datetime

from api.clock import ScaledClock
from dispatch.errors import InvalidInput
from dispatch.store.store import Store

EPOCH_SETTING = "clock.epoch"
SPEEDUP_SETTING = "clock.speedup"


def stored_clock(store: Store, epoch: float | None, speedup: float | None) -> ScaledClock:
    """Return the installation's clock; make and store it at the first start.

    Parameters
    ----------
    store
        The database.
    epoch
        Unix time in seconds to begin with at the first start; now where not given.
    speedup
        Seconds of the clock per second; what is stored, or 1, where not given.

    Raises
    ------
    InvalidInput
        Another speedup or epoch than the stored one was asked for: time would jump.
    """
    with store.writing() as work:
        kept = {name: work.settings.get(name) for name in (EPOCH_SETTING, SPEEDUP_SETTING)}
        if kept[EPOCH_SETTING] is None:
            clock = ScaledClock(epoch if epoch is not None else time.time(), speedup or 1.0)
            work.settings.save(EPOCH_SETTING, repr(clock.epoch))
            work.settings.save(SPEEDUP_SETTING, repr(clock.speedup))
            return clock
    clock = ScaledClock(float(kept[EPOCH_SETTING] or 0), float(kept[SPEEDUP_SETTING] or 1))
    _check_same("speedup", speedup, clock.speedup)
    _check_same("epoch", epoch, clock.epoch)
    return clock


def present_time(store: Store) -> datetime:
    """Return the installation's time; wall time where the service has never run, without storing anything."""
    with store.reading() as work:
        epoch, speedup = work.settings.get(EPOCH_SETTING), work.settings.get(SPEEDUP_SETTING)
    return ScaledClock(float(epoch or 0), float(speedup or 1)).utc()


def _check_same(field: str, asked: float | None, kept: float) -> None:
    if asked is not None and asked != kept:
        raise InvalidInput(
            field,
            f"{asked:g} was asked for, and this database runs with {kept:g}",
            f"leave --{field} out, or use another --data-dir",
            f"このデータベースの{field}は{kept:g}です",
        )
