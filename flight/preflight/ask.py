"""One message, asked for by ``REQUEST_MESSAGE`` (https://mavlink.io/en/messages/common.html)."""

from typing import Generic, TypeVar

from flight.protocol.messages import CommandLong, Message
from flight.protocol.names import Command
from flight.protocol.operation import Operation, Target

INTERVAL_S = 1.0
"""ArduPilot answers within 0.1 s (recorded); the rest is for the link."""

ATTEMPTS = 10
"""With 20 % loss each way a try fails with 0.36: ten in a row with 4e-5."""

LAST_WAIT_S = 6.0
"""After the last request: the longest round trip of a bad link."""

M = TypeVar("M", bound=Message)


class AskMessage(Operation[M | None], Generic[M]):
    """Ask for a message until it comes; ``None`` if it does not.

    The message itself is the answer, and no acknowledgement is read: ArduPilot acknowledges also where it
    then has nothing to say (recorded), and an acknowledgement does not tell which message it is about. Any
    message of the kind that comes meanwhile will do: it is as new as one that was asked for.
    """

    def __init__(self, target: Target, kind: type[M], message_id: int) -> None:
        super().__init__()
        self._target = target
        self._kind = kind
        self._message_id = message_id
        self._sent = 0

    def start(self, now: float) -> None:
        """Ask."""
        self._ask(now)

    def receive(self, message: Message, now: float) -> None:
        """Take the message."""
        if isinstance(message, self._kind):
            self._succeed(message)

    def handle_timer(self, now: float) -> None:
        """Ask again, or take the silence for an answer."""
        if not self._due(now):
            return
        if self._sent < ATTEMPTS:
            self._ask(now)
        else:
            self._succeed(None)

    def _ask(self, now: float) -> None:
        self._sent += 1
        self._timer = now + (INTERVAL_S if self._sent < ATTEMPTS else LAST_WAIT_S)
        system, component = self._target.system_id, self._target.component_id
        request = CommandLong(system, component, Command.REQUEST_MESSAGE, self._sent - 1, self._message_id)
        self._send(request)
