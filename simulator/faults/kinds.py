"""The table of contents: kind of fault → class."""

from simulator.faults.base import Fault
from simulator.faults.links import LinkDelay, LinkDuplicate, LinkLoss, LinkOneWay, LinkReorder
from simulator.faults.machine import BatterySag, CellFailure, MotorLoss, StuckRelease, WrongBattery
from simulator.faults.mind import ClockJump, FenceWiped, Reboot
from simulator.faults.positioning import CompassError, GpsDrift, GpsJump, GpsLoss
from simulator.faults.surroundings import GustFront, PadOccupied, RogueStation

KINDS: dict[str, type[Fault]] = {
    each.kind: each
    for each in (
        LinkLoss,
        LinkDelay,
        LinkDuplicate,
        LinkReorder,
        LinkOneWay,
        GpsLoss,
        GpsJump,
        GpsDrift,
        CompassError,
        MotorLoss,
        BatterySag,
        CellFailure,
        WrongBattery,
        StuckRelease,
        GustFront,
        FenceWiped,
        Reboot,
        ClockJump,
        RogueStation,
        PadOccupied,
    )
}
"""By the name on the command line."""
