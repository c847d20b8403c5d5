"""Flight modes: numbers, names, and what each allows (``arm_disarm``, ``set_mode``, ``qp_modes``)."""

from dataclasses import dataclass

from simulator.values import VehicleClass


@dataclass(frozen=True, slots=True)
class Mode:
    """One flight mode.

    Parameters
    ----------
    number, name
        ``custom_mode`` of the heartbeat, and ArduPilot's name.
    guided
        Whether the heartbeat carries ``MAV_MODE_FLAG_GUIDED_ENABLED``.
    armable
        Whether the vehicle may be armed in it.
    needs_position
        Whether arming in it waits for an absolute position.
    """

    number: int
    name: str
    guided: bool = False
    armable: bool = True
    needs_position: bool = False


COPTER_MODES = {
    mode.number: mode
    for mode in (
        Mode(0, "STABILIZE"),
        Mode(1, "ACRO"),
        Mode(2, "ALT_HOLD"),
        Mode(3, "AUTO", guided=True, armable=False, needs_position=True),
        Mode(4, "GUIDED", guided=True, needs_position=True),
        Mode(5, "LOITER", guided=True, needs_position=True),
        Mode(6, "RTL", guided=True, armable=False, needs_position=True),
        Mode(7, "CIRCLE", guided=True, armable=False, needs_position=True),
        Mode(9, "LAND", guided=True, armable=False),
        Mode(16, "POSHOLD", guided=True, needs_position=True),
        Mode(17, "BRAKE", guided=True, armable=False, needs_position=True),
        Mode(21, "SMART_RTL", guided=True, armable=False, needs_position=True),
        Mode(27, "AUTO_RTL", guided=True, armable=False, needs_position=True),
    )
}

QUADPLANE_MODES = {
    mode.number: mode
    for mode in (
        Mode(0, "MANUAL"),
        Mode(2, "STABILIZE"),
        Mode(5, "FBWA"),
        Mode(6, "FBWB"),
        Mode(7, "CRUISE"),
        Mode(10, "AUTO", guided=True),
        Mode(11, "RTL", guided=True, armable=False),
        Mode(12, "LOITER", guided=True),
        Mode(15, "GUIDED", guided=True),
        Mode(17, "QSTABILIZE"),
        Mode(18, "QHOVER"),
        Mode(19, "QLOITER"),
        Mode(20, "QLAND", armable=False),
        Mode(21, "QRTL", guided=True, armable=False),
    )
}

INITIALISING = Mode(16, "INITIALISING", armable=False)
"""The quadplane's mode in its first two seconds; it cannot be chosen."""

MODES = {VehicleClass.COPTER: COPTER_MODES, VehicleClass.QUADPLANE: QUADPLANE_MODES}
