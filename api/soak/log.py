"""What happened in a world, in order, as text: the same seed gives the same text, and so the same hash."""

import hashlib
from pathlib import Path


class EventLog:
    """Lines of text, and the SHA-256 of all of them."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._digest = hashlib.sha256()

    def write(self, now: float, kind: str, text: str) -> None:
        """Add a line; ``now`` is Unix time, to the millisecond."""
        line = f"{now:.3f} {kind} {text}\n"
        self.lines.append(line)
        self._digest.update(line.encode())

    @property
    def hash(self) -> str:
        """SHA-256 hex digest of all lines so far."""
        return self._digest.hexdigest()

    def save(self, path: Path) -> None:
        """Write all lines into a file."""
        path.write_text("".join(self.lines), encoding="utf-8")
