"""A delivery of a quadplane, lowering or landing at the stop."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity import missions
from tests.fidelity.missions import Item, Place
from tests.fidelity.probe import Probe
from tests.fidelity.registry import QUADPLANE, scenario


def vtol_route(probe: Probe, leg: float = 2000.0, alt: float = 80.0, place: bool = False) -> list[Item]:
    """Vertical takeoff, two cruise legs, vertical landing (or payload place and return)."""
    home = probe.home
    one, two = home.shifted(leg, 0), home.shifted(leg, leg)
    end = home.shifted(leg / 2, leg / 2)
    items = [
        missions.home_item(home),
        missions.nav(mavlink.MAV_CMD_NAV_VTOL_TAKEOFF, None, 30),
        missions.waypoint(one, alt),
        missions.waypoint(two, alt),
    ]
    if place:
        items.append(missions.nav(mavlink.MAV_CMD_NAV_PAYLOAD_PLACE, end, 0, (60, 0, 0, 0)))
        items.append(missions.waypoint(home.shifted(300, 0), alt))
        end = home
    items.append(missions.nav(mavlink.MAV_CMD_NAV_VTOL_LAND, end, 0))
    return items


@scenario(QUADPLANE)
def qp_auto_delivery(probe: Probe) -> None:
    """VTOL takeoff, transition, cruise, lowering by 60 m to release, return, VTOL landing."""
    probe.phase("upload")
    items = vtol_route(probe, place=True)
    probe.upload(items)
    probe.download()
    probe.start_plane_mission()
    probe.phase("takeoff")
    probe.timed("takeoff reached", lambda: probe.wait_reached(1, 60))
    probe.phase("transition")
    probe.timed("fixed wing", lambda: probe.link.until(lambda: probe.vtol_state == 4, 60))
    probe.fact("speed fixed wing", round(probe.speed_m_s, 1), "info")
    for seq in (2, 3):
        probe.phase(f"to item {seq}")
        probe.must(probe.wait_reached(seq, 200), f"reached {seq}")
        probe.fact_place(f"at {seq}", 40)
        probe.fact(f"ground speed at {seq}", round(probe.speed_m_s, 1), "metres", 2)
    probe.phase("payload place")
    probe.timed("multicopter", lambda: probe.link.until(lambda: probe.vtol_state == 3, 200), 20)
    probe.timed("lowest", lambda: probe.wait_text("Payload place aborted", 120), 8)
    probe.fact_place("at placing", 6)
    probe.must(probe.timed("placed", lambda: probe.wait_reached(4, 200), 10), "placed")
    probe.phase("return")
    probe.fact("reached 5", probe.wait_reached(5, 300))
    probe.phase("landing")
    probe.wait_landed(300)
    probe.fact_place("final", 6)
    probe.fact("mode at end", probe.mode)
    probe.link.sleep(5)


def placing(probe: Probe, end: Place) -> list[Item]:
    """Fly out, put the payload on the ground, come back and land at ``end``."""
    return [
        missions.home_item(probe.home),
        missions.nav(mavlink.MAV_CMD_NAV_VTOL_TAKEOFF, None, 30),
        missions.waypoint(probe.home.shifted(300, 0), 40),
        missions.nav(mavlink.MAV_CMD_NAV_PAYLOAD_PLACE, probe.home.shifted(600, 0), 0),
        missions.waypoint(probe.home, 40),
        missions.nav(mavlink.MAV_CMD_NAV_VTOL_LAND, end, 0),
    ]


@scenario(QUADPLANE)
def qp_payload_place(probe: Probe) -> None:
    """NAV_PAYLOAD_PLACE without a limit of descent: lands, and what it takes to go on."""
    probe.phase("landing too short")
    probe.upload(placing(probe, probe.home))
    probe.set_mode("AUTO", "mode AUTO with short landing")
    probe.link.sleep(1)
    probe.arm("arm with short landing")
    probe.fact("armed with short landing", probe.wait_armed(True, 3))
    probe.set_mode("FBWA")
    probe.phase("upload")
    probe.upload(placing(probe, probe.home.shifted(-200, 0)))
    probe.start_plane_mission()
    probe.phase("flight")
    probe.must(probe.wait_reached(2, 120), "reached 2")
    probe.phase("landing")
    probe.timed("on ground", lambda: probe.wait_text("Land complete", 240), 15)
    probe.fact_place("placed at", 5)
    probe.phase("waiting")
    probe.link.sleep(60)
    probe.fact("item 3 reached after a minute", 3 in probe.reached)
    probe.fact("armed after a minute", probe.armed)
    probe.fact("mode after a minute", probe.mode)
    probe.fact("landed state after a minute", probe.landed_state)
    probe.fact("current after a minute", probe.current)
    probe.phase("next item by command")
    probe.long(mavlink.MAV_CMD_DO_SET_MISSION_CURRENT, 4, label="current 4")
    probe.timed("flies again", lambda: probe.link.until(lambda: probe.altitude_m > 20, 60), 10)
    probe.fact("vtol state when flying again", probe.vtol_state, "info")
    probe.phase("return")
    probe.fact("reached 4", probe.wait_reached(4, 120))
    probe.ride_home()
