"""What an operator may set about the reactions to situations, and about terminations."""

from dataclasses import dataclass

from flight.situations import Situation


@dataclass(frozen=True)
class Policy:
    """Settings of a gateway.

    Parameters
    ----------
    switched_off
        Situations whose reaction is switched off; they are told all the same. No other reaction can be
        chosen: each cell of the table was thought through and flown, another one was not.
    two_persons
        Whether a termination is confirmed by another person than the one who requested it.
    """

    switched_off: frozenset[Situation] = frozenset()
    two_persons: bool = True
