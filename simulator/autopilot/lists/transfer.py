"""The vehicle's end of the mission protocol, as ArduPilot plays it.

Protocol: https://mavlink.io/en/services/mission.html.
Times and answers are those of the table in ``ardupilot-traces/README.md`` and of
``copter/mission_upload_errors``: items are asked for with ``MISSION_REQUEST``, again once a second, and after
8 s without one the upload is over.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.lists.items import Item, RefusedItemError, single
from simulator.autopilot.lists.stores import ItemList
from simulator.comms.radio import Radio, Sender

REQUEST_AGAIN_S = 1.0
UPLOAD_TIMEOUT_S = 8.0
_WARNING = mavlink.MAV_SEVERITY_WARNING


@dataclass
class Upload:
    """An upload in progress."""

    items: ItemList
    sender: Sender
    next_seq: int
    last_seq: int
    last_item_at: float
    last_request_at: float


class MissionServer:
    """Answers the messages of the mission protocol for all lists of a vehicle."""

    def __init__(self, radio: Radio, lists: list[ItemList]) -> None:
        self._radio = radio
        self._lists = {each.mission_type: each for each in lists}
        self._upload: Upload | None = None
        self._warned: set[str] = set()

    @property
    def receiving(self) -> bool:
        """Say whether an upload is in progress."""
        return self._upload is not None

    def forget_peer(self, peer: Hashable) -> None:
        """Drop an upload whose sender has gone."""
        if self._upload is not None and self._upload.sender.peer == peer:
            self._upload = None

    def tick(self, now: float) -> None:
        """Ask again, or give the upload up."""
        upload = self._upload
        if upload is None:
            return
        if now - upload.last_item_at >= UPLOAD_TIMEOUT_S:
            self._upload = None
            self._ack(upload.sender, upload.items.mission_type, mavlink.MAV_MISSION_OPERATION_CANCELLED)
            self._radio.say(_WARNING, f"{upload.items.label} upload timeout")
        elif now - upload.last_request_at >= REQUEST_AGAIN_S:
            self._ask(upload, now)

    def on_count(self, message: Any, sender: Sender, now: float) -> None:
        """Begin an upload."""
        items = self._lists.get(message.mission_type)
        if items is None:
            self._ack(sender, message.mission_type, mavlink.MAV_MISSION_UNSUPPORTED)
        elif self._upload is not None and not self._upload.sender.same_station(sender):
            self._ack(sender, message.mission_type, mavlink.MAV_MISSION_DENIED)
        elif message.count > items.capacity:
            self._ack(sender, message.mission_type, mavlink.MAV_MISSION_NO_SPACE)
            self._radio.say(_WARNING, f"Only {items.capacity} items are supported")
        elif message.count == 0:
            self._upload = None
            items.begin(0)
            items.clear()
            self._finish(items, sender)
        else:
            items.begin(message.count)
            self._begin(items, sender, 0, message.count - 1, now)

    def on_partial(self, message: Any, sender: Sender, now: float) -> None:
        """Begin an upload of a part of a list."""
        items = self._lists.get(message.mission_type)
        if (
            items is None
            or message.end_index >= len(items.items())
            or message.start_index > message.end_index
        ):
            self._ack(sender, message.mission_type, mavlink.MAV_MISSION_ERROR)
        else:
            self._begin(items, sender, message.start_index, message.end_index, now)

    def on_item(self, message: Any, sender: Sender, now: float) -> None:
        """Take an item of an upload, from ``MISSION_ITEM_INT`` or the older ``MISSION_ITEM``."""
        upload = self._upload
        if upload is None or upload.items.mission_type != message.mission_type:
            self._ack(sender, message.mission_type, mavlink.MAV_MISSION_ERROR)
            return
        if message.seq != upload.next_seq:
            self._ack(sender, message.mission_type, mavlink.MAV_MISSION_INVALID_SEQUENCE)
            return
        if message.get_type() == "MISSION_ITEM":
            self._warn_once("got MISSION_ITEM; GCS should send MISSION_ITEM_INT")
        try:
            upload.items.take(message.seq, _item(message))
        except RefusedItemError as refusal:
            self._upload = None
            self._ack(sender, message.mission_type, refusal.result)
            return
        upload.next_seq += 1
        upload.last_item_at = now
        if upload.next_seq > upload.last_seq:
            self._upload = None
            self._finish(upload.items, sender)
        else:
            self._ask(upload, now)

    def on_list(self, message: Any, sender: Sender) -> None:
        """Say how many items there are."""
        items = self._lists.get(message.mission_type)
        if items is None:
            return
        if self._upload is not None:
            self._ack(sender, message.mission_type, mavlink.MAV_MISSION_DENIED)
            return
        self._count(items, sender)

    def on_request(self, message: Any, sender: Sender) -> None:
        """Send one item, in the form that was asked for."""
        items = self._lists.get(message.mission_type)
        if items is None:
            return
        item = items.readable(message.seq)
        if item is None:
            if items.tells_its_length and message.seq >= len(items.items()):
                self._count(items, sender)
            self._ack(sender, message.mission_type, mavlink.MAV_MISSION_INVALID_SEQUENCE)
            return
        as_integers = message.get_type() == "MISSION_REQUEST_INT"
        self._radio.reply(sender, _message(item, message.seq, items, sender, as_integers))
        if not as_integers:
            self._warn_once("got MISSION_REQUEST; use MISSION_REQUEST_INT!")

    def on_clear(self, message: Any, sender: Sender) -> None:
        """Clear a list; an upload of it is over."""
        items = self._lists.get(message.mission_type)
        if items is None:
            self._ack(sender, message.mission_type, mavlink.MAV_MISSION_UNSUPPORTED)
            return
        self._upload = None
        items.clear()
        self._ack(sender, message.mission_type, mavlink.MAV_MISSION_ACCEPTED)

    def answer(self, sender: Sender, result: int) -> None:
        """Acknowledge a mission item that was not for a list."""
        self._ack(sender, mavlink.MAV_MISSION_TYPE_MISSION, result)

    def _begin(self, items: ItemList, sender: Sender, first: int, last: int, now: float) -> None:
        self._upload = Upload(items, sender, first, last, now, now)
        self._ask(self._upload, now)

    def _count(self, items: ItemList, sender: Sender) -> None:
        count = len(items.items())
        self._radio.reply(
            sender,
            mavlink.MAVLink_mission_count_message(sender.system, sender.component, count, items.mission_type),
        )

    def _ask(self, upload: Upload, now: float) -> None:
        upload.last_request_at = now
        sender = upload.sender
        self._radio.reply(
            sender,
            mavlink.MAVLink_mission_request_message(
                sender.system, sender.component, upload.next_seq, upload.items.mission_type
            ),
        )

    def _finish(self, items: ItemList, sender: Sender) -> None:
        result, texts = items.finish()
        self._ack(sender, items.mission_type, result)
        for severity, text in texts:
            self._radio.say(severity, text)

    def _ack(self, sender: Sender, mission_type: int, result: int) -> None:
        self._radio.reply(
            sender, mavlink.MAVLink_mission_ack_message(sender.system, sender.component, result, mission_type)
        )

    def _warn_once(self, text: str) -> None:
        if text not in self._warned:
            self._warned.add(text)
            self._radio.say(_WARNING, text)


def _item(message: Any) -> Item:
    x, y = message.x, message.y
    if message.get_type() == "MISSION_ITEM":
        x, y = round(x * 1e7), round(y * 1e7)
    params = (message.param1, message.param2, message.param3, message.param4)
    return Item(message.command, message.frame, params, x, y, message.z)


def _message(item: Item, seq: int, items: ItemList, sender: Sender, as_integers: bool) -> Any:
    x: float = item.x_e7
    y: float = item.y_e7
    kind = mavlink.MAVLink_mission_item_int_message
    if not as_integers:
        x, y = single(x * 1e-7), single(y * 1e-7)
        kind = mavlink.MAVLink_mission_item_message
    return kind(
        sender.system,
        sender.component,
        seq,
        item.frame,
        item.command,
        0,
        items.autocontinue,
        *item.params,
        x,
        y,
        item.z_m,
        items.mission_type,
    )
