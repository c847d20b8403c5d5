"""A value of a JSON document together with where it stands, so that errors can say where."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from flight.errors import PlanError

AS_WRITTEN = "restore it as QGroundControl writes it"
NEWER = "save the plan again with QGroundControl 4 or newer"


@dataclass(frozen=True)
class JsonPlace:
    """A value and its path from the root, ``$``."""

    path: str
    value: Any

    def member(self, name: str) -> Self:
        """Return a member of an object."""
        if not isinstance(self.value, Mapping):
            raise self.error("is not an object", AS_WRITTEN)
        if name not in self.value:
            raise self.error(f'has no "{name}"', NEWER)
        return type(self)(f"{self.path}.{name}", self.value[name])

    def has(self, name: str) -> bool:
        """Say whether an object has a member that is not null."""
        return isinstance(self.value, Mapping) and self.value.get(name) is not None

    def elements(self, least: int = 0, most: float = math.inf) -> list[Self]:
        """Return the elements of a list, which has so many of them."""
        if not isinstance(self.value, Sequence) or isinstance(self.value, str):
            raise self.error("is not a list", AS_WRITTEN)
        if not least <= len(self.value) <= most:
            raise self.error(f"has {len(self.value)} elements", AS_WRITTEN)
        return list(self._numbered())

    def number(self) -> float:
        """Return a finite number."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self.error("is not a number", "give a number")
        if not math.isfinite(self.value):
            raise self.error("is not finite", "give a finite number")
        return float(self.value)

    def whole(self) -> int:
        """Return a whole number."""
        number = self.number()
        if number != int(number):
            raise self.error("is not a whole number", "give a whole number")
        return int(number)

    def expect(self, wanted: object, remedy: str) -> None:
        """Raise PlanError if it is another value."""
        if self.value != wanted:
            raise self.error(f"is {self.value!r} and not {wanted!r}", remedy)

    def error(self, what: str, remedy: str) -> PlanError:
        """Return the error that says what is wrong here, and what to do."""
        return PlanError(f"{self.path} {what}: {remedy}")

    def _numbered(self) -> Iterator[Self]:
        for number, each in enumerate(self.value):
            yield type(self)(f"{self.path}[{number}]", each)
