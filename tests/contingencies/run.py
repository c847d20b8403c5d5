"""Flies many cases of one class side by side, in one simulated fleet and each with its own gateway."""

from collections.abc import Iterable

from flight.contingencies.policy import Policy
from flight.events import AlertRaised, FlightPhase
from flight.plan import FlightPlan, VehicleClass
from flight.situations import Action, Situation
from simulator import Fleet, HomePoint, VehicleConfig
from simulator import VehicleClass as SimulatedClass
from tests.contingencies.cases import ORDERS, Case
from tests.contingencies.cases import cases as all_cases
from tests.contingencies.flight import ATTEMPT, Flight
from tests.contingencies.outcome import Outcome, outcome_of
from tests.contingencies.provoke import PROVOCATIONS, Provocation
from tests.flight_plans import AVAILABLE_WH, DIVERT, STOP_S, proved_trip, with_stop

START = 1_800_000_000.0
LAUNCH_S, FINE_TICK_S = 65.0, 0.25
"""While all launch, and talk with their vehicles."""

TICK_S = 1.0
LONGEST_S = 2400.0
INTO_PHASE_S = {FlightPhase.TAKING_OFF: 6.0, FlightPhase.ENROUTE: 5.0, FlightPhase.RETURNING: 30.0}
LOW_M = 40.0
"""Above its pad: the moment in which a delivery and a landing are interrupted."""

HANDSHAKE_S = 60.0
WIND_LIMIT_M_S = 12.0


class Run:
    """One case on its way."""

    def __init__(self, case: Case, flight: Flight) -> None:
        self.case = case
        self.flight = flight
        self.outcome: Outcome | None = None
        self.begun_at: float | None = None
        self.put_in = False
        self._phase_at: float | None = None
        self._ended = False
        self._orders = list(ORDERS.get(case.what, ())) if isinstance(case.what, Action) else []

    def step(self, now: float) -> None:
        """Pass on messages; let happen what is due."""
        if self.outcome is not None:
            return
        self.flight.step(now)
        if self.begun_at is None:
            self._wait(now)
        elif isinstance(self.case.what, Situation):
            self._go_on(self.case.what, now)
        else:
            self._order(now)
        if self.flight.failed or self._is_over():
            self.finish()

    @property
    def _provocation(self) -> Provocation | None:
        """What brings the situation about in this phase, if anything does."""
        found = PROVOCATIONS.get(self.case.what) if isinstance(self.case.what, Situation) else None
        return found if found is not None and self.case.phase in found.phases else None

    def finish(self) -> None:
        """Judge it."""
        self.outcome = outcome_of(self.case, self.flight, self.begun_at, put_in=self.put_in)

    def _is_over(self) -> bool:
        supervision, truth = self.flight.supervision, self.flight.vehicle.truth
        landed = supervision is not None and supervision.landed and truth.on_ground
        return landed or truth.wrecked or truth.in_water

    def _wait(self, now: float) -> None:
        enroute = self.case.phase is FlightPhase.ENROUTE
        on_its_way = self.flight.vehicle.truth.mission_seq >= _leg_with_site(self.flight.plan)
        if self.flight.phase is not self.case.phase or (enroute and not on_its_way):
            return
        self._phase_at = now if self._phase_at is None else self._phase_at
        if not self._is_moment(now - self._phase_at):
            return
        self.begun_at = now
        if self._provocation is not None:
            self._provocation.begin(self.flight, self.case.phase)

    def _is_moment(self, since_s: float) -> bool:
        phase = self.case.phase
        if phase in INTO_PHASE_S:
            return since_s >= INTO_PHASE_S[phase]
        truth = self.flight.vehicle.truth
        if self.case.what is Situation.PAD_NOT_CLEAR:
            return True
        return truth.altitude_amsl_m - self.flight.plan.home_amsl_m < LOW_M

    def _go_on(self, situation: Situation, now: float) -> None:
        provocation, since_s = self._provocation, now - (self.begun_at or now)
        if provocation is not None and since_s < provocation.lasts_s:
            provocation.meanwhile(self.flight)
        elif provocation is not None and not self._ended:
            self._ended = True
            provocation.end(self.flight)
        alerts = [each for each in self.flight.all(AlertRaised) if each.at >= (self.begun_at or 0.0)]
        told = any(each.situation is situation for each in alerts)
        waits_s = 0.0 if provocation is None else provocation.told_within_s
        if not told and not self.put_in and since_s >= waits_s:
            self.put_in = True
            self.flight.tell(situation)

    def _order(self, now: float) -> None:
        plan, since_s = self.flight.plan, now - (self.begun_at or now)
        while self._orders and since_s >= self._orders[0][0]:
            _, command, by = self._orders.pop(0)
            self.flight.command(command(plan.sortie_id, ATTEMPT, by))


def fly(vehicle_class: VehicleClass, cases: Iterable[Case]) -> dict[Case, Outcome]:
    """Fly all cases; return how each ended."""
    chosen = list(cases)
    plans = [_plan(vehicle_class, case) for case in chosen]
    seeds = {case: number for number, case in enumerate(all_cases())}
    fleet = Fleet([_config(plan, seeds[case]) for case, plan in zip(chosen, plans, strict=True)])
    runs = [
        Run(case, Flight(plan, vehicle, _policy(case)))
        for case, plan, vehicle in zip(chosen, plans, fleet.vehicles, strict=True)
    ]
    for run in runs:
        run.flight.launch(START)
    now = START
    while now < START + LONGEST_S and any(run.outcome is None for run in runs):
        now += FINE_TICK_S if now < START + LAUNCH_S else TICK_S
        fleet.advance(now)
        for run in runs:
            run.step(now)
    for run in runs:
        if run.outcome is None:
            run.finish()
    return {run.case: run.outcome for run in runs if run.outcome is not None}


def _plan(vehicle_class: VehicleClass, case: Case) -> FlightPlan:
    """Return the plan of a proved trip; only where the pad is what it is about it waits for the receiver."""
    trip = proved_trip(vehicle_class)
    if case.what is not Situation.PAD_NOT_CLEAR:
        return trip.compiled(wind_limit_m_s=WIND_LIMIT_M_S)
    return with_stop(trip, STOP_S[vehicle_class] + HANDSHAKE_S).compiled(handshake_s=HANDSHAKE_S)


def _config(plan: FlightPlan, seed: int) -> VehicleConfig:
    """Return a vehicle whose chance follows from its case, whatever else is flown beside it."""
    home = HomePoint(plan.home_latitude_e7 / 1e7, plan.home_longitude_e7 / 1e7, plan.home_amsl_m, 90.0)
    kind = SimulatedClass(plan.vehicle_class.value)
    return VehicleConfig(f"V{seed}", kind, home, battery_wh=AVAILABLE_WH, seed=seed)


def _policy(case: Case) -> Policy:
    """Let the gateway react to the situation that it is about, and to no other that comes with it."""
    others = (each for each in Situation if each is not case.what)
    return Policy(switched_off=frozenset(others))


def _leg_with_site(plan: FlightPlan) -> int:
    """Return the first item of the way out that has a divert site off the way."""
    return min(each.from_seq for each in plan.diverts if each.site_id == DIVERT)
