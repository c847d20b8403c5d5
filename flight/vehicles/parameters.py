"""The parameters that a vehicle must have before it may fly, each with its reason.

Sources: ArduPilot's parameter lists, https://ardupilot.org/copter/docs/parameters.html and
https://ardupilot.org/plane/docs/parameters.html; what the failsafes really did is recorded in our ArduPilot
traces.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flight.plan import VehicleClass
from flight.protocol.parameters import same_value

FENCE_SWITCH = "FENCE_ENABLE"
"""Set after the fence is on board and read back, so that never an old fence is switched on."""


@dataclass(frozen=True, slots=True)
class RequiredParameter:
    """A parameter, its value, and why."""

    name: str
    value: float
    reason: str


@dataclass(frozen=True, slots=True)
class ParameterDifference:
    """A required parameter that is otherwise on board; ``on_board`` is ``None`` if it is not there at all."""

    name: str
    on_board: float | None
    required: float
    reason: str

    def __str__(self) -> str:
        found = "not on board" if self.on_board is None else f"{self.on_board:g}"
        return f"{self.name}: {found}, required {self.required:g}: {self.reason}"


RTL_HEIGHT_M = 100.0
"""Above masts and ships, and under the 150 m above which Japan's Civil Aeronautics Act wants a permit."""

COMMON = (
    RequiredParameter("MIS_OPTIONS", 0, "after a landing nothing takes off again by itself beside a person"),
    RequiredParameter("MIS_RESTART", 0, "after a hold AUTO goes on with the same item, not from the start"),
    RequiredParameter("FENCE_TYPE", 4, "the fence is our polygon, without a circle or a height around home"),
    RequiredParameter(
        FENCE_SWITCH, 1, "the vehicle refuses to arm outside its fence, and reports leaving it"
    ),
)

COPTER = (
    RequiredParameter("FS_GCS_ENABLE", 6, "without a ground station the way home is the return path"),
    RequiredParameter(
        "FS_OPTIONS",
        1 + 2 + 8,
        "in AUTO the mission, proved to end at home, goes on without radio control (1) or ground station (2):"
        " a dead gateway must not stop a delivery; and a landing is finished whatever fails (8)",
    ),
    RequiredParameter(
        "BATT_FS_LOW_ACT", 6, "on low battery the way home is the return path, no straight RTL"
    ),
    RequiredParameter(
        "FENCE_ACTION", 0, "a copter's RTL is a straight line, maybe over land: the proved path is safer"
    ),
    RequiredParameter("FS_EKF_ACTION", 1, "without a position no path can be flown: it lands"),
    RequiredParameter(
        "RTL_ALT",
        100 * RTL_HEIGHT_M,
        "where no return path can be joined, straight home at 100 m (in cm)",
    ),
)

QUADPLANE = (
    RequiredParameter("RTL_AUTOLAND", 4, "every RTL joins the return path of the mission"),
    RequiredParameter("FS_GCS_ENABL", 1, "a lost ground station is noticed in every mode"),
    RequiredParameter("FS_SHORT_ACTN", 0, "a short failsafe does not interrupt AUTO"),
    RequiredParameter(
        "FS_LONG_ACTN", 0, "in AUTO the mission goes on without a ground station: it is proved to end at home"
    ),
    RequiredParameter("BATT_FS_LOW_ACT", 1, "on low battery RTL, which RTL_AUTOLAND makes the return path"),
    RequiredParameter(
        "FENCE_ACTION", 1, "on leaving the fence RTL, which RTL_AUTOLAND makes the return path"
    ),
    RequiredParameter("Q_GUIDED_MODE", 1, "a hold waits over a point, on the rotors, and does not circle"),
    RequiredParameter(
        "RTL_ALTITUDE", RTL_HEIGHT_M, "where no return path can be joined, straight home at 100 m"
    ),
)

REQUIRED = {VehicleClass.COPTER: COPTER + COMMON, VehicleClass.QUADPLANE: QUADPLANE + COMMON}

OTHER_NAMES = {"FS_GCS_ENABL": ("FS_GCS_ENABLE",)}
"""Names that a parameter has in other versions. The sixteen characters of ``param_id`` keep ArduPilot from
most renames of these, so the list is short."""


def required_parameters(vehicle_class: VehicleClass) -> tuple[tuple[str, float], ...]:
    """Return names and values for a class, as a flight plan carries them."""
    return tuple((each.name, float(each.value)) for each in REQUIRED[vehicle_class])


def names_of(name: str) -> tuple[str, ...]:
    """Return a parameter's name and the names it has in other versions."""
    return (name, *OTHER_NAMES.get(name, ()))


def differences_of(
    required: Iterable[RequiredParameter], found: Mapping[str, float]
) -> tuple[ParameterDifference, ...]:
    """Compare what a vehicle has, values by name, with a required set.

    Values are compared as 32-bit floats; a parameter counts under any of its names.
    """
    pairs = ((each, _value(each.name, found)) for each in required)
    return tuple(
        ParameterDifference(each.name, value, float(each.value), each.reason)
        for each, value in pairs
        if value is None or not same_value(value, each.value)
    )


def _value(name: str, found: Mapping[str, float]) -> float | None:
    return next((found[each] for each in names_of(name) if each in found), None)
