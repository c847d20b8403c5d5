"""The two steps, by two persons where the policy asks for it, that stop the motors in flight."""

from dataclasses import dataclass

CONFIRM_WITHIN_S = 30.0
"""Long enough to call a second person to the screen, too short to be confirmed in another situation."""


@dataclass
class TwoSteps:
    """Remembers who asked for a termination, and says what is missing for it to be done."""

    two_persons: bool
    _by: str | None = None
    _until: float = 0.0

    def request(self, by: str, now: float) -> None:
        """Take the first step; again, by the same person or another, begins its time anew."""
        self._by, self._until = by, now + CONFIRM_WITHIN_S

    def confirm(self, by: str, now: float) -> str | None:
        """Take the second step; return why it does not count, or ``None``. It counts once."""
        if self._by is None or now > self._until:
            self._by = None
            return f"no termination was requested in the last {CONFIRM_WITHIN_S:.0f} s"
        if self.two_persons and by == self._by:
            return f"{by} requested the termination; the policy wants another person to confirm it"
        self._by = None
        return None
