"""A delivery of a copter from start to end, and one with two landings."""

from tests.fidelity import missions
from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario


@scenario(COPTER)
def auto_delivery(probe: Probe) -> None:
    """The whole delivery: take off, three legs, release, land elsewhere, disarm."""
    probe.phase("upload")
    probe.upload(missions.delivery(probe.home))
    fly_delivery(probe)


def fly_delivery(probe: Probe) -> None:
    """Start an uploaded delivery and follow it to the end."""
    probe.phase("start")
    probe.start_mission()
    probe.phase("takeoff")
    probe.timed("leaves ground", lambda: probe.link.until(lambda: probe.landed_state in (2, 3), 30))
    probe.fact("landed state when leaving", probe.landed_state)
    probe.follow_mission([1, 2, 3, 5, 6], 300)
    probe.phase("landing")
    probe.fact("landing seen", probe.link.until(lambda: probe.landed_state == 4, 60))
    probe.fact("on ground", probe.link.until(lambda: probe.landed_state == 1, 150))
    probe.wait_landed(60)
    probe.fact("MISSION_ITEM_REACHED for land", probe.wait_reached(7, 3))
    probe.fact_place("final")
    probe.fact("mode at end", probe.mode)
    probe.fact("MISSION_CURRENT at end", probe.current_fact())
    probe.link.sleep(5)


@scenario(COPTER)
def two_landings(probe: Probe) -> None:
    """Land at a stop, release, take off again by the same mission, come home.

    It goes on only if MIS_OPTIONS is 2 and the next navigation item (delays apart) is a take-off; with the
    documented bit value 4 this version disarms instead.
    """
    probe.set_param("MIS_OPTIONS", 2)
    h, stop = probe.home, probe.home.shifted(200, 0)
    probe.phase("upload")
    probe.upload(
        [
            missions.home_item(h),
            missions.takeoff(25),
            missions.waypoint(stop, 25),
            missions.land(stop),
            missions.servo(9, 1900),
            missions.takeoff(25),
            missions.waypoint(h, 25),
            missions.land(h),
        ]
    )
    probe.phase("start")
    probe.start_mission()
    probe.phase("first landing")
    probe.must(probe.wait_reached(2, 100), "reached 2")
    probe.fact("on ground", probe.link.until(lambda: probe.landed_state == 1, 100))
    probe.fact_place("stop")
    probe.phase("at the stop")
    probe.link.sleep(5)
    probe.fact("armed at the stop", probe.armed)
    probe.fact("mode at the stop", probe.mode)
    probe.fact("current at the stop", probe.current_fact())
    probe.phase("second take-off")
    probe.fact("in the air again", probe.link.until(lambda: probe.landed_state == 2, 60))
    probe.phase("home")
    probe.fact("reached 6", probe.wait_reached(6, 120))
    probe.wait_landed(120)
    probe.fact_place("final")
    probe.link.sleep(4)
