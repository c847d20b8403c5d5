"""The mission list: upload, download, the old forms, and every kind of item."""

from dataclasses import replace

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity import missions
from tests.fidelity.loader import REQUESTS, Upload
from tests.fidelity.missions import MISSION, Item
from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario


@scenario(COPTER)
def mission_upload(probe: Probe) -> None:
    """Upload, download, other message forms, ids and clear."""
    home = probe.home
    probe.phase("upload")
    probe.fact("count when empty", probe.length())
    items = missions.delivery(home)
    first = probe.upload(items, label="eight items")
    probe.fact("request type", sorted({k for k, _ in first.requested}), "set")
    probe.fact("request order", [s for _, s in first.requested])
    ids_fact(probe, first, "first")
    probe.phase("download")
    probe.download(label="eight items back")
    old = probe.request_item(1, old=True)
    probe.fact("reply to MISSION_REQUEST", old.get_type() if old else None)
    probe.phase("gripper mission")
    items[4] = missions.gripper(True)
    second = probe.upload(items, label="gripper")
    ids_fact(probe, second, "second")
    probe.download(label="gripper back")
    third = probe.upload(items, label="same again")
    ids_fact(probe, third, "same again")
    probe.phase("old item form")
    upload_float(probe, items[:4])
    probe.phase("other commands")
    odd_commands(probe)
    probe.phase("clear")
    probe.clear()
    probe.fact("count after clear", probe.length())
    probe.link.sleep(2)
    probe.fact("MISSION_CURRENT after clear", probe.current_fact())
    probe.clear()
    probe.fact("clear all types", clear_all_types(probe))


def ids_fact(probe: Probe, up: Upload, label: str) -> None:
    """The opaque id of a plan in the ack, the count and MISSION_CURRENT."""
    probe.link.sleep(2)
    head = probe.count()
    ids = [
        getattr(up.ack_message, "opaque_id", None),
        getattr(head, "opaque_id", None),
        getattr(probe.last.get("MISSION_CURRENT"), "mission_id", None),
    ]
    probe.fact(f"ids {label}", ids, "info")
    probe.fact(f"ids in use {label}", [bool(i) for i in ids], "info")
    probe.fact(f"MISSION_CURRENT {label}", probe.current_fact())


def upload_float(probe: Probe, items: list[Item]) -> None:
    """Answer the requests with MISSION_ITEM (float) instead of MISSION_ITEM_INT."""
    probe.send_count(len(items))
    ack = None
    for _ in range(len(items) + 3):
        msg = probe.link.wait(lambda m: m.get_type() in (*REQUESTS, "MISSION_ACK"), 3)
        if msg is None or msg.get_type() == "MISSION_ACK":
            ack = msg.type if msg else None
            break
        it = items[msg.seq]
        probe.link.send(
            mavlink.MAVLink_mission_item_message(
                *probe.link.target,
                msg.seq,
                it.frame,
                it.command,
                0,
                1,
                *it.p,
                it.x / 1e7,
                it.y / 1e7,
                it.z,
                MISSION,
            )
        )
    probe.fact("float items ack", ack)
    probe.fact("float items count", probe.length())


def odd_commands(probe: Probe) -> None:
    """One item of each kind a planner may use: stored or refused, and how it reads back."""
    spot = probe.home.shifted(100, 0)
    for name, item in (
        ("LOITER_UNLIM", missions.nav(17, spot, 30)),
        ("LOITER_TURNS", missions.nav(18, spot, 30, (2, 0, 20, 0))),
        ("LOITER_TIME", missions.nav(19, spot, 30, (5, 0, 0, 0))),
        ("RTL", missions.nav(20)),
        ("SPLINE", missions.nav(82, spot, 30)),
        ("VTOL_TAKEOFF", missions.nav(84, None, 30)),
        ("VTOL_LAND", missions.nav(85, spot, 0)),
        ("PAYLOAD_PLACE", missions.nav(94, spot, 0, (10, 0, 0, 0))),
        ("LOITER_TO_ALT", missions.nav(31, spot, 30)),
        ("CONDITION_DELAY", missions.action(112, (3, 0, 0, 0))),
        ("CONDITION_YAW", missions.action(115, (90, 0, 0, 0))),
        ("DO_JUMP", missions.action(177, (1, 2, 0, 0))),
        ("DO_SET_HOME", missions.nav(179, spot, 5)),
        ("DO_SET_RELAY", missions.action(181, (0, 1, 0, 0))),
        ("DO_SET_ROI_LOCATION", missions.nav(195, spot, 0)),
        ("DO_LAND_START", missions.nav(189, spot, 0)),
        ("DO_WINCH", missions.action(42600, (0, 2, 5, 1))),
        ("DO_FENCE_ENABLE", missions.action(207, (1, 0, 0, 0))),
        ("DO_PARACHUTE", missions.action(208, (2, 0, 0, 0))),
        ("SCRIPT_TIME", missions.action(42702, (1, 1, 0, 0))),
        ("DELAY", missions.delay(4)),
        ("ORBIT", missions.nav(34, spot, 30)),
        ("SET_CAMERA_TRIGG_DIST", missions.action(206, (5, 0, 0, 0))),
        ("WAYPOINT terrain", replace(missions.waypoint(spot, 30), frame=10)),
        ("WAYPOINT rel_int", replace(missions.waypoint(spot, 30), frame=6)),
        ("WAYPOINT global_int", replace(missions.waypoint(spot, 30), frame=5)),
        ("WAYPOINT hold", missions.nav(16, spot, 30, (7, 3, 0, 90))),
    ):
        up = probe.upload([missions.home_item(probe.home), item], label=f"item {name}", timeout_s=6)
        if up.ack == 0:
            back = probe.request_item(1)
            probe.fact(
                f"item {name} back",
                probe.describe(back) if back is not None and back.get_type() == "MISSION_ITEM_INT" else None,
            )


def clear_all_types(probe: Probe) -> list[list[int]]:
    """MISSION_CLEAR_ALL with MAV_MISSION_TYPE_ALL."""
    probe.link.send(mavlink.MAVLink_mission_clear_all_message(*probe.link.target, 255))
    acks = []
    while (ack := probe.link.wait_type("MISSION_ACK", 2)) is not None:
        acks.append([ack.mission_type, ack.type])
    return acks
