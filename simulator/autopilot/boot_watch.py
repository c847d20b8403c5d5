"""What happens by itself: texts, home and first mode of the start, and the news of a home that has moved."""

from collections.abc import Callable

from simulator.autopilot.base import Autopilot
from simulator.autopilot.modes import INITIALISING

_FIRST_PLANE_MODE = 5
"""FBWA, after the two seconds of INITIALISING."""


class BootWatch:
    """Walks through the boot profile of a vehicle once."""

    def __init__(self, autopilot: Autopilot, announce_home: Callable[[], None]) -> None:
        self._autopilot = autopilot
        self._announce_home = announce_home
        self._next_text = 0
        self._over = False

    def step(self) -> None:
        """Say and do what is due."""
        if self._autopilot.home_moved:
            self._autopilot.home_moved = False
            self._announce_home()
        if self._over:
            return
        craft = self._autopilot.craft
        boot = craft.boot
        while self._next_text < len(boot.texts) and craft.time >= boot.texts[self._next_text][0]:
            _, severity, words = boot.texts[self._next_text]
            craft.say(words.format(elevation=craft.config.home.altitude_amsl_m), severity)
            self._next_text += 1
        if self._autopilot.mode is INITIALISING and craft.time >= boot.initialised_at:
            self._autopilot.set_mode(_FIRST_PLANE_MODE)
        if not craft.home_known and craft.time >= boot.origin_at:
            self._autopilot.store_home()
            self._announce_home()
        self._over = craft.home_known and self._next_text == len(boot.texts)
