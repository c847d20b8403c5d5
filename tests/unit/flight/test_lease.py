"""Two gateways, one vehicle: only the one with the lease commands."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from flight.commands import (
    Adopt,
    CancelLaunch,
    Hold,
    InFlight,
    LandNow,
    Launch,
    RequestTermination,
    ReturnHome,
)
from flight.errors import LocalFlightError
from flight.events import (
    ActionRefused,
    ActionTaken,
    AdoptionFailed,
    FlightAdopted,
    FlightEvent,
    Landed,
    Launched,
    LaunchFailed,
    TelemetryUpdated,
)
from flight.gateway import Gateway
from flight.lease import Lease
from flight.plan import VehicleClass
from flight.protocol.codec import Decoder, Encoder
from flight.protocol.messages import (
    CommandLong,
    Heartbeat,
    Message,
    MissionAck,
    MissionCount,
    MissionItemInt,
    MissionRequest,
)
from flight.situations import Action
from tests.unit.flight.fake_vehicle import FakeVehicle
from tests.unit.flight.harness import START, STEP_S
from tests.unit.flight.plans import ADDRESS, OTHER, small_plan


class TwoGateways:
    """One scripted vehicle that both gateways hear, and what each of them sent to it."""

    def __init__(self) -> None:
        self.vehicle = FakeVehicle()
        self.now = START
        self.gateways = [Gateway(system_id=number, commands_need_grant=True) for number in (255, 254)]
        for gateway in self.gateways:
            gateway.add_vehicle(ADDRESS, VehicleClass.COPTER)
        self.sent: list[list[Message]] = [[], []]
        self.events: list[list[FlightEvent]] = [[], []]
        self.deaf: set[int] = set()
        self._encoder = Encoder(1, 1)
        self._last_asked_by = 255

    def grant(self, number: int, duration_s: float) -> None:
        self.gateways[number].grant(ADDRESS, self.now + duration_s, self.now)

    def run(self, duration_s: float, until: Callable[[], bool] = lambda: False) -> None:
        end = self.now + duration_s
        while self.now < end and not until():
            self.now += STEP_S
            for message in self.vehicle.advance(self.now):
                frame = self._encoder.encode(self._addressed(message))
                for number, gateway in enumerate(self.gateways):
                    if number not in self.deaf:
                        gateway.receive(frame, ADDRESS.link, self.now)
            for number, gateway in enumerate(self.gateways):
                self._serve(number, gateway)

    def commanded(self, number: int) -> list[Message]:
        return [message for message in self.sent[number] if not isinstance(message, Heartbeat)]

    def of(self, number: int, kind: type[FlightEvent]) -> list[FlightEvent]:
        return [event for event in self.events[number] if isinstance(event, kind)]

    def _addressed(self, message: Message) -> Message:
        """Answer whoever asked last; the scripted vehicle answers one station only."""
        if isinstance(message, MissionCount | MissionItemInt | MissionRequest | MissionAck):
            return replace(message, target_system=self._last_asked_by)
        return message

    def _serve(self, number: int, gateway: Gateway) -> None:
        for data, _ in gateway.send(self.now):
            for frame in Decoder().frames(data):
                if frame.message is not None:
                    self.sent[number].append(frame.message)
                    if not isinstance(frame.message, Heartbeat):
                        self._last_asked_by = frame.system_id
                    self.vehicle.receive(frame.message, self.now)
        while (event := gateway.next_event()) is not None:
            self.events[number].append(event)


@pytest.fixture
def world() -> TwoGateways:
    return TwoGateways()


def test_only_the_holder_of_the_lease_sends_anything_but_heartbeats(world: TwoGateways) -> None:
    world.grant(0, 1000)
    for gateway in world.gateways:
        gateway.command(Launch("S1", 1, small_plan()), world.now)

    world.run(300, lambda: bool(world.of(0, Landed)))

    assert world.of(0, Landed)
    assert world.commanded(1) == []
    assert len(world.sent[1]) > 60
    (failed,) = world.of(1, LaunchFailed)
    assert isinstance(failed, LaunchFailed)
    assert failed.stage == "refused"
    assert "no lease" in failed.reason


def test_a_gateway_without_a_lease_still_tells_what_it_hears(world: TwoGateways) -> None:
    world.grant(0, 1000)

    world.run(10)

    assert len(world.of(1, TelemetryUpdated)) == len(world.of(0, TelemetryUpdated)) > 5


@pytest.mark.parametrize(
    ("command", "action"),
    [
        (Hold("S1", 1), Action.HOLD),
        (ReturnHome("S1", 1), Action.RETURN),
        (LandNow("S1", 1), Action.LAND),
        (RequestTermination("S1", 1), Action.TERMINATE),
    ],
)
def test_without_a_lease_an_action_is_refused(world: TwoGateways, command: InFlight, action: Action) -> None:
    world.grant(0, 1000)
    world.gateways[0].command(Launch("S1", 1, small_plan()), world.now)
    world.run(300, lambda: bool(world.of(0, Launched)))
    world.gateways[0].grant(ADDRESS, world.now, world.now)
    world.run(1)
    before = len(world.commanded(0))

    world.gateways[0].command(command, world.now)
    world.run(20)

    (refused,) = world.of(0, ActionRefused)
    assert isinstance(refused, ActionRefused)
    assert refused.action is action
    assert len(world.commanded(0)) == before
    assert not world.of(0, ActionTaken)


def test_nothing_goes_out_any_more_when_the_lease_ends_in_the_midst_of_an_upload(world: TwoGateways) -> None:
    world.grant(0, 1000)
    world.gateways[0].command(Launch("S1", 1, small_plan()), world.now)
    world.run(60, lambda: any(isinstance(message, MissionCount) for message in world.sent[0]))
    world.gateways[0].grant(ADDRESS, world.now, world.now)
    before = len(world.commanded(0))

    world.run(600)

    assert len(world.commanded(0)) == before
    assert not world.vehicle.armed
    assert world.of(0, LaunchFailed)


def test_a_procedure_that_lost_its_lease_stays_silent_when_the_lease_comes_back(world: TwoGateways) -> None:
    world.grant(0, 1000)
    world.gateways[0].command(Launch("S1", 1, small_plan()), world.now)
    world.run(60, lambda: any(isinstance(message, MissionCount) for message in world.sent[0]))
    world.gateways[0].grant(ADDRESS, world.now, world.now)
    world.run(2)

    world.grant(0, 1000)
    before = len(world.commanded(0))
    world.run(20)

    assert len(world.commanded(0)) == before


def test_a_lease_that_is_renewed_too_late_is_no_renewal_even_if_nobody_looked_meanwhile(
    world: TwoGateways,
) -> None:
    world.grant(0, 30)
    world.gateways[0].command(Launch("S1", 1, small_plan()), world.now)
    world.run(25, lambda: any(isinstance(message, MissionCount) for message in world.sent[0]))
    before = len(world.commanded(0))

    world.now += 60
    world.grant(0, 1000)
    world.run(20)

    assert before > 0
    assert len(world.commanded(0)) == before


def test_a_launch_that_was_refused_is_not_carried_out_when_the_lease_comes(world: TwoGateways) -> None:
    command = Launch("S1", 1, small_plan())
    world.gateways[0].command(command, world.now)
    world.grant(0, 1000)

    world.gateways[0].command(command, world.now)
    world.run(100)

    assert len(world.of(0, LaunchFailed)) == 1
    assert world.vehicle.arm_commands == 0


def test_a_flight_passes_from_one_gateway_to_the_other(world: TwoGateways) -> None:
    world.grant(0, 1000)
    world.gateways[0].command(Launch("S1", 1, small_plan()), world.now)
    world.run(300, lambda: bool(world.of(0, Launched)))
    world.gateways[1].command(Adopt("S1", 1, small_plan()), world.now)
    world.gateways[0].grant(ADDRESS, world.now, world.now)
    world.grant(1, 1000)
    world.gateways[1].command(Adopt("S1", 1, small_plan()), world.now)
    world.run(30, lambda: bool(world.of(1, FlightAdopted)))

    world.gateways[1].command(ReturnHome("S1", 1, "operator"), world.now)
    world.run(60, lambda: bool(world.of(1, ActionTaken)))

    assert len(world.of(1, AdoptionFailed)) == 1
    assert len(world.of(1, ActionTaken)) == 1
    last = [message for message in world.commanded(1) if isinstance(message, CommandLong)]
    assert any(message.command == 188 for message in last)


def test_cancelling_a_launch_needs_no_lease(world: TwoGateways) -> None:
    world.grant(0, 1000)
    world.gateways[0].command(Launch("S1", 1, small_plan()), world.now)
    world.run(1)
    world.gateways[0].grant(ADDRESS, world.now, world.now)

    world.gateways[0].command(CancelLaunch("S1", 1), world.now)
    world.run(5)

    (failed,) = world.of(0, LaunchFailed)
    assert isinstance(failed, LaunchFailed)
    assert failed.stage == "cancelled"


def test_a_plan_for_one_vehicle_is_refused_by_another() -> None:
    gateway = Gateway(vehicles=[(ADDRESS, VehicleClass.COPTER), (OTHER, VehicleClass.QUADPLANE)])
    session = gateway._sessions[OTHER]

    session.command(Launch("S1", 1, small_plan(vehicle=ADDRESS)), START)

    (failed,) = session.take_events()
    assert isinstance(failed, LaunchFailed)
    assert str(ADDRESS) in failed.reason
    assert session.take_messages(START)[1:] == []


def test_a_lease_for_a_vehicle_that_does_not_exist_is_refused() -> None:
    with pytest.raises(LocalFlightError, match="add it first"):
        Gateway(commands_need_grant=True).grant(ADDRESS, START, START)


def test_a_lease_that_is_renewed_in_time_leaves_no_gap() -> None:
    lease = Lease(needed=True)
    lease.grant(10.0)
    lease.update(9.0, is_working=True)

    lease.grant(20.0)
    lease.update(11.0, is_working=True)

    assert lease.holds(11.0)
    assert lease.timer == 20.0


def test_a_launch_is_not_called_failed_by_the_next_gateway_which_has_not_heard_yet_that_it_armed(
    world: TwoGateways,
) -> None:
    world.run(5.0)
    world.grant(0, 1000)
    world.gateways[0].command(Launch("S1", 1, small_plan()), world.now)
    world.run(60.0, lambda: world.vehicle.arm_commands > 0)

    world.grant(0, 0.05)
    world.grant(1, 1000)
    world.gateways[1].command(Adopt("S1", 1, small_plan()), world.now)
    world.run(30.0)

    assert world.vehicle.armed
    assert world.of(1, LaunchFailed) == []
    assert len(world.of(1, FlightAdopted)) == 1


def test_a_gateway_that_gets_a_vehicle_back_takes_up_what_it_flies_now(world: TwoGateways) -> None:
    """It was cut off, and still believes in the flight that it had; the other one has launched another."""
    world.grant(0, 40.0)
    world.gateways[0].command(Launch("S1", 1, small_plan()), world.now)
    world.run(40.0, lambda: bool(world.of(0, Launched)))
    world.deaf.add(0)
    world.run(45.0)
    world.grant(1, 1000)
    world.gateways[1].command(Adopt("S1", 1, small_plan()), world.now)
    world.run(200.0, lambda: bool(world.of(1, Landed)))
    second = replace(small_plan(), sortie_id="S2")
    world.gateways[1].command(Launch("S2", 1, second), world.now)
    world.run(60.0, lambda: bool(world.of(1, Launched)))

    world.grant(1, 0.0)
    world.deaf.clear()
    world.grant(0, 1000)
    world.gateways[0].command(Adopt("S2", 1, second), world.now)
    world.run(300.0, lambda: bool(world.of(0, Landed)))

    assert world.of(0, AdoptionFailed) == []
    adopted, landed = world.of(0, FlightAdopted)[-1], world.of(0, Landed)[-1]
    assert isinstance(adopted, FlightAdopted)
    assert isinstance(landed, Landed)
    assert (adopted.sortie_id, landed.sortie_id) == ("S2", "S2")


def test_a_flight_whose_lease_lapsed_during_an_action_is_adopted_and_the_action_ends(
    world: TwoGateways,
) -> None:
    world.grant(0, 1000)
    world.gateways[0].command(Launch("S1", 1, small_plan()), world.now)
    world.run(60.0, lambda: bool(world.of(0, Launched)))
    world.vehicle.ignored_commands.add(188)
    world.gateways[0].command(ReturnHome("S1", 1, "operator"), world.now)
    world.grant(0, 1.0)
    world.run(2.0)
    world.vehicle.ignored_commands.clear()

    world.grant(0, 1000)
    world.gateways[0].command(Adopt("S1", 1, small_plan()), world.now)
    world.run(2.0)

    (refused,) = world.of(0, ActionRefused)
    assert isinstance(refused, ActionRefused)
    assert refused.reason == "the right to command this vehicle was lost meanwhile"
    assert len(world.of(0, FlightAdopted)) == 1
    assert world.vehicle.mode != 27
