"""Which request counts more than another."""

from flight.actions.action import Request
from flight.situations import Action

WEAKEST_FIRST = (
    Action.CONTINUE,
    Action.RESUME,
    Action.HOLD,
    Action.RETURN,
    Action.DIVERT,
    Action.LAND,
    Action.TERMINATE,
)
"""A stronger action replaces one that is not done yet, and not the other way round."""


def counts_more(new: Request, old: Request) -> bool:
    """Say whether a request replaces one: it is stronger, or as strong and a person's."""
    one, other = (WEAKEST_FIRST.index(each.kind) for each in (new, old))
    return one > other or (one == other and new.by_person and not old.by_person)
