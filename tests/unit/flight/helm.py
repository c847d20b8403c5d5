"""A vehicle that does at once what it is told, at the end of one conduct; knobs make it deaf or unwilling."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from flight.actions.control import Control
from flight.commands import InFlight
from flight.conduct import Conduct
from flight.contingencies.policy import Policy
from flight.events import ActionRefused, ActionTaken, AlertRaised, FlightEvent
from flight.order import Order
from flight.plan import FlightPlan, PlannedDivert, VehicleClass
from flight.protocol.messages import (
    CommandAck,
    CommandInt,
    CommandLong,
    ExtendedSysState,
    GlobalPositionInt,
    Heartbeat,
    Message,
    MissionCurrent,
    ParamRequestRead,
    ParamSet,
    ParamValue,
    VfrHud,
)
from flight.situations import Action, Situation
from flight.supervision.flight import Supervision
from flight.supervision.observer import Baseline
from flight.vehicle import Vehicle
from flight.vehicles.modes import AUTO
from tests.unit.flight.plans import ADDRESS, HOME_E7, LAND, small_plan, waypoint

START = 1_800_000_000.0
STEP_S = 0.5
AUTO_RTL, BRAKE, GUIDED, LOITER = 27, 17, 15, 12
ENTER_SEQ, SITE_SEQ, SITE = 10, 11, "ISLET"
E = TypeVar("E", bound=FlightEvent)


def plan_with_site(vehicle_class: VehicleClass) -> FlightPlan:
    """Return the small plan with a divert from its first leg, behind the landing."""
    plan = small_plan(vehicle_class)
    land = replace(waypoint(50_000, 0.0), command=LAND[vehicle_class])
    mission = (*plan.mission, waypoint(50_000, 56.3), land)
    divert = PlannedDivert(2, 2, ENTER_SEQ, SITE_SEQ, SITE, 10.0)
    return replace(plan, mission=mission, landing_seq=9, diverts=(divert,))


class Helm:
    """``deaf`` are commands that it does not answer, ``unwilling`` those that it refuses."""

    def __init__(
        self,
        vehicle_class: VehicleClass = VehicleClass.COPTER,
        seq: int = 2,
        policy: Policy | None = None,
        plan: FlightPlan | None = None,
    ) -> None:
        self.plan = plan or plan_with_site(vehicle_class)
        self.vehicle = Vehicle(ADDRESS, vehicle_class)
        self.supervision = Supervision(Order("S1", 1, self.plan), self.vehicle, Baseline())
        self.conduct = Conduct(self.supervision, self.vehicle, policy or Policy())
        self.now = START
        self.mode, self.seq, self.armed = AUTO[vehicle_class], seq, True
        self.height_m, self.speed_m_s = 60.0, 0.0
        self.position_e7 = (HOME_E7[0] + 30_000, HOME_E7[1])
        self.parameters = {"FS_LONG_ACTN": 0.0, "BATT_FS_LOW_ACT": 1.0}
        self.deaf: set[int] = set()
        self.unwilling: set[int] = set()
        self.heard: list[Message] = []
        self.events: list[FlightEvent] = []
        self.run(STEP_S)

    def run(self, duration_s: float) -> None:
        """Let time pass."""
        end = self.now + duration_s
        while self.now < end:
            self.now += STEP_S
            for message in self._telling():
                self._tell(message)
            self.events += [each(self.now) for each in self.supervision.update(self.now)]
            self.conduct.look(self.now)
            self.conduct.handle_timer(self.now)
            self._obey()

    def order(self, command: type[InFlight], by: str = "operator", **details: bool) -> None:
        """Give a command, and let it be carried out."""
        self.conduct.command(command("S1", 1, by, **details), self.now)
        self._obey()

    def alert(self, situation: Situation) -> None:
        """Let the supervision tell of a situation."""
        phase = self.supervision.phase
        assert phase is not None
        self.conduct.answer(
            AlertRaised(self.now, ADDRESS, "S1", 1, situation, phase, 1.0, 0.0, "m", "it is so"), self.now
        )
        self._obey()

    def all(self, kind: type[E]) -> list[E]:
        """Return the events of a kind."""
        return [each for each in self.events if isinstance(each, kind)]

    @property
    def taken(self) -> list[tuple[Action, str]]:
        """What was done, and at whose word."""
        return [(each.action, each.by) for each in self.all(ActionTaken)]

    @property
    def refused(self) -> list[tuple[Action, str]]:
        """What was refused, and why."""
        return [(each.action, each.reason) for each in self.all(ActionRefused)]

    @property
    def commands(self) -> list[int]:
        """The numbers of the commands that came."""
        return [int(each.command) for each in self.heard if isinstance(each, CommandLong | CommandInt)]

    @property
    def control(self) -> Control:
        """What carries out the actions."""
        return self.conduct._control

    def _obey(self) -> None:
        while messages := self.conduct.take_messages():
            self.heard += messages
            for message in messages:
                for answer in self._answers(message):
                    self._tell(answer)
        self.events += self.conduct.take_events()

    def _tell(self, message: Message) -> None:
        self.vehicle.telemetry.receive(message, self.now)
        self.conduct.receive(message, self.now)
        self.events += self.conduct.take_events()

    def _telling(self) -> Iterator[Message]:
        yield Heartbeat(2, 3, 81 + 128 * self.armed, self.mode, 4)
        yield MissionCurrent(self.seq)
        yield GlobalPositionInt(0, *self.position_e7, 60_000, round(1000 * self.height_m), 0, 0, 0, 0)
        yield VfrHud(0.0, self.speed_m_s, 0, 0, 60.0, 0.0)
        yield ExtendedSysState(3, 2)

    def _answers(self, message: Message) -> Iterator[Message]:
        if isinstance(message, ParamRequestRead | ParamSet):
            if isinstance(message, ParamSet):
                self.parameters[message.param_id] = message.param_value
            yield ParamValue(message.param_id, self.parameters[message.param_id], 9, 1, 0)
        elif isinstance(message, CommandLong | CommandInt) and message.command not in self.deaf:
            is_refused = message.command in self.unwilling
            if not is_refused:
                self._do(message)
            yield CommandAck(message.command, 4 if is_refused else 0)
            yield from self._telling()

    def _do(self, message: CommandLong | CommandInt) -> None:
        match int(message.command):
            case 176:
                self.mode = int(message.param2)
            case 188:
                self.seq = self.plan.return_seq + 1
                self.mode = AUTO_RTL if self.vehicle.vehicle_class is VehicleClass.COPTER else 10
            case 192:
                self.mode = GUIDED
            case 224:
                self.seq = int(message.param1)
            case 400:
                self.armed = False
