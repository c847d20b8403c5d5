"""What preflight asked of the vehicle and was told: everything that telemetry does not bring by itself."""

from dataclasses import dataclass
from enum import Enum

from flight.protocol.messages import AutopilotVersion, FenceStatus


class Signing(Enum):
    """What the link in use does with a request that is not signed."""

    NO_KEY = "no key"
    """There is no key for this vehicle, so nothing was tried."""
    ENFORCED = "enforced"
    """It ignored an unsigned request and answered a signed one."""
    OPEN = "open"
    """It answered an unsigned request."""
    UNCLEAR = "unclear"
    """It answered neither, which a bad link may explain as well."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The vehicle's answers; ``None`` is "asked, and not told".

    ``airspace_version`` is dispatch's own word: the version of the airspace that is in force now.
    ``parameters`` has each parameter that differs from the plan in a sentence.
    """

    airspace_version: str | None = None
    version: AutopilotVersion | None = None
    fence: FenceStatus | None = None
    parameters: tuple[str, ...] = ()
    signing: Signing = Signing.NO_KEY
