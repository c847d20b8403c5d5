"""The test of a link that should take signed messages only.

Source: https://mavlink.io/en/guide/message_signing.html; that ArduPilot enforces signing on its second and
further links only is recorded.
"""

from flight.preflight.facts import Signing
from flight.protocol.messages import Message, ParamRequestRead, ParamValue, Unsigned
from flight.protocol.operation import Operation, Target

PROBED = "FORMAT_VERSION"
"""Every ArduPilot has this parameter, and nothing else here reads it: an answer is an answer to the probe."""

BY_NAME = 65535
"""``param_index`` of a value that was asked for by name; others come from somebody's list (recorded)."""

UNSIGNED_ATTEMPTS = 5
"""All have to be ignored. With 20 % loss each way five answers in a row are lost with 6e-3, on a link that
then answers the signed request at once."""

SIGNED_ATTEMPTS = 10
"""With 20 % loss each way ten tries fail with 4e-5."""

INTERVAL_S = 1.0
"""ArduPilot answers within 0.1 s (recorded); the rest is for the link."""

QUIET_S = 6.0
"""After the last unsigned request: the longest round trip of a bad link, as an answer that comes
later would count for the signed request."""


class ProbeSigning(Operation[Signing]):
    """Ask unsigned, which must be ignored, and right after that signed, which must be answered.

    The second half shows that the silence of the first came from the vehicle and not from the link.
    """

    def __init__(self, target: Target) -> None:
        super().__init__()
        self._request = ParamRequestRead(target.system_id, target.component_id, PROBED)
        self._unsigned = 0
        self._signed = 0

    def start(self, now: float) -> None:
        """Ask unsigned."""
        self._ask_unsigned(now)

    def receive(self, message: Message, now: float) -> None:
        """Take an answer, which tells what was answered by when it comes."""
        if isinstance(message, ParamValue) and (message.param_id, message.param_index) == (PROBED, BY_NAME):
            self._succeed(Signing.ENFORCED if self._signed else Signing.OPEN)

    def handle_timer(self, now: float) -> None:
        """Ask on."""
        if not self._due(now):
            return
        if self._unsigned < UNSIGNED_ATTEMPTS:
            self._ask_unsigned(now)
        elif self._signed < SIGNED_ATTEMPTS:
            self._ask_signed(now)
        else:
            self._succeed(Signing.UNCLEAR)

    def _ask_unsigned(self, now: float) -> None:
        self._unsigned += 1
        self._timer = now + (INTERVAL_S if self._unsigned < UNSIGNED_ATTEMPTS else QUIET_S)
        self._send(Unsigned(self._request))

    def _ask_signed(self, now: float) -> None:
        self._signed += 1
        self._timer = now + INTERVAL_S
        self._send(self._request)
