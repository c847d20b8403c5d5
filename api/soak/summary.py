"""The figures of a campaign, for people and for programs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.soak.flight_end import FlightEnd
from api.soak.outcome import Outcome


@dataclass(frozen=True)
class Summary:
    """Sums over all seeds."""

    seeds: int
    failures: int
    deliveries: int
    requests: int
    excused: int
    faults: Counter[str]
    endings: Counter[str]
    flights: Counter[tuple[str, str]]
    simulated_hours: float
    cpu_s: float

    def flights_by_kind(self) -> dict[str, dict[str, int]]:
        """Return for each kind of fault, and for "all" and "none", how many flights ended how."""
        kinds = sorted({kind for kind, _ in self.flights})
        ends = [str(end) for end in FlightEnd]
        return {kind: {end: self.flights[kind, end] for end in ends} for kind in kinds}

    def as_json(self) -> dict[str, Any]:
        """Return what ``summary.json`` holds."""
        return {
            "seeds": self.seeds,
            "failures": self.failures,
            "deliveries": self.deliveries,
            "faults": dict(sorted(self.faults.items())),
            "simulated_hours": round(self.simulated_hours, 3),
            "endings": dict(sorted(self.endings.items())),
            "flights": self.flights_by_kind(),
            "excused": self.excused,
            "cpu_seconds": round(self.cpu_s, 1),
        }


def summary_of(outcomes: Sequence[Outcome]) -> Summary:
    """Return the sums of some seeds; a seed with several violations is one failure."""
    endings = sum((each.endings for each in outcomes), Counter[str]())
    return Summary(
        seeds=len(outcomes),
        failures=sum(bool(each.failures) for each in outcomes),
        deliveries=sum(each.deliveries for each in outcomes),
        requests=endings.total(),
        excused=sum(len(each.excused) for each in outcomes),
        faults=sum((each.faults for each in outcomes), Counter[str]()),
        endings=endings,
        flights=sum((each.flights for each in outcomes), Counter[tuple[str, str]]()),
        simulated_hours=sum(each.simulated_s for each in outcomes) / 3600.0,
        cpu_s=sum(each.cpu_s for each in outcomes),
    )
