"""Whether the link takes commands from anybody."""

from dataclasses import dataclass

from flight.events import Severity
from flight.preflight.facts import Signing
from flight.preflight.sight import Sight, Verdict

VERDICTS = {
    Signing.NO_KEY: Verdict(Severity.WARNING, "no signing key: anybody on this link may command the vehicle"),
    Signing.ENFORCED: Verdict(Severity.PASSED, "the link ignores what is not signed"),
    Signing.OPEN: Verdict(Severity.HARD_FAILURE, "this link takes unsigned commands: use another one"),
    Signing.UNCLEAR: Verdict(
        Severity.SOFT_FAILURE, "whether this link takes unsigned commands was not to be found out"
    ),
}


@dataclass(frozen=True)
class SigningCheck:
    """With a key, the link in use is one on which the vehicle enforces it.

    ArduPilot takes unsigned commands on its first link whatever the key (recorded).
    """

    name: str = "signing"
    patience_s: float = 0.0

    def look(self, sight: Sight) -> Verdict:
        """Fail hard at a link that is open, warn where there is no key."""
        return VERDICTS[sight.facts.signing]
