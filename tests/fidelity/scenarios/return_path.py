"""Copter flights whose way home is part of the mission."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity import missions
from tests.fidelity.missions import Item
from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario

RETURN_OR_LAND_START = 6
"""FS_GCS_ENABLE and BATT_FS_LOW_ACT: by DO_RETURN_PATH_START or DO_LAND_START, else RTL."""


def round_trip(probe: Probe) -> list[Item]:
    """Out by the north, back by the east; items 6.. are the return path, which starts at 5."""
    h = probe.home
    place = {2: (300, 0), 3: (300, 300), 4: (300, 500), 6: (200, 500), 7: (0, 400), 8: (0, 200)}
    way = {seq: missions.waypoint(h.shifted(*ne), 40) for seq, ne in place.items()}
    start = missions.action(mavlink.MAV_CMD_DO_RETURN_PATH_START, (0, 0, 0, 0))
    return [
        missions.home_item(h),
        missions.takeoff(40),
        way[2],
        way[3],
        way[4],
        start,
        way[6],
        way[7],
        way[8],
        missions.land(h),
    ]


def fly_out(probe: Probe, until_seq: int) -> None:
    """Upload the round trip, start it and fly until an item is reached."""
    probe.phase("upload")
    probe.upload(round_trip(probe))
    probe.phase("start")
    probe.start_mission()
    probe.phase(f"to item {until_seq}")
    probe.must(probe.wait_reached(until_seq, 200), f"reached {until_seq}")


def follow_home(probe: Probe, seqs: list[int]) -> None:
    """The return path is flown item by item and ends on the ground at home."""
    for seq in seqs:
        probe.phase(f"back by item {seq}")
        probe.fact(f"reached {seq}", probe.wait_reached(seq, 120))
        probe.fact_place(f"at {seq}", 8.0)
    probe.phase("landing")
    probe.fact("mode while landing", probe.mode)
    probe.wait_landed(150)
    probe.fact_place("final")
    probe.fact("mode at end", probe.mode)
    probe.link.sleep(4)


@scenario(COPTER)
def return_path_in_mission(probe: Probe) -> None:
    """The whole round trip without an incident; item 4 is announced as 5, the item after it."""
    fly_out(probe, 5)
    probe.phase("past the start of the return path")
    probe.fact("mode", probe.mode)
    probe.fact("current", probe.current_fact())
    follow_home(probe, [6, 7, 8])


@scenario(COPTER)
def return_path_gcs_failsafe(probe: Probe) -> None:
    """The ground station falls silent on the way out: home by the return path, not straight."""
    probe.set_param("FS_GCS_ENABLE", RETURN_OR_LAND_START)
    fly_out(probe, 3)
    probe.phase("silence")
    probe.link.heartbeats = False
    probe.link.note("GCS", heartbeats=False)
    start, before = probe.link.now, probe.mode
    probe.fact("mode changed", probe.link.until(lambda: probe.mode != before, 20))
    probe.fact("changed after", round(probe.link.now - start, 1), "seconds", 1.5)
    probe.fact("mode in silence", probe.mode)
    probe.fact("status in silence", probe.status)
    probe.link.sleep(2)
    probe.fact("current", probe.current_fact())
    probe.phase("ground station back")
    probe.link.heartbeats = True
    probe.link.note("GCS", heartbeats=True)
    probe.link.sleep(4)
    probe.fact("mode after return", probe.mode)
    follow_home(probe, [7, 8])


@scenario(COPTER)
def return_path_battery_failsafe(probe: Probe) -> None:
    """The battery gets low on the way out: home by the return path."""
    probe.set_param("BATT_FS_LOW_ACT", RETURN_OR_LAND_START)
    fly_out(probe, 3)
    probe.phase("low")
    before = probe.mode
    probe.set_param("SIM_BATT_VOLTAGE", 10.0)
    probe.timed("mode changed", lambda: probe.link.until(lambda: probe.mode != before, 40), 3)
    probe.fact("mode on low battery", probe.mode)
    probe.fact("status on low battery", probe.status)
    follow_home(probe, [7, 8])


@scenario(COPTER)
def return_path_command(probe: Probe) -> None:
    """An operator orders the return path, by command and by mode: it joins the nearest leg of it."""
    fly_out(probe, 3)
    probe.phase("command")
    probe.long(mavlink.MAV_CMD_DO_RETURN_PATH_START, label="DO_RETURN_PATH_START")
    probe.link.sleep(3)
    probe.fact("mode after command", probe.mode)
    probe.fact("current after command", probe.current_fact())
    probe.phase("mode")
    probe.set_mode("AUTO", "mode AUTO again")
    probe.link.sleep(2)
    probe.fact("mode again", probe.mode)
    probe.fact("current again", probe.current_fact())
    probe.set_mode("AUTO_RTL", "mode AUTO_RTL")
    probe.link.sleep(3)
    probe.fact("mode AUTO_RTL", probe.mode)
    probe.fact("current in AUTO_RTL", probe.current_fact())
    follow_home(probe, [7, 8])


@scenario(COPTER)
def return_path_join_early(probe: Probe) -> None:
    """Ordered near the start, the nearest leg of the return path is the last one: straight home."""
    fly_out(probe, 2)
    probe.phase("command")
    probe.long(mavlink.MAV_CMD_DO_RETURN_PATH_START, label="DO_RETURN_PATH_START")
    probe.link.sleep(3)
    probe.fact("mode after command", probe.mode)
    probe.fact("current after command", probe.current_fact())
    probe.phase("landing")
    probe.wait_landed(150)
    probe.fact_place("final")
    probe.link.sleep(4)
