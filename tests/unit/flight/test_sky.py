"""Several aircraft of one gateway in the air: a flight of ours is told of who comes near."""

from dataclasses import dataclass

import pytest

from flight.commands import Launch
from flight.events import AlertCleared, AlertRaised, Launched
from flight.protocol.messages import ExtendedSysState, GlobalPositionInt, Heartbeat, Message
from flight.protocol.names import LandedState
from flight.situations import Situation
from tests.unit.flight.fake_vehicle import FakeVehicle
from tests.unit.flight.harness import World
from tests.unit.flight.plans import OTHER, small_plan

FAR_E7 = 100_000


@dataclass
class Stranger(FakeVehicle):
    """Somebody who hangs in the air beside our home, without an order of ours."""

    east_e7: int = 0
    height_mm: int = 60_000
    landed_state: int = LandedState.IN_AIR
    tells_position: bool = True

    def advance(self, now: float) -> list[Message]:
        latitude, longitude = self.position_e7
        place = GlobalPositionInt(0, latitude, longitude + self.east_e7, self.height_mm, 56000, 0, 0, 0, 0)
        said: list[Message] = [Heartbeat(2, 3, 81 + 128 * self.armed, 5, 4)]
        said.append(ExtendedSysState(3, self.landed_state))
        return [*said, place] if self.tells_position else said


class Near(World):
    """Our flight, in the air, and the stranger; the stranger stays with it."""

    def __init__(self, stranger: Stranger) -> None:
        ours = FakeVehicle()
        super().__init__(ours, stranger)
        self.command(Launch("S1", 1, small_plan()))
        self.run_until(Launched)
        self._ours, self._stranger = ours, stranger

    def fly(self, duration_s: float) -> None:
        for _ in range(round(duration_s * 10)):
            self._stranger.position_e7 = self._ours.position_e7
            self.run(0.1)

    def told(self, kind: type[AlertRaised] | type[AlertCleared]) -> list[AlertRaised | AlertCleared]:
        return [event for event in self.all(kind) if event.situation is Situation.TRAFFIC]


def test_a_flight_is_told_of_another_aircraft_that_is_near() -> None:
    world = Near(Stranger(address=OTHER, armed=True))

    world.fly(5)

    (alert,) = world.told(AlertRaised)
    assert isinstance(alert, AlertRaised)
    assert alert.text.startswith(f"{OTHER} is 0 m away")


@pytest.mark.parametrize(
    "stranger",
    [
        Stranger(address=OTHER, armed=True, east_e7=FAR_E7),
        Stranger(address=OTHER, armed=True, height_mm=85_000),
        Stranger(address=OTHER, armed=False),
        Stranger(address=OTHER, armed=True, landed_state=LandedState.ON_GROUND),
        Stranger(address=OTHER, armed=True, tells_position=False),
    ],
    ids=["far away", "in the other band", "disarmed", "on the ground", "nowhere"],
)
def test_nobody_is_told_of_one_who_is_no_traffic(stranger: Stranger) -> None:
    world = Near(stranger)

    world.fly(5)

    assert world.told(AlertRaised) == []


def test_traffic_that_goes_away_or_falls_silent_is_over() -> None:
    stranger = Stranger(address=OTHER, armed=True)
    world = Near(stranger)
    world.fly(3)

    stranger.east_e7 = FAR_E7
    world.fly(3)
    cleared = len(world.told(AlertCleared))
    stranger.east_e7 = 0
    world.fly(3)
    raised = len(world.told(AlertRaised))
    stranger.tells_position = False
    world.fly(8)

    assert (cleared, raised, len(world.told(AlertCleared))) == (1, 2, 2)
