"""What can be out of the ordinary with a flight, and what can be done about it: the words only.

What is done in which phase stands in `flight.contingencies.table`.
"""

from enum import StrEnum


class Situation(StrEnum):
    """Something that supervision notices, with a number and a limit."""

    LINK_LOST = "link_lost"
    """Nothing was heard of the vehicle for a time."""
    OFF_TRACK = "off_track"
    """Farther from the line than the certified corridor is wide."""
    OFF_HEIGHT = "off_height"
    """Higher or lower than planned."""
    BEHIND_SCHEDULE = "behind_schedule"
    """Later than planned by more than the plan bears."""
    ENERGY_SHORT = "energy_short"
    """The energy suffices to come home at once, but not to go on as planned."""
    ENERGY_CRITICAL = "energy_critical"
    """The energy does not suffice to come home; a divert site may be in reach."""
    FENCE_BREACHED = "fence_breached"
    """Outside the fence, by its own word or by its position."""
    POSITION_LOST = "position_lost"
    """No satellite position, or no estimate of it."""
    FORCED_DOWN = "forced_down"
    """Landing where it is because its position was lost, though it is known again."""
    WIND_TOO_STRONG = "wind_too_strong"
    """The wind that the vehicle measures is above what the flight was planned for."""
    MODE_CHANGED = "mode_changed"
    """In a flight mode that nobody here asked for: another ground station, a pilot, a failsafe."""
    PLAN_CHANGED = "plan_changed"
    """The mission on board is not the one that was verified."""
    PAD_NOT_CLEAR = "pad_not_clear"
    """The receiver has not said that the pad is clear, or said that it is not."""
    TRAFFIC = "traffic"
    """Another aircraft of ours is near."""


class Action(StrEnum):
    """What is done with a flight, by an operator or by the table of contingencies."""

    CONTINUE = "continue"
    """Fly on as planned; tell the operator."""
    HOLD = "hold"
    """Stay where it is, for a limited time."""
    RESUME = "resume"
    """End a hold and fly on as planned."""
    RETURN = "return"
    """Home by the return path of the mission."""
    DIVERT = "divert"
    """To the certified site of this leg, by the way that is on board for it."""
    LAND = "land"
    """Down here, now."""
    TERMINATE = "terminate"
    """Stop the motors, in two steps and by two persons where the policy asks for two."""
