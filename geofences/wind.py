"""Wind over the map: the same everywhere, or a grid in space and time as weather models give it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Protocol, Self

import numpy as np
import numpy.typing as npt

from geofences.errors import DataError

Floats = npt.NDArray[np.float64]


class WindField(Protocol):
    """Where the air goes, at any place and time.

    Places are metres on the local map, times POSIX seconds (1970, UTC), so that a flight that waits meets
    the wind of its real departure.
    """

    @property
    def strongest_m_s(self) -> float:
        """No wind of this field is stronger."""
        ...

    @property
    def span_s(self) -> tuple[float, float]:
        """The first and the last moment that the field knows."""
        ...

    def at(self, x_m: Floats, y_m: Floats, when_s: Floats) -> tuple[Floats, Floats]:
        """Return the velocity of the air to the east and to the north, in m/s (arrays of one shape)."""
        ...


@dataclass(frozen=True, slots=True)
class Wind:
    """A uniform wind; ``from_deg`` is where it comes from, clockwise from north."""

    speed_m_s: float
    from_deg: float

    def __str__(self) -> str:
        """Say it as pilots do."""
        return f"wind of {self.speed_m_s:g} m/s from {self.from_deg:g}°"

    @property
    def velocity_m_s(self) -> tuple[float, float]:
        """Where the air goes, to the east and to the north."""
        angle = math.radians(self.from_deg)
        return -self.speed_m_s * math.sin(angle), -self.speed_m_s * math.cos(angle)

    @property
    def strongest_m_s(self) -> float:
        """The wind itself."""
        return self.speed_m_s

    @property
    def span_s(self) -> tuple[float, float]:
        """It always blows."""
        return -math.inf, math.inf

    def at(self, x_m: Floats, y_m: Floats, when_s: Floats) -> tuple[Floats, Floats]:
        """Return the same velocity for every place and time."""
        east_m_s, north_m_s = self.velocity_m_s
        return np.full(np.shape(x_m), east_m_s), np.full(np.shape(x_m), north_m_s)


NO_WIND = Wind(0.0, 0.0)


@dataclass(frozen=True, eq=False)
class WindGrid:
    """Wind on a grid: bilinear in place, linear in time.

    Outside the grid's area the wind of its nearest edge holds; outside its time nothing is known.

    Parameters
    ----------
    x_m, y_m
        Columns and rows on the local map, growing, shapes (nx,) and (ny,).
    times_s
        POSIX seconds of the frames, growing, shape (nt,).
    east_m_s, north_m_s
        Velocity of the air, shape (nt, ny, nx).
    """

    x_m: Floats
    y_m: Floats
    times_s: Floats
    east_m_s: Floats = field(repr=False)
    north_m_s: Floats = field(repr=False)

    def __post_init__(self) -> None:
        """Raise DataError with everything that is wrong with the grid."""
        if problems := [*self._axis_problems(), *self._value_problems()]:
            raise DataError("wind grid", problems)

    @classmethod
    def from_frames(
        cls, x_m: Sequence[float], y_m: Sequence[float], frames: Sequence[tuple[datetime, npt.ArrayLike]]
    ) -> Self:
        """Return the grid of frames: time (aware), east and north velocity of shape (2, ny, nx) in m/s.

        Raises
        ------
        DataError
            Where a time is naive, or shapes or values cannot be a grid.
        """
        if naive := [when.isoformat() for when, _ in frames if when.utcoffset() is None]:
            raise DataError("wind grid", [f"frame {each}: the time must carry its offset" for each in naive])
        values = np.array([np.asarray(each, dtype=np.float64) for _, each in frames])
        times_s = np.array([when.timestamp() for when, _ in frames])
        if values.ndim != 4 or values.shape[1] != 2:
            raise DataError("wind grid", [f"frames have the shape {values.shape[1:]}, not (2, ny, nx)"])
        return cls(np.array(x_m, float), np.array(y_m, float), times_s, values[:, 0], values[:, 1])

    def __str__(self) -> str:
        """Say how strong it gets."""
        return f"wind of up to {self.strongest_m_s:.1f} m/s"

    @cached_property
    def strongest_m_s(self) -> float:
        """The strongest wind at a grid point; interpolation never gives more."""
        return float(np.hypot(self.east_m_s, self.north_m_s).max())

    @property
    def span_s(self) -> tuple[float, float]:
        """The times of the first and the last frame."""
        return float(self.times_s[0]), float(self.times_s[-1])

    def at(self, x_m: Floats, y_m: Floats, when_s: Floats) -> tuple[Floats, Floats]:
        """Return the velocity; raise DataError for a time before the first or after the last frame."""
        first_s, last_s = self.span_s
        if np.any(when_s < first_s) or np.any(when_s > last_s):
            raise DataError(
                "wind grid", [f"knows {utc_text(first_s)} to {utc_text(last_s)}, asked for {_asked(when_s)}"]
            )
        column, right = _cell(self.x_m, x_m)
        row, up = _cell(self.y_m, y_m)
        frame, later = _cell(self.times_s, when_s)
        air = np.zeros(np.shape(x_m), dtype=np.complex128)
        for k, j, i in np.ndindex(2, 2, 2):
            weight = _part(later, k) * _part(up, j) * _part(right, i)
            air = air + weight * self._air[frame + k, row + j, column + i]
        return air.real, air.imag

    @cached_property
    def _air(self) -> npt.NDArray[np.complex128]:
        """East + i north, the last frame, row and column twice: the cell of a single one needs two."""
        air = np.asarray(self.east_m_s + 1j * self.north_m_s)
        return np.pad(air, [(0, 1)] * 3, mode="edge")

    def _axis_problems(self) -> list[str]:
        axes = {"x_m": self.x_m, "y_m": self.y_m, "times_s": self.times_s}
        empty = [f"{name} is empty" for name, axis in axes.items() if axis.ndim != 1 or axis.size == 0]
        unordered = [
            f"{name} must be finite and grow"
            for name, axis in axes.items()
            if not np.isfinite(axis).all() or (np.diff(axis) <= 0.0).any()
        ]
        return empty + unordered

    def _value_problems(self) -> list[str]:
        shape = (self.times_s.size, self.y_m.size, self.x_m.size)
        values = {"east_m_s": self.east_m_s, "north_m_s": self.north_m_s}
        misshapen = [
            f"{name} has the shape {each.shape}, not {shape}"
            for name, each in values.items()
            if each.shape != shape
        ]
        return misshapen + [
            f"{name} holds what is not finite" for name, each in values.items() if not np.isfinite(each).all()
        ]


@dataclass(frozen=True, slots=True)
class HeldWind:
    """A wind field whose last moment lasts: to tell a wind that is too strong from one that is not known."""

    field: WindField

    @property
    def strongest_m_s(self) -> float:
        """That of the field."""
        return self.field.strongest_m_s

    @property
    def span_s(self) -> tuple[float, float]:
        """From the field's first moment on."""
        return self.field.span_s[0], math.inf

    def at(self, x_m: Floats, y_m: Floats, when_s: Floats) -> tuple[Floats, Floats]:
        """Return the wind of the field, after its end that of its last moment."""
        return self.field.at(x_m, y_m, np.minimum(when_s, self.field.span_s[1]))


def _cell(axis: Floats, values: Floats) -> tuple[npt.NDArray[np.intp], Floats]:
    """Return the cell of each value and how far it lies in it, 0 to 1; outside, the nearest edge."""
    if axis.size == 1:
        return np.zeros(np.shape(values), dtype=np.intp), np.zeros(np.shape(values))
    inside = np.minimum(np.maximum(values, axis[0]), axis[-1])
    index = np.minimum(np.searchsorted(axis, inside, side="right") - 1, axis.size - 2)
    return index, (inside - axis[index]) / (axis[index + 1] - axis[index])


def _part(part: Floats, corner: int) -> Floats:
    return part if corner else 1.0 - part


def _asked(when_s: Floats) -> str:
    return f"{utc_text(float(np.min(when_s)))} to {utc_text(float(np.max(when_s)))}"


def utc_text(when_s: float) -> str:
    """Return POSIX seconds as a UTC time for people."""
    return str(np.datetime64(round(when_s), "s")) + "Z"
