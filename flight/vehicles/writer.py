"""Writes mission items in the form in which ArduPilot gives them back.

Recorded: items with a place in frame 3 (above home), items without one in frame 0 with zeros, ``NAV_LAND``
with ``param4`` 1.
"""

from dataclasses import dataclass, field, replace

from flight.errors import PlanError
from flight.geodesy import e7_from_degrees
from flight.plan import MissionItem, VehicleClass
from flight.protocol.items import ALTITUDE_DECIMALS, PARAMETER_DECIMALS
from flight.protocol.names import Command, Frame
from flight.vehicles.marks import Mark
from geofences.route import Way
from geofences.values import Position

LARGEST_MISSION = 650
"""Items that ArduPilot keeps (recorded)."""

AIRSPEED = 0
"""``SPEED_TYPE_AIRSPEED``; a copter takes it as its speed along legs."""


@dataclass
class MissionWriter:
    """Appends items; heights above home are made from heights above the sea here and only here.

    The first leg sets its speed, whatever the vehicle's own is. An early return that joins the way home
    behind a change of speed keeps the speed that it had: slower than planned, never faster than a limit
    before it.
    """

    vehicle_class: VehicleClass
    home_amsl_m: float
    cruise_m_s: float
    items: list[MissionItem] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    stopped_s: float | None = None
    as_planned: bool = True
    speed_m_s: float | None = None
    _way: Way = Way.OUT
    _leg: int = 1
    _part: float = 0.0
    _landed: bool = False

    @property
    def is_quadplane(self) -> bool:
        """Say whether the mission is for a quadplane."""
        return self.vehicle_class is VehicleClass.QUADPLANE

    @property
    def next_seq(self) -> int:
        """The number that the next item will have."""
        return len(self.items)

    def mission(self) -> tuple[MissionItem, ...]:
        """Return the items; raise PlanError if they are too many."""
        if len(self.items) > LARGEST_MISSION:
            raise PlanError(
                f"{len(self.items)} mission items, and ArduPilot keeps {LARGEST_MISSION}:"
                " plan a route with fewer corners"
            )
        return tuple(self.items)

    def on_leg(self, way: Way, leg: int) -> None:
        """Let the next items belong to a leg."""
        if (way, leg) != (self._way, self._leg):
            self._way, self._leg, self._part, self._landed = way, leg, 0.0, False

    def fly_to(self, position: Position, amsl_m: float, part: float = 1.0) -> int:
        """Fly to a waypoint, which lies a part of the leg along; return its number."""
        return self.place(Command.NAV_WAYPOINT, position, amsl_m, part=part)

    def place(
        self,
        command: Command,
        position: Position,
        amsl_m: float,
        *,
        frame: Frame = Frame.GLOBAL_RELATIVE_ALT,
        param1: float = 0.0,
        param3: float = 0.0,
        param4: float = 0.0,
        part: float = 1.0,
    ) -> int:
        """Append an item with a place; return its number."""
        relative = frame is Frame.GLOBAL_RELATIVE_ALT
        z_m = self.above_home_m(amsl_m) if relative else round(amsl_m, ALTITUDE_DECIMALS)
        x_e7, y_e7 = e7_from_degrees(position.latitude_deg), e7_from_degrees(position.longitude_deg)
        item = MissionItem(
            int(command), int(frame), param1, 0.0, param3, param4, x_e7=x_e7, y_e7=y_e7, z_m=z_m
        )
        self._part = part
        return self.append(item, flown=True)

    def land(self, position: Position, amsl_m: float) -> int:
        """Land on a pad; return the number of the item."""
        command, param4 = (Command.NAV_VTOL_LAND, 0.0) if self.is_quadplane else (Command.NAV_LAND, 1.0)
        self._landed = True
        return self.place(command, position, amsl_m, param4=param4)

    def do(self, command: Command, *params: float) -> int:
        """Append an item without a place; return its number."""
        one, two, three, four = (float(each) for each in (*params, *[0.0] * (4 - len(params))))
        return self.append(MissionItem(int(command), int(Frame.GLOBAL), one, two, three, four))

    def spend(self, duration_s: float) -> None:
        """Count time at the stop, for the item that comes next; not for one that no plan comes to."""
        if self.as_planned:
            self.stopped_s = (self.stopped_s or 0.0) + duration_s

    def jump(self, repeats: int) -> int:
        """Jump to an item that `aim_jump` will name; return the number of the jump."""
        return self.do(Command.DO_JUMP, 0.0, repeats)

    def aim_jump(self, jump_seq: int, to_seq: int) -> None:
        """Let a jump lead to an item."""
        self.items[jump_seq] = replace(self.items[jump_seq], param1=float(to_seq))

    def set_speed(self, airspeed_m_s: float) -> None:
        """Change the speed (``DO_CHANGE_SPEED``, 0: airspeed, -1: no throttle) where a leg's differs."""
        if airspeed_m_s != self.speed_m_s:
            self.speed_m_s = airspeed_m_s
            speed_m_s = round(airspeed_m_s, PARAMETER_DECIMALS)
            self.do(Command.DO_CHANGE_SPEED, AIRSPEED, speed_m_s, -1.0)

    def above_home_m(self, amsl_m: float) -> float:
        """Return a height above home as ArduPilot keeps it."""
        return round(amsl_m - self.home_amsl_m, ALTITUDE_DECIMALS)

    def append(self, item: MissionItem, *, flown: bool = False) -> int:
        """Append an item in ArduPilot's form; return its number."""
        flown = flown and self.stopped_s is None
        self.items.append(item)
        self.marks.append(Mark(self._way, self._leg, self._part, self.stopped_s, flown, self._landed))
        return len(self.items) - 1
