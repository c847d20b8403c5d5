"""The link to the vehicle."""

from dataclasses import dataclass

from flight.events import Severity
from flight.link_state import LinkState
from flight.preflight.sight import Sight, Verdict

PATIENCE_S = 10.0
"""A moment's fading ends by itself; what lasts longer is how the link is here."""

NOTABLE_LOSS = 0.2
"""Every conversation with the vehicle is made for this share of lost frames each way."""

LARGEST_LOSS = 0.5
"""With every second frame lost each way a command takes four tries on average: too slow to hold a flight."""


@dataclass(frozen=True)
class LinkCheck:
    """The vehicle is heard now, over a link that loses little enough and carries more than a summary."""

    name: str = "link"
    patience_s: float = PATIENCE_S

    def look(self, sight: Sight) -> Verdict:
        """Fail hard at silence, and softly at a link that is too bad to watch the flight."""
        best = sight.vehicle.link_quality.best
        if best.freshness is not LinkState.FRESH:
            return Verdict(Severity.HARD_FAILURE, f"nothing is heard of the vehicle: {best.freshness.value}")
        if best.high_latency:
            text = "the only link is a satellite's, which tells a little every few seconds"
            return Verdict(Severity.SOFT_FAILURE, text)
        if best.loss is None:
            return Verdict(Severity.WARNING, "too little was heard yet to tell how good the link is")
        return Verdict(_severity(best.loss), f"the link loses {best.loss:.0%} of the vehicle's frames")


def _severity(loss: float) -> Severity:
    if loss > LARGEST_LOSS:
        return Severity.SOFT_FAILURE
    return Severity.WARNING if loss > NOTABLE_LOSS else Severity.PASSED
