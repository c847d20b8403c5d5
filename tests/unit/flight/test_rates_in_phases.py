"""The gateway asks for what each phase of a flight needs, and for no more."""

from flight.commands import Adopt, Launch
from flight.events import Landed, Launched
from flight.protocol.messages import CommandLong
from flight.protocol.names import Command
from tests.unit.flight.link_world import ADDRESS, LTE, LinkWorld
from tests.unit.flight.plans import small_plan

POSITION = 33
LATCH = 36


class Asked(LinkWorld):
    """A vehicle on one link, and the intervals that it was asked for."""

    def __init__(self) -> None:
        super().__init__(LTE)

    def intervals_s(self, message_id: int) -> list[float]:
        return [
            message.param2 / 1e6
            for message in self.roads[0].messages()
            if isinstance(message, CommandLong)
            and (message.command, message.param1) == (Command.SET_MESSAGE_INTERVAL, message_id)
        ]

    def forget(self) -> None:
        self.roads[0].sent.clear()


def test_little_is_asked_of_a_vehicle_on_the_ground() -> None:
    world = Asked()

    world.run(3)

    assert world.intervals_s(POSITION) == [5.0]
    assert world.intervals_s(LATCH) == []


def test_a_launch_asks_for_what_preflight_reads_and_the_flight_for_what_supervision_reads() -> None:
    world = Asked()
    world.run(3)
    world.forget()

    world.command(Launch("S1", 1, small_plan(vehicle=ADDRESS)))
    world.run(120, lambda: world.vehicle.armed)
    before_arming = (world.intervals_s(POSITION)[0], world.intervals_s(LATCH)[0])
    world.forget()
    world.run(120, lambda: bool(world.all(Launched)))
    world.run(1)
    in_flight = world.intervals_s(POSITION)[0]
    world.forget()
    world.run(300, lambda: bool(world.all(Landed)))
    world.run(2)

    assert before_arming == (1.0, 1.0)
    assert in_flight == 0.5
    assert world.intervals_s(POSITION)[-1] == 5.0


def test_an_adoption_asks_for_the_latch() -> None:
    world = Asked()
    world.run(3)

    world.command(Adopt("S1", 1, small_plan(vehicle=ADDRESS)))
    world.run(1)

    assert world.intervals_s(LATCH)[0] == 1.0
