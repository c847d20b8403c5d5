"""The wind of a place, as people write it down: ``8@220:shear=0.11,gusts=1``."""

import math
from dataclasses import dataclass

from simulator.errors import ConfigurationError

_FORM = "SPEED@FROM[:shear=EXPONENT,gusts=SHARE] (m/s and degrees, as 8@220:shear=0.11,gusts=1)"


@dataclass(frozen=True, slots=True)
class Wind:
    """A steady wind, how it grows with height, and how it gusts.

    Parameters
    ----------
    speed_m_s
        Mean speed 10 m above the ground, the height of weather reports (WMO Guide No. 8).
    from_deg
        Where it comes from, clockwise from north.
    shear
        Exponent of its growth with height, speed · (height / 10 m)^shear: 0.11 over open sea, 0.14 (1/7) over
        open land (Hsu et al., "Determining the power-law wind-profile exponent", Journal of Applied
        Meteorology 33, 1994). 0 is the same at all heights.
    gusts
        Turbulence: 0 none, 1 what MIL-F-8785C has for this wind near the ground.
    """

    speed_m_s: float = 0.0
    from_deg: float = 0.0
    shear: float = 0.0
    gusts: float = 0.0

    def __post_init__(self) -> None:
        if not all(map(math.isfinite, (self.speed_m_s, self.from_deg, self.shear, self.gusts))):
            raise ConfigurationError("wind", f"{self} is not finite", f"write it as {_FORM}")
        if self.speed_m_s < 0:
            raise ConfigurationError(
                "wind", f"speed {self.speed_m_s} is negative", "turn the direction instead"
            )
        if not 0.0 <= self.shear <= 1.0:
            raise ConfigurationError(
                "wind",
                f"shear {self.shear} is not an exponent from 0 to 1",
                "choose 0.11 at sea, 0.14 on land",
            )
        if self.gusts < 0:
            raise ConfigurationError(
                "wind", f"gusts {self.gusts} is negative", "choose 0 for none, 1 for usual"
            )

    def __str__(self) -> str:
        """Return the text that :meth:`parse` reads."""
        more = {"shear": self.shear, "gusts": self.gusts}
        text = ",".join(f"{name}={value:.12g}" for name, value in more.items() if value)
        return f"{self.speed_m_s:.12g}@{self.from_deg:.12g}" + (f":{text}" if text else "")

    @property
    def velocity_m_s(self) -> tuple[float, float]:
        """The movement of the air to the north and to the east, 10 m above the ground."""
        angle = math.radians(self.from_deg)
        return -self.speed_m_s * math.cos(angle), -self.speed_m_s * math.sin(angle)

    @classmethod
    def parse(cls, text: str) -> "Wind":
        """Read ``SPEED@FROM``, for example ``8@220``, with ``:shear=…,gusts=…`` behind it where wanted."""
        steady, colon, more = text.partition(":")
        speed, at, from_deg = steady.partition("@")
        options = [part.partition("=") for part in more.split(",")] if colon else []
        names = [name for name, _, _ in options]
        if not at or len(set(names)) != len(names) or not {"shear", "gusts"}.issuperset(names):
            raise _unreadable(text)
        try:
            return cls(float(speed), float(from_deg), **{name: float(value) for name, _, value in options})
        except ValueError:
            raise _unreadable(text) from None


def _unreadable(text: str) -> ConfigurationError:
    return ConfigurationError("wind", f"{text!r} cannot be read", f"write {_FORM}")


CALM = Wind()
"""No wind."""
