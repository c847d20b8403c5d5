"""A flight under supervision whose telemetry is set by hand, on a plan with numbers that can be added up."""

import math
from dataclasses import replace
from typing import Any

from flight.events import AlertCleared, AlertRaised, FlightEvent
from flight.order import Order
from flight.plan import Expected, FlightPlan, MissionItem, PlannedDivert, VehicleClass
from flight.protocol.messages import Heartbeat
from flight.situations import Situation
from flight.supervision.flight import Supervision
from flight.supervision.observer import Baseline
from flight.vehicle import Vehicle
from flight.vehicles.modes import AUTO
from tests.unit.flight.plans import ADDRESS, HOME_E7, small_plan, waypoint

START = 1_800_000_000.0
METRES_PER_DEGREE = math.radians(6_371_008.8)
HALF_M = 0.005 * METRES_PER_DEGREE
"""From home to the waypoint half-way, 556 m; the pad is twice as far."""

EXPECTED = (
    Expected(0.0, 0.0),
    Expected(30.0, 10.0),
    Expected(80.0, 20.0, 100.0, 56.3),
    Expected(130.0, 30.0, 100.0, 20.0),
    Expected(130.0, 30.0),
    Expected(140.0, 32.0),
    Expected(170.0, 40.0),
    Expected(170.0, 40.0),
    Expected(220.0, 50.0, 100.0, 81.0),
    Expected(300.0, 70.0, 100.0),
)
"""10 Wh for each half of the way, and as much for the take-off, the stop, and the landing."""


def watched_plan(vehicle_class: VehicleClass = VehicleClass.COPTER, **changes: Any) -> FlightPlan:
    """Return the small plan with expectations; 120 Wh in the battery, of which 36 Wh are its reserve."""
    return replace(
        small_plan(vehicle_class), **{"expected": EXPECTED, "energy_available_wh": 120.0, **changes}
    )


def plan_with_divert(vehicle_class: VehicleClass = VehicleClass.COPTER) -> FlightPlan:
    """Return the plan with a site 500 m east of the waypoint half-way, reached on from item 2."""
    mission = watched_plan(vehicle_class).mission
    east_e7 = HOME_E7[1] + round(500.0 / METRES_PER_DEGREE / math.cos(math.radians(32.70176)) * 1e7)
    site = MissionItem(mission[9].command, 3, param4=1.0, x_e7=HOME_E7[0] + 50_000, y_e7=east_e7)
    behind = (waypoint(50_000, 56.3), MissionItem(207, 0), site)
    divert = PlannedDivert(2, 2, 10, 12, "ISLET", 15.0)
    return watched_plan(vehicle_class, mission=(*mission, *behind), landing_seq=9, diverts=(divert,))


class Watched:
    """One flight; it hangs in the air at home, with item 2 under way, until it is told otherwise."""

    def __init__(
        self, plan: FlightPlan | None = None, *, energy_before_wh: float | None = 0.0, mode: int | None = None
    ) -> None:
        self.plan = plan or watched_plan()
        self.now = START
        self.events: list[FlightEvent] = []
        self.vehicle = Vehicle(ADDRESS, self.plan.vehicle_class)
        self.telemetry = self.vehicle.telemetry
        self.mode(AUTO[self.plan.vehicle_class] if mode is None else mode)
        self.fly_to(0.0)
        self.say(gps_fix=6, position_known=True, energy_used_wh=0.0, battery_remaining=1.0, servo9_us=1000)
        self.say(mission_seq=2, servo9_at=self.now)
        self.supervision = Supervision(
            Order(self.plan.sortie_id, 1, self.plan), self.vehicle, Baseline(energy_before_wh)
        )

    def mode(self, number: int, *, armed: bool = True) -> None:
        """Be in a flight mode."""
        self.telemetry.heartbeat = Heartbeat(2, 3, 81 + 128 * armed, number, 4)

    def say(self, **values: Any) -> None:
        """Let the vehicle tell something."""
        for name, value in values.items():
            setattr(self.telemetry, name, value)

    def fly_to(self, north_m: float, east_m: float = 0.0, height_m: float = 56.3) -> None:
        """Be at a place, told in metres from home."""
        latitude_deg = HOME_E7[0] / 1e7 + north_m / METRES_PER_DEGREE
        per_degree_m = METRES_PER_DEGREE * math.cos(math.radians(latitude_deg))
        self.say(latitude_deg=latitude_deg, longitude_deg=HOME_E7[1] / 1e7 + east_m / per_degree_m)
        self.say(altitude_above_home_m=height_m, position_at=self.now, heard_at=self.now)

    def watch(self, duration_s: float, *, heard: bool = True) -> list[FlightEvent]:
        """Let time pass; return what was said meanwhile."""
        before, end = len(self.events), self.now + duration_s
        while self.now < end - 1e-6:
            self.now += 0.5
            if heard:
                self.say(
                    position_at=self.now, heard_at=self.now, fence_breached_at=self.now, wind_at=self.now
                )
            self.events += [each(self.now) for each in self.supervision.update(self.now)]
        return self.events[before:]

    def raised(self, situation: Situation) -> list[AlertRaised]:
        """Return the alerts about a situation."""
        return [each for each in self.events if isinstance(each, AlertRaised) and each.situation is situation]

    def cleared(self, situation: Situation) -> list[AlertCleared]:
        """Return what was cleared of a situation."""
        return [
            each for each in self.events if isinstance(each, AlertCleared) and each.situation is situation
        ]
