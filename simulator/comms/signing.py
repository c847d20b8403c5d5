"""MAVLink 2 signing as ArduPilot does it.

Sources: https://mavlink.io/en/guide/message_signing.html and ArduPilot's ``GCS_Signing.cpp``: one key for all
links; with a key everything sent is signed; the first link (USB, ``SERIAL0``) takes unsigned and wrongly
signed messages all the same, the further ones only ``RADIO_STATUS``; key and timestamp of nothing but zeros
switch it off.
"""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

TICKS_PER_S = 100_000
"""A signature's timestamp counts 10 microseconds since 2015."""

_HEAD_START = 60 * TICKS_PER_S
"""The vehicle's clock starts a minute after the timestamp of the key, against replays after a reboot."""

_ALWAYS_TAKEN = frozenset({mavlink.MAVLINK_MSG_ID_RADIO_STATUS, mavlink.MAVLINK_MSG_ID_RADIO})


def _takes_all(parser: mavlink.MAVLink, message_id: int) -> bool:
    return True


def _takes_radio_status(parser: mavlink.MAVLink, message_id: int) -> bool:
    return message_id in _ALWAYS_TAKEN


def parser() -> mavlink.MAVLink:
    """Return a parser of what one peer sends.

    Bytes that are no frame become BAD_DATA instead of an exception. A frame that is signed with a wrong key
    leaves no trace: otherwise anybody could shut a station out with a frame from the future.
    """
    made = mavlink.MAVLink(None)
    made.robust_parsing = True
    checked = made.check_signature

    def check(frame: bytearray, system: int, component: int) -> bool:
        times = made.signing.stream_timestamps
        before = dict(times)
        good = bool(checked(frame, system, component))
        if not good:
            times.clear()
            times.update(before)
        return good

    made.check_signature = check
    return made


class Keyring:
    """The signing state of every link of a vehicle; ``sign`` says whether what is sent is signed."""

    def __init__(self) -> None:
        self._links: dict[int, mavlink.MAVLinkSigning] = {}
        self._streams: dict[tuple[int, int, int], int] = {}
        self._key: bytes | None = None
        self.sign = False
        self._timestamp = 0

    def of(self, link: int) -> mavlink.MAVLinkSigning:
        """Return the state of one link; replays are remembered across links."""
        if link not in self._links:
            state = mavlink.MAVLinkSigning()
            state.link_id = link
            state.stream_timestamps = self._streams
            state.allow_unsigned_callback = _takes_radio_status if link else _takes_all
            self._links[link] = state
            self._turn(state)
        return self._links[link]

    def set_up(self, key: bytes, timestamp: int) -> None:
        """Take a key of 32 bytes and its timestamp on all links (``SETUP_SIGNING``)."""
        off = timestamp == 0 and not any(key)
        self._key = None if off else key
        self.sign = not off
        self._timestamp = timestamp + _HEAD_START
        for state in self._links.values():
            self._turn(state)

    def _turn(self, state: mavlink.MAVLinkSigning) -> None:
        state.secret_key = self._key
        state.timestamp = self._timestamp
        state.sign_outgoing = self._key is not None
