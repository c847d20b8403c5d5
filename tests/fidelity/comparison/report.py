"""How a comparison has come out."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Difference:
    """An expectation that does not hold.

    Parameters
    ----------
    expectation
        Its name, without numbers that may change from run to run: ``GROUP: NAME``.
    detail
        What was expected and what came.
    """

    expectation: str
    detail: str


@dataclass
class Report:
    """The expectations of one scenario, and which of them hold."""

    scenario: str
    held: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)

    def expect(self, group: str, name: str, good: bool, detail: str) -> None:
        """Count one expectation."""
        self.total[group] += 1
        self.held[group] += good
        if not good:
            self.differences.append(Difference(f"{group}: {name}", detail))
