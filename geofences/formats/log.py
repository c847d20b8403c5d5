"""What is told of a file: problems, which refuse it, and notes, which tell a repair or a loss."""

from dataclasses import dataclass, field

from geofences.errors import DataError


@dataclass
class Log:
    """Everything found in one file; reading goes on after a problem, so that all are told at once."""

    source: str
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def place(self, name: str) -> "Place":
        """Return a place of the file, such as "feature 0 (WIND-FARM)"."""
        return Place(self, name)

    def raise_problems(self) -> None:
        """Raise DataError with all problems, where there are any."""
        if self.problems:
            raise DataError(self.source, self.problems)


@dataclass(frozen=True)
class Place:
    """A part of a file, named in all that is told of it."""

    log: Log
    name: str

    def problem(self, text: str) -> None:
        """Tell of a broken rule; the file is refused."""
        self.log.problems.append(f"{self.name}: {text}")

    def note(self, text: str) -> None:
        """Tell of a repair or a loss; the file is read."""
        self.log.notes.append(f"{self.name}: {text}")

    def inside(self, name: str) -> "Place":
        """Return a place within this one."""
        return Place(self.log, f"{self.name}: {name}")
