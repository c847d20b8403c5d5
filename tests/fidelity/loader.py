"""Mission, fence and rally lists: upload, download, clear, and every fault in between."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity.commander import Commander
from tests.fidelity.link import Message
from tests.fidelity.missions import MISSION, Item, Place

REQUESTS = ("MISSION_REQUEST", "MISSION_REQUEST_INT")
ITEMS = ("MISSION_ITEM_INT", "MISSION_ITEM", "MISSION_ACK")


@dataclass
class Upload:
    """What happened in one upload."""

    ack: int | None = None
    requested: list[tuple[str, int]] = field(default_factory=list)
    times_s: list[float] = field(default_factory=list)
    ack_message: Message | None = None


class Loader(Commander):
    """Transfers lists, as they should be and otherwise."""

    def send_count(self, count: int, mission_type: int = MISSION, system: int | None = None) -> None:
        """Announce an upload."""
        self.link.drain()
        message = mavlink.MAVLink_mission_count_message(*self.link.target, count, mission_type)
        self.link.send(message, system)

    def send_item(self, item: Item, seq: int, mission_type: int = MISSION, system: int | None = None) -> None:
        """Send one item."""
        self.link.send(item.message(seq, mission_type, self.link.target), system)

    def next_reply(self, timeout_s: float) -> list[object] | None:
        """Return the next request or acknowledgement of the handshake."""
        message = self.link.wait(lambda each: each.get_type() in (*REQUESTS, "MISSION_ACK"), timeout_s)
        if message is None:
            return None
        return ["ACK", message.type] if message.get_type() == "MISSION_ACK" else ["REQ", message.seq]

    def upload(
        self,
        items: list[Item],
        mission_type: int = MISSION,
        label: str | None = "upload",
        count: int | None = None,
        withhold: Iterable[int] = (),
        timeout_s: float = 15.0,
        duplicate: int | None = None,
        patient: bool = False,
    ) -> Upload:
        """Upload items as the vehicle asks for them.

        Parameters
        ----------
        items, mission_type
            What, and into which list.
        label
            Under which name acknowledgement and requests are recorded; not at all where None.
        count
            The length to announce, if it is to be a wrong one.
        withhold
            Numbers of items that are never sent.
        timeout_s
            When to give up.
        duplicate
            Number of an item that is sent twice.
        patient
            Go on after "wrong sequence".
        """
        result = Upload()
        held = set(withhold)
        self.send_count(len(items) if count is None else count, mission_type)
        deadline = self.link.now + timeout_s
        while (left_s := deadline - self.link.now) > 0:
            message = self.link.wait(lambda each: each.get_type() in (*REQUESTS, "MISSION_ACK"), left_s)
            if message is None:
                break
            if message.get_type() == "MISSION_ACK":
                if patient and message.type == mavlink.MAV_MISSION_INVALID_SEQUENCE:
                    continue
                result.ack, result.ack_message = message.type, message
                break
            result.requested.append((message.get_type(), message.seq))
            result.times_s.append(self.link.now)
            if message.seq in held or message.seq >= len(items):
                continue
            for _ in range(2 if message.seq == duplicate else 1):
                self.send_item(items[message.seq], message.seq, mission_type)
        if label is not None:
            self.fact(f"{label}.ack", result.ack)
            self.fact(f"{label}.requests", sorted({seq for _, seq in result.requested}))
        return result

    def count(self, mission_type: int = MISSION) -> Message | None:
        """Ask for the length of a list; return MISSION_COUNT."""
        self.link.drain()
        self.link.send(mavlink.MAVLink_mission_request_list_message(*self.link.target, mission_type))
        return self.link.wait_type("MISSION_COUNT", 3, mission_type=mission_type)

    def length(self, mission_type: int = MISSION) -> int | None:
        """Return the length of a list, or None on silence."""
        head = self.count(mission_type)
        return None if head is None else head.count

    def request_item(self, seq: int, mission_type: int = MISSION, old: bool = False) -> Message | None:
        """Ask for one item; return an item, an acknowledgement, or None."""
        form = mavlink.MAVLink_mission_request_message if old else mavlink.MAVLink_mission_request_int_message
        self.link.drain()
        self.link.send(form(*self.link.target, seq, mission_type))
        return self.link.wait(lambda message: message.get_type() in ITEMS, 3)

    def download(self, mission_type: int = MISSION, label: str = "download") -> None:
        """Read a whole list back and record it."""
        total = self.length(mission_type)
        self.fact(f"{label}.count", total)
        answers = [self.request_item(seq, mission_type) for seq in range(total or 0)]
        for message in answers:
            if message is not None and message.get_type() == "MISSION_ITEM_INT":
                self.fact(f"{label}.item{message.seq}", self.describe(message))
        self.link.send(mavlink.MAVLink_mission_ack_message(*self.link.target, 0, mission_type))

    def clear(self, mission_type: int = MISSION) -> int | None:
        """Clear a list; return the acknowledgement."""
        self.link.drain()
        self.link.send(mavlink.MAVLink_mission_clear_all_message(*self.link.target, mission_type))
        ack = self.link.wait_type("MISSION_ACK", 3)
        result: int | None = self.fact("clear.ack", ack.type if ack else None)
        return result

    def describe(self, message: Message) -> list[Any]:
        """Return what can be compared of an item; places as whole metres from home."""
        params = [round(getattr(message, f"param{number}"), 3) for number in range(1, 5)]
        spot: list[Any] = [message.x, message.y]
        if self.home_known is not None and (message.x or message.y):
            place = Place(message.x / 1e7, message.y / 1e7)
            spot = [round(offset_m) for offset_m in self.home_known.offset_to(place)]
        return [message.frame, message.command, message.autocontinue, *params, *spot, round(message.z)]
