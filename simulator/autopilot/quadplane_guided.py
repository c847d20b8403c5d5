"""How ArduPlane with a quadplane flies to what GUIDED is told (traces ``qp_guided*``)."""

import math

from simulator.autopilot.activities.approach import stopping_distance_m
from simulator.autopilot.activities.guided_stop import GuidedStop
from simulator.autopilot.activities.plane import FW, TO_FW, TO_MC
from simulator.autopilot.activities.rotor import Climb, Hold, go_to
from simulator.autopilot.activities.wing_loiter import Course, WingLoiter
from simulator.autopilot.craft import Point
from simulator.autopilot.modes import QUADPLANE_MODES
from simulator.autopilot.quadplane_mission import LIFT_OFF_S, QuadplaneMission

_GUIDED = QUADPLANE_MODES[15]


class QuadplaneGuided(QuadplaneMission):
    """The part of a quadplane that takes targets."""

    def take_off(self, height_m: float) -> bool:
        """Take off vertically in GUIDED to a height above the ground here."""
        refusal = None
        if self.mode is not _GUIDED:
            refusal = "User Takeoff only in GUIDED mode"
        elif not self.craft.armed:
            refusal = "Must be armed for takeoff"
        elif not self.landed and self.craft.vtol_state != FW:
            # On the wing it does not count as flying: the lift motors stand still.
            refusal = "Already flying - no takeoff"
        if refusal is not None:
            self.craft.say(refusal)
            return False
        self.craft.vtol_state = TO_MC
        self.craft.say("VTOL Position1 d=0.0")
        self.activity = Climb(self.craft, self.craft.body.up + height_m, LIFT_OFF_S)
        return True

    def reposition(self, point: Point, radius_m: float | None = None, anticlockwise: bool = False) -> None:
        """Circle a point in GUIDED; with ``Q_GUIDED_MODE`` 1 stay over it on rotors."""
        craft = self.craft
        if craft.params["Q_GUIDED_MODE"] == 1:
            on_wing = craft.vtol_state in (FW, TO_FW)
            self.activity = GuidedStop(craft, point) if on_wing else go_to(craft, point)
            return
        radius = radius_m or abs(craft.params["WP_LOITER_RAD"])
        self.activity = self._hurried(WingLoiter(craft, point, radius_m=-radius if anticlockwise else radius))

    def stop_ahead(self) -> None:
        """Hover where it can stop, straight ahead (``ModeGuided::_enter`` with ``Q_GUIDED_MODE`` 1)."""
        craft = self.craft
        if craft.vtol_state not in (FW, TO_FW):
            self.activity = Hold(craft)
            return
        body, ahead_m = craft.body, stopping_distance_m(craft)
        course = math.atan2(body.v_east, body.v_north)
        north, east = body.north + ahead_m * math.cos(course), body.east + ahead_m * math.sin(course)
        self.activity = GuidedStop(craft, (north, east, body.up))

    def change_height(self, up_m: float) -> None:
        """Go on in GUIDED at another height above the pad."""
        busy = self.busy
        if isinstance(busy, WingLoiter | Course):
            busy.centre = (busy.centre[0], busy.centre[1], up_m)
        else:
            self.activity = go_to(self.craft, (*self.craft.body.position, up_m))

    def fly_heading(self, heading_deg: float | None) -> None:
        """Fly a heading in GUIDED; None circles here again."""
        up_m = self.busy.centre[2] if isinstance(self.busy, WingLoiter | Course) else self.craft.body.up
        if heading_deg is None:
            self.activity = self._hurried(WingLoiter(self.craft, (*self.craft.body.position, up_m)))
        elif self.craft.vtol_state == FW:
            self.activity = self._hurried(Course(self.craft, heading_deg, up_m))
