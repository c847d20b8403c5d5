"""Flight modes: numbers, names, and what each allows (``arm_disarm``, ``set_mode``, ``qp_modes``)."""

from dataclasses import dataclass

from simulator.values import VehicleClass

_AUTOPILOTS = frozenset(
    {"AUTO", "AUTO_RTL", "GUIDED", "GUIDED_NOGPS", "RTL", "SMART_RTL", "LAND", "CIRCLE", "FOLLOW", "ZIGZAG"}
)


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
    spoken
        How ArduPilot's texts name it, where that differs.
    """

    number: int
    name: str
    guided: bool = False
    armable: bool = True
    needs_position: bool = False
    spoken: str = ""

    @property
    def flies_itself(self) -> bool:
        """Say whether no pilot is needed (``Mode::is_autopilot``)."""
        return self.name in _AUTOPILOTS

    @property
    def title(self) -> str:
        """The name in texts."""
        return self.spoken or self.name


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
        Mode(11, "DRIFT", needs_position=True),
        Mode(14, "FLIP", armable=False),
        Mode(15, "AUTOTUNE", armable=False),
        Mode(16, "POSHOLD", guided=True, needs_position=True),
        Mode(17, "BRAKE", guided=True, armable=False, needs_position=True),
        Mode(18, "THROW", guided=True, needs_position=True),
        Mode(19, "AVOID_ADSB", guided=True, armable=False, needs_position=True),
        Mode(20, "GUIDED_NOGPS", guided=True),
        Mode(21, "SMART_RTL", guided=True, armable=False, needs_position=True, spoken="SMARTRTL"),
        Mode(22, "FLOWHOLD"),
        Mode(23, "FOLLOW", guided=True, armable=False, needs_position=True),
        Mode(24, "ZIGZAG", guided=True, needs_position=True),
        Mode(25, "SYSTEMID", armable=False),
        Mode(27, "AUTO_RTL", guided=True, armable=False, needs_position=True, spoken="AUTO RTL"),
        Mode(28, "TURTLE", armable=False),
    )
}

QUADPLANE_MODES = {
    mode.number: mode
    for mode in (
        Mode(0, "MANUAL"),
        Mode(1, "CIRCLE"),
        Mode(2, "STABILIZE"),
        Mode(3, "TRAINING"),
        Mode(4, "ACRO"),
        Mode(5, "FBWA", spoken="FLY_BY_WIRE_A"),
        Mode(6, "FBWB", spoken="FLY_BY_WIRE_B"),
        Mode(7, "CRUISE"),
        Mode(8, "AUTOTUNE"),
        Mode(10, "AUTO", guided=True),
        Mode(11, "RTL", guided=True, armable=False),
        Mode(12, "LOITER", guided=True),
        Mode(13, "TAKEOFF"),
        Mode(14, "AVOID_ADSB", guided=True, armable=False),
        Mode(15, "GUIDED", guided=True),
        Mode(17, "QSTABILIZE"),
        Mode(18, "QHOVER"),
        Mode(19, "QLOITER"),
        Mode(20, "QLAND", armable=False),
        Mode(21, "QRTL", guided=True, armable=False),
        Mode(23, "QACRO"),
        Mode(24, "THERMAL", armable=False),
        Mode(25, "LOITER_ALT_QLAND", guided=True, armable=False, spoken="Loiter to QLAND"),
        Mode(26, "AUTOLAND", armable=False),
    )
}

INITIALISING = Mode(16, "INITIALISING", armable=False)
"""The quadplane's mode in its first two seconds; it cannot be chosen."""

MODES = {VehicleClass.COPTER: COPTER_MODES, VehicleClass.QUADPLANE: QUADPLANE_MODES}
