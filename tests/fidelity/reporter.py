"""Writes observations into the trace: phases and facts."""

from collections.abc import Callable
from typing import Any

from tests.fidelity.errors import StuckError
from tests.fidelity.link import Link
from tests.fidelity.observer import Observer


class Reporter(Observer):
    """Names the parts of a scenario and what was seen in them."""

    def __init__(self, link: Link, kind: str) -> None:
        super().__init__(link, kind)
        self._names: dict[str, int] = {}
        self._phase = "setup"

    def phase(self, name: str) -> None:
        """Begin a phase; durations of phases are compared."""
        self._phase = name
        self.link.note("PHASE", name=name)

    def fact(self, name: str, value: Any, kind: str = "exact", tol: float | None = None) -> Any:
        """Record one observation that the comparison checks; return it.

        Parameters
        ----------
        name
            Its name; a repeated one gets a number.
        value
            What was seen.
        kind
            ``exact``, ``set``, ``seconds``, ``metres``, ``rate`` or ``info``.
        tol
            How far a number may differ, if not as usual for its kind.
        """
        self._names[name] = self._names.get(name, 0) + 1
        if self._names[name] > 1:
            name = f"{name}#{self._names[name]}"
        extra = {} if tol is None else {"tol": tol}
        self.link.note("FACT", name=name, kind=kind, value=value, phase=self._phase, **extra)
        return value

    def fact_place(self, name: str, tol: float = 5.0) -> None:
        """Record where the vehicle is, in metres north, east and up from home."""
        if self.home_known is None or "GLOBAL_POSITION_INT" not in self.last:
            self.fact(name, None, "metres", tol)
            return
        north_m, east_m = self.home_known.offset_to(self.place)
        place = [round(north_m, 1), round(east_m, 1), round(self.altitude_m, 1)]
        self.fact(name, place, "metres", tol)

    def timed(self, name: str, wait: Callable[[], Any], tol: float | None = None) -> Any:
        """Run a wait; record whether it succeeded and how long it took."""
        start_s = self.link.now
        result = wait()
        self.fact(f"{name}.done", bool(result))
        if result:
            self.fact(f"{name}.s", round(self.link.now - start_s, 2), "seconds", tol)
        return result

    def must(self, good: bool, name: str) -> None:
        """Record a condition without which the scenario makes no sense; raise StuckError."""
        self.fact(name, bool(good))
        if not good:
            raise StuckError(name)

    def current_fact(self) -> list[int] | None:
        """Return what can be compared of MISSION_CURRENT."""
        current = self.last.get("MISSION_CURRENT")
        if current is None:
            return None
        return [current.seq, current.total, current.mission_state, current.mission_mode]

    def fence_fact(self) -> list[int] | None:
        """Return what can be compared of FENCE_STATUS."""
        status = self.last.get("FENCE_STATUS")
        return None if status is None else [status.breach_status, status.breach_count, status.breach_type]
