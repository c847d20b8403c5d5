"""``STATUSTEXT``: puts long texts together from their chunks.

Source: https://mavlink.io/en/messages/common.html#STATUSTEXT
"""

from dataclasses import dataclass, field

from flight.protocol.messages import StatusText

CHUNK_LENGTH = 50
"""A shorter chunk ends its text."""

KEEP_S = 5.0
"""A text whose chunk was lost is given out as far as it is known after this time: the chunks of one text
leave the vehicle within a second."""


@dataclass
class _Partial:
    severity: int
    since: float
    chunks: dict[int, str] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        last = max(self.chunks)
        return len(self.chunks) == last + 1 and len(self.chunks[last]) < CHUNK_LENGTH

    @property
    def text(self) -> str:
        return "".join(self.chunks[number] for number in sorted(self.chunks))


class TextAssembler:
    """Gives out each text once, whole if its chunks came, in whatever order they came."""

    def __init__(self) -> None:
        self._partial: dict[int, _Partial] = {}
        self._given: dict[int, float] = {}

    @property
    def is_waiting(self) -> bool:
        """Say whether there is a text of which a chunk is missing."""
        return bool(self._partial)

    def receive(self, message: StatusText, now: float) -> list[tuple[int, str]]:
        """Take a chunk; return the texts that are complete with it, as (severity, text)."""
        texts = self.expire(now)
        if message.id == 0:
            return [*texts, (message.severity, message.text)]
        if message.id in self._given:
            return texts
        partial = self._partial.setdefault(message.id, _Partial(message.severity, now))
        partial.chunks[message.chunk_seq] = message.text
        if partial.complete:
            del self._partial[message.id]
            self._given[message.id] = now
            texts.append((partial.severity, partial.text))
        return texts

    def expire(self, now: float) -> list[tuple[int, str]]:
        """Give out the texts that will not be completed any more.

        What was given out is remembered as long, so that a late copy of a chunk is no text of its own; then
        its number may be another text's.
        """
        self._given = {number: at for number, at in self._given.items() if now - at <= KEEP_S}
        old = [number for number, partial in self._partial.items() if now - partial.since > KEEP_S]
        gone = [self._partial.pop(number) for number in old]
        self._given.update(dict.fromkeys(old, now))
        return [(partial.severity, partial.text) for partial in gone]
