"""What an operator may set about the reactions to situations, and about terminations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from flight.situations import Action, Situation


@dataclass(frozen=True)
class Policy:
    """Settings of a gateway.

    Parameters
    ----------
    reactions
        Situations whose reaction is switched off; they are told all the same. No other reaction can be
        chosen: each cell of the table was thought through and flown, another one was not.
    two_persons
        Whether a termination is confirmed by another person than the one who requested it.
    """

    reactions: Mapping[Situation, Literal[Action.CONTINUE]] = field(default_factory=dict)
    two_persons: bool = True
