"""What a vehicle last said of itself."""

from dataclasses import dataclass, field

from flight.protocol.messages import Message, StatusText
from flight.protocol.statustext import TextAssembler
from flight.telemetry_readers import READERS
from flight.telemetry_state import KEPT_TEXTS, TelemetryState, Text


@dataclass(slots=True)
class Telemetry(TelemetryState):
    """The newest value of everything that we use; ``None`` is "never said".

    The session passes messages in the order in which the vehicle sent them and drops those that were
    overtaken, so no field here goes back in time.
    """

    _assembler: TextAssembler = field(default_factory=TextAssembler)

    def receive(self, message: Message, now: float) -> list[Text]:
        """Take a message; return the texts that it completed."""
        self.heard_at = now
        reader = READERS.get(type(message))
        if reader is not None:
            reader(self, message, now)
        elif isinstance(message, StatusText):
            return self._take_texts(self._assembler.receive(message, now), now)
        return self.expire(now) if self._assembler.is_waiting else []

    def expire(self, now: float) -> list[Text]:
        """Return the texts that will not be completed any more, as far as they came."""
        return self._take_texts(self._assembler.expire(now), now)

    def _take_texts(self, texts: list[tuple[int, str]], now: float) -> list[Text]:
        whole = [Text(now, severity, text) for severity, text in texts]
        self.texts = [*self.texts, *whole][-KEPT_TEXTS:]
        return whole
