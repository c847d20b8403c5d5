"""Errors of this package.

::

    DispatchError
    ├── InvalidInput       a field of the input is wrong; says which, why, and what to do
    ├── NotFound           no record of this kind has this identifier
    ├── Conflict           the request is sound, but not possible in the present state
    │   ├── IllegalTransition  a state machine was asked for a step that its table does not have
    │   └── ControlHeld        another operator controls the drone
    └── StoreError         the database cannot be used as it is

Errors that a clinic may see carry their text in two languages: ``str(error)`` is English and
``message_ja`` Japanese.
"""

from datetime import datetime, timedelta, timezone

JST = timezone(timedelta(hours=9), "JST")
"""Japan's time, in which people read clocks."""


class DispatchError(Exception):
    """Root of all errors of this package.

    Parameters
    ----------
    message
        One sentence in English.
    message_ja
        The same in plain Japanese.
    """

    def __init__(self, message: str, message_ja: str) -> None:
        self.message_ja = message_ja
        super().__init__(message)


class InvalidInput(DispatchError):
    """A field of the input is wrong.

    Parameters
    ----------
    field
        Name of the field, as the caller spells it.
    problem
        What is wrong with it, with the value that was given.
    remedy
        What to do about it.
    message_ja
        Problem and remedy in plain Japanese.
    """

    def __init__(self, field: str, problem: str, remedy: str, message_ja: str) -> None:
        self.field = field
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{field}: {problem}; {remedy}", message_ja)


class NotFound(DispatchError):
    """No record of this kind has this identifier.

    Parameters
    ----------
    kind
        ``"request"``, ``"sortie"`` or ``"drone"``.
    record_id
        The identifier that was asked for.
    """

    def __init__(self, kind: str, record_id: str) -> None:
        self.kind = kind
        self.record_id = record_id
        super().__init__(f"there is no {kind} {record_id!r}", f"{record_id} は見つかりません")


class Conflict(DispatchError):
    """What was asked for is sound, but not possible in the present state.

    Parameters
    ----------
    problem
        Why not, in one sentence.
    remedy
        What to do instead.
    message_ja
        Both in plain Japanese.
    """

    def __init__(self, problem: str, remedy: str, message_ja: str) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem}; {remedy}", message_ja)


class IllegalTransition(Conflict):
    """A state machine was asked for a step that its table does not have.

    Parameters
    ----------
    machine
        ``"request"`` or ``"sortie"``.
    current, wanted
        The state it is in and the state that was asked for.
    """

    def __init__(self, machine: str, current: str, wanted: str) -> None:
        self.machine = machine
        self.current = current
        self.wanted = wanted
        super().__init__(
            f"a {machine} cannot go from {current} to {wanted}",
            "look at its present state and choose a step that leads on from there",
            f"いまの状態({current})からは、この操作({wanted})はできません",
        )


class ControlHeld(Conflict):
    """Another operator controls the drone.

    Parameters
    ----------
    drone_id
        The drone.
    holder
        Who controls it.
    until
        Until when, unless renewed.
    """

    def __init__(self, drone_id: str, holder: str, until: datetime) -> None:
        self.holder = holder
        self.until = until
        clock = until.astimezone(JST).strftime("%H:%M:%S")
        super().__init__(
            f"{holder} controls {drone_id} until {clock} JST",
            "take control over with a reason, or speak with them",
            f"{drone_id} は {holder} が操作中です({clock}まで)。理由を付けて引き継げます",
        )


class StoreError(DispatchError):
    """The database cannot be used as it is."""
