"""What came of one seed."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Outcome:
    """The end of one world.

    Parameters
    ----------
    seed
        Of all its chance.
    faults
        Faults injected, by kind.
    endings
        Requests, by the state in which they ended.
    flights
        Flights, by how they ended and by each kind of fault that struck their drone before (or "none").
    failures
        What broke a rule, each as a sentence.
    excused
        What would have broken a rule if a fault had not explained it, with the fault.
    simulated_s
        Virtual seconds.
    cpu_s
        Processor seconds; it takes no part in the hash.
    log_hash
        SHA-256 of the event log.
    """

    seed: int
    faults: Counter[str]
    endings: Counter[str]
    flights: Counter[tuple[str, str]]
    failures: tuple[str, ...]
    excused: tuple[str, ...]
    simulated_s: float
    cpu_s: float = field(compare=False)
    log_hash: str

    @property
    def deliveries(self) -> int:
        """How many requests were delivered."""
        return self.endings["delivered"] + self.endings["received"]
