"""ArduPlane's reactions.

Sources: ArduPilot's ``events.cpp``, ``fence.cpp`` and ``ekf_check.cpp``; trace
``qp_return_path_gcs_failsafe``.
"""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.failsafes.base import Failsafes
from simulator.autopilot.lists.items import LANDINGS, TAKEOFFS
from simulator.autopilot.quadplane import Quadplane

_AUTO_MODE: int = mavlink.PLANE_MODE_AUTO
_FBWA: int = mavlink.PLANE_MODE_FLY_BY_WIRE_A
_RTL: int = mavlink.PLANE_MODE_RTL
_QRTL: int = mavlink.PLANE_MODE_QRTL
_QLAND: int = mavlink.PLANE_MODE_QLAND
_LOITER_DOWN: int = mavlink.PLANE_MODE_LOITER_ALT_QLAND
_WARNING = mavlink.MAV_SEVERITY_WARNING
_NOTHING_TO_FAIL = frozenset({"QLAND", "QRTL", "LOITER_ALT_QLAND", "INITIALISING"})
_ON_STICKS = frozenset({"QSTABILIZE", "QHOVER", "QLOITER", "QACRO"})
_GO_ON, _RTL_ALWAYS, _GLIDE, _PARACHUTE, _AUTO = 0, 1, 2, 3, 4
"""``FS_LONG_ACTN``."""

_OPTION_RTL, _OPTION_QRTL = 1 << 20, 1 << 5
"""``Q_OPTIONS``: what the modes on rotors do when the link is lost; they land where neither is set."""

_IN_AUTO_ONLY = 3
"""``FS_GCS_ENABL``: watch the ground station in AUTO only (2 watches another kind of radio)."""


class QuadplaneFailsafes(Failsafes):
    """Watches a quadplane."""

    ranks = (3, 5, 4, 2, 1, 0)

    def __init__(self, autopilot: Quadplane) -> None:
        super().__init__(autopilot)
        self.plane = autopilot

    @property
    def link_timeout_s(self) -> float | None:
        """``FS_LONG_TIMEOUT`` where ``FS_GCS_ENABL`` watches the heartbeat."""
        params = self.plane.craft.params
        watched = int(params["FS_GCS_ENABL"])
        asleep = watched == _IN_AUTO_ONLY and self.plane.mode.name != "AUTO"
        return None if watched <= 0 or asleep else params["FS_LONG_TIMEOUT"]

    def link_lost(self) -> None:
        """Fly RTL, or what ``FS_LONG_ACTN`` and ``Q_OPTIONS`` say for the mode."""
        plane = self.plane
        number = self._long_mode() if plane.craft.armed and not plane.landed else None
        name = plane.mode.title if number is None else plane.modes[number].title
        plane.craft.say(f"GCS Failsafe On: {name}", _WARNING)
        if number is not None:
            plane.set_mode(number)

    def _long_mode(self) -> int | None:
        """Return the mode to change to when the link is lost for long; None to go on."""
        plane, params = self.plane, self.plane.craft.params
        action, name = int(params["FS_LONG_ACTN"]), plane.mode.name
        if name in _NOTHING_TO_FAIL or (name == "AUTO" and self._is_in_landing()):
            return None
        if name in _ON_STICKS:
            return self._rotor_mode(int(params["Q_OPTIONS"]))
        if name == "AUTO" and self._is_taking_off():
            return _QLAND
        if name == "RTL":
            return _AUTO_MODE if action == _AUTO else None
        if action == _GO_ON and name in {"AUTO", "GUIDED"}:
            return None
        others: dict[int, int | None] = {
            _GLIDE: _FBWA,
            _PARACHUTE: None,
            _AUTO: _AUTO_MODE,
        }
        return others.get(action, _RTL)

    @staticmethod
    def _rotor_mode(options: int) -> int:
        if options & _OPTION_RTL:
            return _RTL
        return _QRTL if options & _OPTION_QRTL else _QLAND

    def _is_in_landing(self) -> bool:
        item = self.plane.executive.item
        return self.plane.executive.in_landing_sequence or (item is not None and item.command in LANDINGS)

    def _is_committed(self) -> bool:
        """Say whether it is landing already, by its mode or with the item for it."""
        item = self.plane.executive.item
        lands = self.plane.in_auto and item is not None and item.command in LANDINGS
        return self.plane.landed or self.plane.mode.name in {"QLAND", "QRTL", "LOITER_ALT_QLAND"} or lands

    def _is_taking_off(self) -> bool:
        item = self.plane.executive.item
        return item is not None and item.command in TAKEOFFS

    def link_back(self) -> None:
        """Say so; the mode stays."""
        self.plane.craft.say("GCS Failsafe Off", _WARNING)

    def battery_action(self, action: int) -> None:
        """1: RTL, 2: the landing sequence or RTL, 3: terminate, 4: QLAND, 6: circle down to it.

        A landing goes on; the sequence that leads to one does not (``Plane::handle_battery_failsafe``, SITL).
        """
        plane = self.plane
        if action == 4:
            plane.set_mode(_QLAND)
        elif action == 6:
            plane.set_mode(_LOITER_DOWN)
        elif action == 3:
            plane.craft.say("AFS not enabled, can't terminate the vehicle")
            return
        home = action in (1, 2, 7) and not self._is_committed()
        if home and not (action == 2 and plane.follow_landing_sequence()):
            plane.return_home()

    def fence_action(self, action: int, beyond_m: float) -> None:
        """1 and 8: RTL, 6 and 7: GUIDED to the middle of the fence's home; once for each breach."""
        plane = self.plane
        if plane.fence_recovery or action not in (1, 6, 7, 8):
            return
        if action in (1, 8):
            plane.return_home()
        else:
            plane.set_mode(mavlink.PLANE_MODE_GUIDED)
            params, home = plane.craft.params, plane.craft.home
            height_m = params["FENCE_RET_ALT"] or params["RTL_ALTITUDE"]
            plane.reposition((home[0], home[1], home[2] + height_m))
        plane.fence_recovery = True

    def check_estimator(self) -> None:
        """Do nothing: ArduPlane looks at variances only; they stay small without a receiver, as in SITL."""

    def landing(self) -> bool:
        """Say whether it is landing on rotors, or on the ground."""
        plane = self.plane
        by_mode = plane.mode.name in {"QLAND", "QRTL"}
        return plane.landed or by_mode or (plane.in_auto and self._is_in_landing())
