"""The table of contingencies: situation × phase of flight → what is done.

A cell is a chain: the first action is taken, and the next one if it is refused. How each cell ends is flown
in simulation, see docs/contingencies.md. What the autopilot does by itself, when nobody is there, is in the
parameters (`flight.vehicles.parameters`); this is what we do while we see the flight.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flight.events import FlightPhase
from flight.plan import VehicleClass
from flight.situations import Action, Situation
from flight.supervision.stages import ORDER_OF_PHASES

Chain = tuple[Action, ...]

GO_ON: Chain = (Action.CONTINUE,)
WAIT: Chain = (Action.HOLD, Action.CONTINUE)
"""Without a hold the flight goes on: the other aircraft has been told to wait, or a person looks."""

WAIT_FOR_A_PERSON: Chain = (Action.HOLD, Action.RETURN, Action.CONTINUE)
HOME: Chain = (Action.RETURN, Action.DIVERT, Action.CONTINUE)
"""Home, or the site of this leg. A vehicle that refuses both still flies its plan, which ends at home: over
the sea that is better than to come down where it is."""

NEAR: Chain = (Action.DIVERT, Action.RETURN, Action.CONTINUE)
"""What is nearest by energy; but it need not come down where it is."""

NEAREST: Chain = (Action.DIVERT, Action.RETURN, Action.LAND)
"""What is nearest by energy comes first (`flight.contingencies.reach`). Last of all down here, while there is
power to come down slowly."""

DOWN: Chain = (Action.LAND, Action.RETURN)


@dataclass(frozen=True)
class Row:
    """What is done about one situation in each phase, and why."""

    taking_off: Chain
    enroute: Chain
    delivering: Chain
    returning: Chain
    landing: Chain
    reason: str

    def chain(self, phase: FlightPhase) -> Chain:
        """Return the cell of a phase."""
        cells = (self.taking_off, self.enroute, self.delivering, self.returning, self.landing, GO_ON)
        return dict(zip(ORDER_OF_PHASES, cells, strict=True))[phase]


def everywhere(chain: Chain, reason: str) -> Row:
    """Return a row with one answer for all phases."""
    return Row(chain, chain, chain, chain, chain, reason)


def outbound(chain: Chain, reason: str) -> Row:
    """Return a row that acts before the delivery is done, and lets a flight that is coming home come home."""
    return Row(chain, chain, chain, GO_ON, GO_ON, reason)


TABLE: Mapping[Situation, Row] = {
    Situation.LINK_LOST: everywhere(
        GO_ON,
        "In AUTO the vehicle needs nobody: its plan is proved to end at home. A held one comes home by its"
        " own failsafe. What we would command does not reach it anyway.",
    ),
    Situation.OFF_TRACK: Row(
        GO_ON,
        HOME,
        HOME,
        GO_ON,
        GO_ON,
        "Whatever pushes it off its line would do so above people at the stop as well. On the way home the"
        " shortest way out of trouble is to go on. The take-off is a climb above the own pad.",
    ),
    Situation.OFF_HEIGHT: Row(
        GO_ON,
        HOME,
        NEAR,
        GO_ON,
        GO_ON,
        "A vehicle that cannot keep its height comes home while it is near. Outside the heights of its stop"
        " it cannot hover with what it carries: it lands at the nearest site while it can, be it the pad"
        " below, where nobody may stand. Take-off and landing are above a pad.",
    ),
    Situation.BEHIND_SCHEDULE: everywhere(
        GO_ON,
        "Being late endangers nobody; what it costs is energy, which has its own rows, and airspace, which"
        " dispatch reserves anew.",
    ),
    Situation.ENERGY_SHORT: outbound(
        HOME,
        "The energy is enough to come home now and not for the rest of the plan. On the way home there is"
        " nothing shorter than to go on.",
    ),
    Situation.ENERGY_CRITICAL: Row(
        HOME,
        NEAREST,
        NEAREST,
        NEAREST,
        GO_ON,
        "The energy is not enough to come home: to the site of this leg if that is within reach, else to"
        " whatever takes least. A take-off is above the own pad, and a landing is all but done.",
    ),
    Situation.FENCE_BREACHED: Row(
        HOME,
        HOME,
        HOME,
        GO_ON,
        GO_ON,
        "A copter's own reaction is switched off, as its RTL is a straight line; the return path lies inside"
        " the fence. On the way home it is being flown already.",
    ),
    Situation.POSITION_LOST: everywhere(
        GO_ON,
        "Only the autopilot knows how well it can still fly (copter: it lands; quadplane: it flies on by"
        " airspeed and compass). A change of course needs the position that is missing.",
    ),
    Situation.FORCED_DOWN: everywhere(
        HOME,
        "It came down to save what is to be saved without a position. With one, the way home is better than"
        " the sea, or whoever stands below. Above a pad where it may land it is left alone.",
    ),
    Situation.WIND_TOO_STRONG: outbound(
        HOME,
        "The wind is above what the flight was planned for: hovering with a parcel above people is the worst"
        " place for it. Home is the only certified place nearer than the rest of the plan.",
    ),
    Situation.MODE_CHANGED: everywhere(
        GO_ON,
        "A pilot, another ground station or a failsafe flies: two hands on one vehicle are worse than either."
        " The operator is told and may take it back.",
    ),
    Situation.PLAN_CHANGED: Row(
        DOWN,
        WAIT_FOR_A_PERSON,
        WAIT_FOR_A_PERSON,
        WAIT_FOR_A_PERSON,
        GO_ON,
        "Nobody knows where the mission on board leads: wait for a person. Above the own pad it comes down,"
        " and a landing that has begun is not changed by later items.",
    ),
    Situation.PAD_NOT_CLEAR: everywhere(
        GO_ON,
        "The mission itself waits above the pad, and flies home with its parcel when its time is over:"
        " nothing is lowered onto people. A receiver's no is an order to return, and needs no table.",
    ),
    Situation.TRAFFIC: Row(
        GO_ON,
        WAIT,
        GO_ON,
        GO_ON,
        GO_ON,
        "The one on its way out has farther to go than one that comes home, so it waits; of two on their way"
        " out both do, until a person lets one go on. Above its pad a vehicle is where it is expected.",
    ),
}
"""Every situation has a row, and every row its reason."""

BY_ITSELF: Mapping[tuple[Situation, VehicleClass], Row] = {
    (Situation.FENCE_BREACHED, VehicleClass.QUADPLANE): everywhere(
        GO_ON,
        "ArduPlane returns by itself (`FENCE_ACTION` 1), on the return path (`RTL_AUTOLAND` 4), and denies"
        " other modes until it is back inside.",
    ),
}
"""Rows of a class that differ, as its autopilot acts itself."""


def row_of(situation: Situation, vehicle_class: VehicleClass) -> Row:
    """Return the row for a vehicle."""
    return BY_ITSELF.get((situation, vehicle_class), TABLE[situation])
