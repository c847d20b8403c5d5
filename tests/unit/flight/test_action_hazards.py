"""Actions where the link, the moment or another person is against them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from flight import commands
from flight.actions.hold import HOLD_LIMIT_S
from flight.events import ActionRefused, ActionTaken, AlertRaised, Landed
from flight.plan import MissionItem, VehicleClass
from flight.protocol.messages import CommandLong, GlobalPositionInt, Message, ParamRequestRead, ParamSet
from flight.situations import Action, Situation
from flight.supervision.traffic import Neighbour
from flight.vehicles.modes import AUTO
from tests.unit.flight.fake_vehicle import FakeVehicle
from tests.unit.flight.harness import World
from tests.unit.flight.helm import BRAKE, ENTER_SEQ, GUIDED, SITE, Helm, plan_with_site
from tests.unit.flight.plans import OTHER, PAD_E7, small_plan

BOTH = pytest.mark.parametrize("vehicle_class", list(VehicleClass))
COPTER, QUADPLANE = VehicleClass.COPTER, VehicleClass.QUADPLANE
SET_MODE, RETURN_PATH, REPOSITION, SET_CURRENT, TRANSITION = 176, 188, 192, 224, 3000


class HardOfHearing(Helm):
    """Misses the next ``missed`` changes of its item; says nothing about parameters, or of its position."""

    missed = 0
    tells_parameters = True
    tells_position = True

    def _answers(self, message: Message) -> Iterator[Message]:
        if isinstance(message, ParamRequestRead | ParamSet) and not self.tells_parameters:
            return
        if self.missed and isinstance(message, CommandLong) and message.command == SET_CURRENT:
            self.missed -= 1
            yield from self._telling()
            return
        yield from super()._answers(message)

    def _telling(self) -> Iterator[Message]:
        for message in super()._telling():
            if self.tells_position or not isinstance(message, GlobalPositionInt):
                yield message


def held_at_the_stop() -> HardOfHearing:
    """Return a quadplane that is held below the release, which it would fly on its wing in AUTO."""
    plan = plan_with_site(QUADPLANE)
    rotors, wing = MissionItem(TRANSITION, 0, 3.0), MissionItem(TRANSITION, 0, 4.0)
    mission = (*plan.mission[:2], rotors, *plan.mission[3:6], wing, *plan.mission[7:])
    helm = HardOfHearing(QUADPLANE, seq=3, plan=replace(plan, mission=mission))
    helm.position_e7, helm.height_m = PAD_E7, 20.0
    helm.order(commands.Hold)
    helm.run(2.0)
    return helm


def test_a_stop_is_not_taken_for_begun_anew_because_the_vehicle_is_at_one_of_its_items() -> None:
    helm = held_at_the_stop()
    helm.missed = 1

    helm.order(commands.Resume)
    helm.run(5.0)

    assert helm.commands == [SET_MODE, SET_CURRENT, SET_CURRENT, SET_MODE]
    assert helm.seq == 2


@BOTH
def test_nothing_is_held_on_its_way_to_a_site(vehicle_class: VehicleClass) -> None:
    helm = Helm(vehicle_class, seq=ENTER_SEQ)

    helm.order(commands.Hold)
    helm.run(2.0)

    assert helm.refused[0][1].startswith("no way home is certified from here")
    assert helm.mode == AUTO[vehicle_class]


@BOTH
def test_a_low_battery_does_not_undo_a_divert(vehicle_class: VehicleClass) -> None:
    helm = Helm(vehicle_class)

    helm.order(commands.Divert)
    helm.run(2.0)

    assert helm.parameters["BATT_FS_LOW_ACT"] == 0.0


@BOTH
def test_a_divert_whose_parameters_get_no_answer_is_done_and_nothing_follows_it(
    vehicle_class: VehicleClass,
) -> None:
    helm = HardOfHearing(vehicle_class)
    helm.tells_parameters = False

    helm.alert(Situation.ENERGY_CRITICAL)
    helm.run(300.0)

    assert helm.taken == [(Action.DIVERT, "contingency:energy_critical")]
    assert (helm.mode, helm.seq) == (AUTO[vehicle_class], ENTER_SEQ)


def test_a_quadplane_that_diverts_and_is_not_heard_to_change_to_its_wing_is_not_landed_in_the_sea() -> None:
    plan = plan_with_site(QUADPLANE)
    hovers = (*plan.mission[:1], MissionItem(TRANSITION, 0, 3.0), *plan.mission[2:])
    helm = Helm(QUADPLANE, plan=replace(plan, mission=hovers))
    helm.deaf.add(TRANSITION)

    helm.alert(Situation.ENERGY_CRITICAL)
    helm.run(300.0)

    assert [action for action, _ in helm.refused] == [Action.DIVERT]
    assert helm.taken == [(Action.CONTINUE, "contingency:energy_critical")]
    assert (helm.mode, helm.seq) == (10, ENTER_SEQ)


def test_a_quadplane_is_not_held_at_a_place_from_some_time_ago() -> None:
    helm = HardOfHearing(QUADPLANE)
    helm.tells_position = False
    helm.run(30.0)

    helm.order(commands.Hold)
    helm.run(60.0)

    assert REPOSITION not in helm.commands
    assert helm.refused == [(Action.HOLD, "hold: the vehicle has not told its position for 5 s")]


@BOTH
def test_another_persons_order_for_what_is_done_already_is_answered(vehicle_class: VehicleClass) -> None:
    helm = Helm(vehicle_class)
    helm.order(commands.Divert)
    helm.run(2.0)

    helm.order(commands.Divert, by="supervisor")

    assert helm.taken[-1] == (Action.DIVERT, "supervisor")
    assert helm.all(ActionTaken)[-1].site_id == SITE


def test_an_order_for_what_the_vehicle_does_by_itself_is_answered() -> None:
    helm = Helm(COPTER, seq=8)

    helm.order(commands.ReturnHome)

    assert helm.taken == [(Action.RETURN, "operator")]
    assert helm.commands == []


def test_another_persons_order_for_what_is_under_way_is_answered() -> None:
    helm = Helm(COPTER)
    helm.deaf.add(RETURN_PATH)
    helm.order(commands.ReturnHome)

    helm.order(commands.ReturnHome, by="supervisor")

    assert helm.refused == [(Action.RETURN, "return at the word of operator is under way")]


def test_traffic_that_comes_and_goes_does_not_make_a_vehicle_bounce() -> None:
    helm = Helm(COPTER)
    near = Neighbour(OTHER, 100.0, 5.0)
    helm.supervision.note_traffic(near)
    helm.run(1.0)
    helm.alert(Situation.TRAFFIC)
    helm.run(2.0)

    for second in range(30):
        helm.supervision.note_traffic(None if second % 6 < 5 else near)
        helm.run(1.0)

    assert [action for action, _ in helm.taken] == [Action.HOLD]
    assert helm.mode == BRAKE


def test_what_is_under_way_ends_with_the_flight() -> None:
    world = World()
    vehicle = world.vehicles[0]
    world.launch()
    world.run(300.0, lambda: vehicle.seq == 9)
    vehicle.ignored_commands.add(SET_MODE)
    world.command(commands.LandNow("S1", 1, "operator"))

    landed = world.run_until(Landed)
    world.run(5.0)

    refused = world.one(ActionRefused)
    assert (refused.action, refused.reason) == (Action.LAND, "the flight is over")
    assert refused.at == pytest.approx(landed.at)


def test_an_order_after_the_landing_is_answered() -> None:
    world = World()
    world.launch()
    world.run_until(Landed)

    world.command(commands.Hold("S1", 1, "operator"))
    world.run(1.0)

    assert world.one(ActionRefused).reason == "the flight is over"


def test_an_order_for_a_flight_that_could_not_be_adopted_is_answered() -> None:
    vehicle = FakeVehicle(armed=True, mode=4)
    world = World(vehicle)
    world.command(commands.Adopt("S1", 1, small_plan()))
    world.run(60.0)

    world.command(commands.LandNow("S1", 1, "operator"))
    world.run(1.0)

    assert world.one(ActionRefused).reason == "the vehicle is not known to fly this sortie"
    assert vehicle.mode == 4


def test_a_quadplane_that_was_not_seen_to_stand_comes_home_when_the_limit_is_over() -> None:
    helm = Helm(QUADPLANE)
    helm.speed_m_s = 25.0
    helm.run(1.0)
    helm.order(commands.Hold)
    helm.run(250.0)
    assert (helm.mode, helm.parameters["FS_LONG_ACTN"]) == (GUIDED, 1.0)

    helm.run(HOLD_LIMIT_S)

    assert helm.taken[-1] == (Action.RETURN, "limit of the hold")
    assert helm.parameters["FS_LONG_ACTN"] == 0.0


class OnlyHeartbeats(FakeVehicle):
    """From some time on it tells nothing but that it is there."""

    is_terse = False

    def _tell(self) -> None:
        if self.is_terse:
            self._out.append(self._heartbeat())
        else:
            super()._tell()


def test_a_vehicle_that_is_heard_and_does_not_tell_where_it_is_raises_an_alert() -> None:
    vehicle = OnlyHeartbeats()
    world = World(vehicle)
    world.launch()
    world.run(300.0, lambda: vehicle.seq == 2)

    vehicle.is_terse = True
    world.run(30.0)

    (alert,) = world.all(AlertRaised)
    assert alert.situation is Situation.POSITION_LOST
    assert "no position told" in alert.text
