"""The flown track stays in the certified corridor, whatever the direction of the wind."""

import pytest

from simulator.wind import Wind
from tests.simulation.judge import closest_to_a_zone_m, farthest_outside_m, flown
from tests.simulation.world import Weather, World, goto


@pytest.mark.parametrize("from_deg", [0, 45, 90, 135, 180, 225, 270, 315])
def test_in_8_m_s_of_wind_the_drone_stays_inside_what_was_certified(from_deg: float) -> None:
    world = World(seed=int(from_deg), weather=Weather(wind=Wind(8.0, from_deg)))
    request = world.ask()

    assert world.run_until(lambda: world.is_closed(request.id))

    plan = world.dispatcher.plan("S-0001")
    track = flown(world.nodes["Q1"].vehicle)
    assert world.dispatcher.request(request.id).state == "delivered"
    assert farthest_outside_m(track, plan, goto()) == 0.0
    assert plan.certificate.zone_clearance_m is not None
    assert closest_to_a_zone_m(track, plan, goto()) >= plan.certificate.zone_clearance_m
    assert max(sample.altitude_amsl_m for sample in track) <= goto().policy.inbound.ceiling_amsl_m
