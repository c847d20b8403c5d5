"""Signing within a launch, on the built-in simulator: its first link takes all, the second what is signed."""

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from flight.commands import Launch
from flight.events import CheckResult, FlightEvent, Launched, LaunchFailed, PreflightReported, Severity
from flight.gateway import Gateway
from flight.plan import VehicleClass
from flight.protocol.signing import EPOCH_S, TICKS_PER_S, SigningKey
from simulator import HomePoint, VehicleConfig
from simulator import Vehicle as SimulatedVehicle
from simulator import VehicleClass as SimulatedClass
from simulator.comms.radio import LinkedPeer
from tests.unit.flight.harness import START
from tests.unit.flight.plans import ADDRESS, HOME_E7, small_plan

SECRET = b"goto islands, thirty-two bytes.."
STEP_S = 0.2
BOOT_S = 45.0


class SignedWorld:
    """A simulated vehicle that has a key, and a gateway that speaks with it over one of its links."""

    def __init__(self, link: int, key: SigningKey | None) -> None:
        home = HomePoint(HOME_E7[0] / 1e7, HOME_E7[1] / 1e7, 4.0)
        self.vehicle = SimulatedVehicle(VehicleConfig("V1", SimulatedClass.COPTER, home, battery_wh=900.0))
        self.peer = LinkedPeer("gateway", link) if link else "gateway"
        self.gateway = Gateway()
        self.gateway.add_vehicle(ADDRESS, VehicleClass.COPTER, key=key)
        self.events: list[FlightEvent] = []
        self.now = START
        self.vehicle.advance(self.now)
        self._set_up_signing()

    def _set_up_signing(self) -> None:
        """As a technician does it, by cable, before anything else."""
        cable = mavlink.MAVLink(None, srcSystem=254)
        timestamp = int((START - EPOCH_S) * TICKS_PER_S)
        message = mavlink.MAVLink_setup_signing_message(1, 1, list(SECRET), timestamp)
        self.vehicle.receive(message.pack(cable), "cable", self.now)

    def run_until(self, *kinds: type[FlightEvent], limit_s: float = 300.0) -> None:
        end = self.now + limit_s
        while self.now < end and not any(isinstance(event, kinds) for event in self.events):
            self.now += STEP_S
            self.vehicle.advance(self.now)
            for data, peer in self.vehicle.send():
                if peer == self.peer:
                    self.gateway.receive(data, ADDRESS.link, self.now)
            for data, _ in self.gateway.send(self.now):
                self.vehicle.receive(data, self.peer, self.now)
            while (event := self.gateway.next_event()) is not None:
                self.events.append(event)

    def launch(self) -> None:
        self.run_until(LaunchFailed, limit_s=BOOT_S)
        self.gateway.command(Launch("S1", 1, small_plan()), self.now)
        self.run_until(Launched, LaunchFailed)

    @property
    def signing(self) -> CheckResult:
        (report,) = (event for event in self.events if isinstance(event, PreflightReported))
        (result,) = (each for each in report.checks if each.name == "signing")
        return result


def test_a_link_that_takes_unsigned_commands_is_found_out_and_nothing_is_armed() -> None:
    world = SignedWorld(link=0, key=SigningKey(SECRET))

    world.launch()

    assert world.signing.severity is Severity.HARD_FAILURE
    (failed,) = (event for event in world.events if isinstance(event, LaunchFailed))
    assert failed.reason == "this link takes unsigned commands: use another one"
    assert not world.vehicle.truth.armed


def test_a_link_that_takes_only_what_is_signed_passes_and_the_vehicle_is_launched() -> None:
    world = SignedWorld(link=1, key=SigningKey(SECRET))

    world.launch()

    assert world.signing.severity is Severity.PASSED
    assert any(isinstance(event, Launched) for event in world.events)


@pytest.mark.parametrize("key", [None, SigningKey(bytes(32))])
def test_a_gateway_without_the_right_key_cannot_launch_over_a_link_that_is_enforced(
    key: SigningKey | None,
) -> None:
    world = SignedWorld(link=1, key=key)

    world.launch()

    assert any(isinstance(event, LaunchFailed) for event in world.events)
    assert not world.vehicle.truth.armed
