"""The radio control receiver: a transmitter that lies on the table, and the overrides of a ground station."""

from collections.abc import Mapping, Sequence

CHANNELS = 16
"""Channels that ``RC_CHANNELS_OVERRIDE`` moves in ArduPilot."""

UNTOUCHED: Mapping[int, int] = {1: 1500, 2: 1500, 3: 1000, 4: 1500, 5: 1800, 6: 1000, 7: 1000, 8: 1800}
"""Pulses of ArduPilot's simulated transmitter in µs (trace ``message_intervals``); the throttle is low."""

THROTTLE = 3

_IGNORE = 65535
_RELEASE = 65534
_FIRST_OF_THE_SECOND_KIND = 9


class Receiver:
    """Channels of the receiver; channel numbers begin with 1.

    Notes
    -----
    An override holds for ``RC_OVERRIDE_TIME`` seconds (3): a ground station repeats it, or the stick falls
    back. A negative time means for ever, 0 switches overrides off.
    """

    def __init__(self) -> None:
        self._overrides: dict[int, tuple[int, float]] = {}

    def override(self, channel: int, pulse_us: int, now: float) -> None:
        """Take a value of ``RC_CHANNELS_OVERRIDE``.

        Parameters
        ----------
        channel
            1 to 16.
        pulse_us
            The pulse, or one of MAVLink's special values: 65535 leaves the channel alone, and so does 0 from
            channel 9 on; 0 up to channel 8 and 65534 from channel 9 on give it back to the sticks
            (https://mavlink.io/en/messages/common.html#RC_CHANNELS_OVERRIDE).
        now
            Seconds since boot.
        """
        late = channel >= _FIRST_OF_THE_SECOND_KIND
        if pulse_us == _IGNORE or (late and pulse_us == 0):
            return
        if pulse_us == (_RELEASE if late else 0):
            self._overrides.pop(channel, None)
        else:
            self._overrides[channel] = pulse_us, now

    def pulse_us(self, channel: int, now: float, override_time_s: float) -> int:
        """Return the pulse of a channel, 0 where there is none."""
        pulse, given_at = self._overrides.get(channel, (0, 0.0))
        if pulse and (override_time_s < 0 or now - given_at < override_time_s):
            return pulse
        return UNTOUCHED.get(channel, 0)

    def pulses_us(self, count: int, now: float, override_time_s: float) -> Sequence[int]:
        """Return the pulses of the first channels."""
        if not self._overrides:
            return _AT_REST[:count]
        return [self.pulse_us(channel, now, override_time_s) for channel in range(1, count + 1)]


_AT_REST = tuple(UNTOUCHED.get(channel, 0) for channel in range(1, 19))
