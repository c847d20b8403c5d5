"""What a format is: a Protocol, and what it reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from geofences.formats.plan_file import PlanFile
from geofences.zones import Corridor, Zone


@dataclass(frozen=True)
class Imported:
    """What a file holds.

    ``plan`` is all of a QGroundControl plan. ``notes`` tell every repair and loss, each naming feature and
    rule; without notes nothing was changed.
    """

    zones: tuple[Zone, ...]
    corridors: tuple[Corridor, ...] = ()
    plan: PlanFile | None = None
    notes: tuple[str, ...] = ()


class Format(Protocol):
    """A file format of zones: one small file in this folder, named in the registry."""

    @property
    def name(self) -> str:
        """The name on the command line."""
        ...

    @property
    def title(self) -> str:
        """The name for people."""
        ...

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings of its files' names, with the dot, in lower case."""
        ...

    def recognises(self, text: str, document: object) -> bool:
        """Say whether a text looks like this format.

        Parameters
        ----------
        text
            The content of the file.
        document
            The same as parsed from JSON, or None where it is not JSON.
        """
        ...

    def read(self, text: str, source: str) -> Imported:
        """Return what a text holds; raise DataError with all problems at once.

        Parameters
        ----------
        source
            The name of the file, for errors.
        """
        ...

    def write(self, zones: Sequence[Zone]) -> str:
        """Return the text; raise DataError naming zone and field of all that the format cannot say."""
        ...
