"""Faults in the handshakes of the mission list."""

from dataclasses import replace
from itertools import pairwise

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity import missions
from tests.fidelity.missions import MISSION, Item
from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario


@scenario(COPTER)
def mission_upload_errors(probe: Probe) -> None:
    """Faults in the upload and download handshakes."""
    items = missions.delivery(probe.home)
    probe.upload(items, label="good first")
    upload_order_errors(probe, items)
    upload_silence(probe, items)
    upload_bad_items(probe, items)
    upload_counts(probe, items)
    upload_restart(probe, items)
    download_errors(probe, len(items))


def upload_order_errors(probe: Probe, items: list[Item]) -> None:
    """Wrong order, duplicates, and items nobody asked for."""
    probe.phase("wrong order")
    probe.send_count(4)
    probe.next_reply(3)
    probe.send_item(items[2], 2)
    probe.fact("reply to item 2 when 0 was asked", probe.next_reply(3))
    probe.send_item(items[0], 0)
    probe.fact("reply to item 0 after that", probe.next_reply(3))
    probe.link.sleep(12)
    probe.phase("duplicate")
    probe.upload(items, label="duplicate item 2", duplicate=2, patient=True)
    probe.link.sleep(2)
    probe.phase("list during upload")
    probe.send_count(4)
    probe.next_reply(3)
    probe.link.send(mavlink.MAVLink_mission_request_list_message(*probe.link.target, MISSION))
    probe.fact("reply to list during upload", probe.next_reply(0.6))
    probe.link.sleep(12)
    probe.phase("unasked item")
    for seq in (1, 77):
        probe.send_item(items[1], seq)
        probe.fact(f"reply to unasked item {seq}", probe.next_reply(3))
    probe.fact("count after order errors", probe.length())


def upload_silence(probe: Probe, items: list[Item]) -> None:
    """An item never sent: how the vehicle asks again and gives up."""
    for missing in (0, 3):
        probe.phase(f"missing item {missing}")
        start = probe.link.now
        up = probe.upload(items, label=f"missing {missing}", withhold=(missing,), timeout_s=30)
        asks = [t for (_, s), t in zip(up.requested, up.times_s, strict=True) if s == missing]
        gaps = [round(b - a, 2) for a, b in pairwise(asks)]
        probe.fact(f"missing {missing} asks", len(asks), "metres", 1)
        probe.fact(
            f"missing {missing} gap",
            round(sum(gaps) / len(gaps), 2) if gaps else None,
            "seconds",
            0.3,
        )
        probe.fact(f"missing {missing} gaps", gaps, "info")
        probe.fact(f"missing {missing} gave up after", round(probe.link.now - start, 2), "seconds", 1.0)
        probe.fact(f"missing {missing} count", probe.length())


def upload_bad_items(probe: Probe, items: list[Item]) -> None:
    """Items that must be refused (or are not)."""
    probe.phase("bad items")
    wp = items[2]
    bad = (
        ("unsupported command", replace(wp, command=31999)),
        ("unknown command", replace(wp, command=9)),
        ("bad frame", replace(wp, frame=200)),
        ("body frame", replace(wp, frame=8)),
        ("local frame", replace(wp, frame=1)),
        ("latitude 95", replace(wp, x=950000000)),
        ("longitude 200", replace(wp, y=2000000000)),
        ("altitude 1e6", replace(wp, z=1e6)),
        ("nan altitude", replace(wp, z=float("nan"))),
        ("nan yaw", replace(wp, p=(0, 0, 0, float("nan")))),
        ("zero position", replace(wp, x=0, y=0)),
        ("second takeoff", missions.takeoff(20)),
        ("speed in global frame", replace(missions.speed(5), frame=3)),
    )
    for label, item in bad:
        probe.upload([items[0], items[1], item, items[6]], label=label, timeout_s=12)
        probe.fact(f"{label} count", probe.length())
    probe.upload(items, label="good again")


def upload_counts(probe: Probe, items: list[Item]) -> None:
    """Counts of zero and too many, and an unknown list."""
    probe.phase("counts")
    probe.upload([], label="count 0", timeout_s=5)
    probe.fact("count 0 count", probe.length())
    probe.upload(items, label="count 5000", count=5000, timeout_s=3, withhold=range(5000))
    probe.link.sleep(10)
    probe.upload(items, label="mission type 7", mission_type=7, timeout_s=4)
    probe.send_count(3)
    probe.fact("first request of abandoned upload", probe.next_reply(3))
    probe.clear()
    probe.fact("after clear during upload", probe.next_reply(4))
    probe.upload(items, label="good after counts")


def upload_restart(probe: Probe, items: list[Item]) -> None:
    """A second COUNT while an upload runs, from the same and from another station."""
    probe.phase("restart")
    probe.send_count(8)
    probe.next_reply(3)
    probe.send_item(items[0], 0)
    probe.fact("asked for 1", probe.next_reply(3))
    up = probe.upload(items[:5], label="restart with 5")
    probe.fact("restart with 5 order", [s for _, s in up.requested][:6])
    probe.fact("count after restart", probe.length())
    probe.phase("other station")
    probe.send_count(8)
    probe.next_reply(3)
    probe.send_count(8, system=254)
    probe.fact("reply to the other station", probe.next_reply(0.6))
    probe.link.sleep(12)
    probe.fact("mission count at end", probe.length())


def download_errors(probe: Probe, _count: int) -> None:
    """Requests beyond the end and of unknown lists."""
    probe.phase("download")
    for seq in (0, 4, 5, 77, 65535):
        msg = probe.request_item(seq)
        probe.fact(f"request item {seq}", [msg.get_type(), getattr(msg, "type", None)] if msg else None)
    msg = probe.request_item(0, mission_type=7)
    probe.fact("request of type 7", [msg.get_type(), getattr(msg, "type", None)] if msg else None)
    probe.fact("list of type 7", probe.length(7))
    probe.clear(7)
    probe.link.send(mavlink.MAVLink_mission_write_partial_list_message(*probe.link.target, 1, 2, 0))
    probe.fact("partial write", probe.next_reply(3))
    probe.link.sleep(10)
