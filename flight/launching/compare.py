"""Comparison of what was read back from a vehicle with what was planned, item by item."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import zip_longest

from flight.plan import FlightPlan, MissionItem
from flight.protocol.names import MissionType

TOLERANCES = {"x_e7": 1.0, "y_e7": 1.0, "z_m": 0.01}
"""1e-7 degrees and 1 cm: the finest steps in which ArduPilot stores a position (its ``Location``).
Everything else has to be equal."""

ROUNDING = 1e-6
"""Two values that were rounded to decimals may differ by this in a 64-bit float."""


def planned_lists(plan: FlightPlan) -> dict[MissionType, tuple[MissionItem, ...]]:
    """Return the three lists of a plan by their kind."""
    return {
        MissionType.MISSION: plan.mission,
        MissionType.FENCE: plan.fence,
        MissionType.RALLY: plan.rally,
    }


def differences(
    kind: MissionType, planned: Sequence[MissionItem], found: Sequence[MissionItem]
) -> tuple[str, ...]:
    """Return one sentence for each difference; none if the lists are the same.

    Item 0 of a mission is home, which ArduPilot overwrites (recorded): it is not compared.
    """
    first = 1 if kind is MissionType.MISSION else 0
    pairs = list(zip_longest(planned, found))[first:]
    return tuple(
        f"{kind.label} item {number}: {text}"
        for number, (one, other) in enumerate(pairs, start=first)
        for text in _item_differences(one, other)
    )


def _item_differences(planned: MissionItem | None, found: MissionItem | None) -> Iterator[str]:
    if planned is None or found is None:
        yield "not planned" if planned is None else "missing"
        return
    for field in fields(MissionItem):
        one, other = getattr(planned, field.name), getattr(found, field.name)
        if not abs(one - other) <= TOLERANCES.get(field.name, 0.0) + ROUNDING:
            yield f"{field.name} is {other} and not {one}"
