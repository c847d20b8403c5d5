"""What goes on with one vehicle only once at a time, and which acknowledgements it may still owe.

``COMMAND_ACK`` carries the command's number and nothing else that tells two of them apart, and a vehicle has
one transfer of lists at a time (https://mavlink.io/en/services/command.html, ``mission.html``).
"""

from collections import defaultdict
from collections.abc import Hashable
from typing import Protocol
from weakref import ReferenceType, ref

LATE_S = 10.0
"""An acknowledgement older than this does not come any more: three seconds each way, and the vehicle's own
second, with room."""


class Holder(Protocol):
    """Who holds a slot, until it is done."""

    done: bool


class Slots:
    """One of a kind in flight per vehicle: the second waits until the first is done.

    A holder that nobody keeps any more (an action that another one has replaced) has lost its slot, as an
    urgent command must not wait for it; one that nobody drives loses it after its own stated longest time.
    """

    def __init__(self) -> None:
        self._held: dict[Hashable, tuple[ReferenceType[Holder], float]] = {}
        self._unanswered: defaultdict[Hashable, list[float]] = defaultdict(list)

    def take(self, kind: Hashable, holder: Holder, now: float, until: float) -> bool:
        """Take the slot of a kind; say whether it was free."""
        if self._is_held(kind, now):
            return False
        self._held[kind] = (ref(holder), until)
        return True

    def _is_held(self, kind: Hashable, now: float) -> bool:
        reference, until = self._held.get(kind, (None, now))
        holder = None if reference is None else reference()
        return holder is not None and not holder.done and now < until

    def note_sent(self, kind: Hashable, now: float) -> None:
        """Note that a message of this kind went out and has to be acknowledged."""
        self._unanswered[kind].append(now)

    def note_acknowledged(self, kind: Hashable) -> None:
        """Note that one of them was acknowledged."""
        del self._unanswered[kind][:1]

    def owed(self, kind: Hashable, now: float) -> int:
        """Return how many acknowledgements of this kind may still come, to what was sent before now."""
        recent = [at for at in self._unanswered[kind] if now - at <= LATE_S]
        self._unanswered[kind] = recent
        return len(recent)
