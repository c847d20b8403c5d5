"""The table of the kinds of fault: how often, how drawn, and which rules they excuse, with the reason.

A fault excuses a rule where it does by itself what the rule forbids, and nothing that dispatch or the gateway
do could prevent it. All other rules hold under it.
"""

from api.soak.faults import draws
from api.soak.faults.kind import FaultKind
from api.soak.faults.vehicle_kinds import VEHICLE_KINDS
from api.soak.invariants.base import Violation
from api.soak.invariants.energy import LandsWithReserve
from api.soak.invariants.separation import Separated
from api.soak.scene import Scene

KINDS: tuple[FaultKind, ...] = (
    FaultKind(
        "wind",
        0.5,
        draws.draw_wind,
        {LandsWithReserve.name: "flights are planned in calm air, and the reserve is there for the wind"},
    ),
    FaultKind("bad_link", 0.3, draws.draw_bad_link),
    FaultKind("crash", 0.4, draws.draw_crash),
    FaultKind(
        "recall",
        0.1,
        draws.draw_recall,
        {Separated.name: "nothing can hold the others in the air when one is called back (dispatch.traffic)"},
    ),
    FaultKind("cancel", 0.1, draws.draw_cancel),
    *VEHICLE_KINDS,
)


def chosen_kinds(names: str) -> tuple[FaultKind, ...]:
    """Return the kinds of a list such as ``wind,crash``, of ``all``, or of ``none``.

    Raises
    ------
    ValueError
        A kind is unknown; the message names those that are not.
    """
    if names in {"all", "none"}:
        return KINDS if names == "all" else ()
    known = {kind.name: kind for kind in KINDS}
    unknown = [name for name in names.split(",") if name not in known]
    if unknown:
        raise ValueError(f"there is no fault '{unknown[0]}'; use all, none, or some of {', '.join(known)}")
    return tuple(known[name] for name in dict.fromkeys(names.split(",")))


def excuse(scene: Scene, violation: Violation) -> str | None:
    """Return which fault explains that a rule was broken; None where nothing does."""
    on_them = scene.kinds_on(violation.drones, violation.at_s)
    for kind in KINDS:
        if kind.name in on_them and violation.invariant in kind.excuses:
            return f"{kind.name}: {kind.excuses[violation.invariant]}"
    return None
