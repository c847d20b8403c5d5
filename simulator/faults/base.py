"""The shape of a fault, and when it is at work."""

import math
from collections.abc import Hashable
from dataclasses import dataclass, fields
from typing import ClassVar, Protocol

from simulator.autopilot.craft import Craft
from simulator.errors import ConfigurationError
from simulator.hazards import Hazards


@dataclass(frozen=True, slots=True)
class Window:
    """When a fault is at work: from a time on, or by chance.

    Parameters
    ----------
    start_s
        Seconds after the vehicle was switched on.
    duration_s
        How long it lasts; to the end where infinite.
    rate_per_h
        How often it comes in an hour while it is not at work, from ``start_s`` on: the gaps are exponential.
        Once, at ``start_s``, where None.
    """

    start_s: float = 0.0
    duration_s: float = math.inf
    rate_per_h: float | None = None

    def __post_init__(self) -> None:
        if not (math.isfinite(self.start_s) and self.start_s >= 0.0):
            raise ConfigurationError("fault", f"start {self.start_s} s", "give seconds since power-on")
        if not self.duration_s > 0.0:
            raise ConfigurationError("fault", f"duration {self.duration_s} s", "give more than 0 seconds")
        if self.rate_per_h is not None and not 0.0 < self.rate_per_h < math.inf:
            raise ConfigurationError("fault", f"rate {self.rate_per_h}/h", "give a number above 0")

    def __str__(self) -> str:
        """Return the part of the text form that tells the time."""
        start = f"@{self.start_s:g}" if self.start_s or self.rate_per_h is None else ""
        if self.rate_per_h is not None:
            start += f"~{self.rate_per_h:g}/h"
        return start + (f"+{self.duration_s:g}" if math.isfinite(self.duration_s) else "")


ALWAYS = Window()


class Victim(Protocol):
    """What faults act upon: a vehicle."""

    @property
    def craft(self) -> Craft:
        """The aircraft."""
        ...

    def reboot(self) -> None:
        """Ask for a restart."""
        ...

    def overhear(self, data: bytes, peer: Hashable) -> None:
        """Take in bytes from somebody nobody knows, at once."""
        ...


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong; each kind overrides what it needs.

    Parameters
    ----------
    window
        When. A kind that ``is_instant`` is over as soon as it has struck; the harm of one that ``varies``
        depends on how long it has lasted.
    """

    kind: ClassVar[str] = ""
    is_instant: ClassVar[bool] = False
    varies: ClassVar[bool] = False
    window: Window = ALWAYS

    def strike(self, victim: Victim) -> None:
        """Do once what the fault does when it begins."""

    def act(self, victim: Victim, elapsed_s: float) -> None:
        """Do what the fault does at every step, ``elapsed_s`` after its beginning."""

    def harm(self, hazards: Hazards, elapsed_s: float) -> None:
        """Add to what is broken while the fault lasts."""

    def __str__(self) -> str:
        """Return the text form, as ``parse_fault`` reads it."""
        names = [each.name for each in fields(self) if each.name != "window"]
        options = ",".join(f"{name}={_shown(getattr(self, name))}" for name in names)
        return self.kind + (f":{options}" if options else "") + str(self.window)


def _shown(value: float | str) -> str:
    return value if isinstance(value, str) else f"{float(value):g}"
