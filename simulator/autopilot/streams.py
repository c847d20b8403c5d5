"""Which messages are sent how often (trace ``copter/message_intervals``)."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.parameters import ParameterTable

FASTEST_S = 0.0025
"""``SCHED_LOOP_RATE`` 400: nothing goes faster than the loop."""

UPLOAD_SLOWDOWN = 4
"""During an upload, streams are sent so many times less often (``mission_upload_errors``)."""

_FASTEST_SENT_S = 0.02
_PHASES = 4

STREAMS: dict[int, tuple[int, ...]] = {
    mavlink.MAV_DATA_STREAM_RAW_SENSORS: (
        mavlink.MAVLINK_MSG_ID_RAW_IMU,
        mavlink.MAVLINK_MSG_ID_SCALED_IMU2,
        mavlink.MAVLINK_MSG_ID_SCALED_IMU3,
        mavlink.MAVLINK_MSG_ID_SCALED_PRESSURE,
        mavlink.MAVLINK_MSG_ID_SCALED_PRESSURE2,
    ),
    mavlink.MAV_DATA_STREAM_EXTENDED_STATUS: (
        mavlink.MAVLINK_MSG_ID_SYS_STATUS,
        mavlink.MAVLINK_MSG_ID_POWER_STATUS,
        mavlink.MAVLINK_MSG_ID_MEMINFO,
        mavlink.MAVLINK_MSG_ID_MISSION_CURRENT,
        mavlink.MAVLINK_MSG_ID_GPS_RAW_INT,
        mavlink.MAVLINK_MSG_ID_NAV_CONTROLLER_OUTPUT,
        mavlink.MAVLINK_MSG_ID_FENCE_STATUS,
    ),
    mavlink.MAV_DATA_STREAM_RC_CHANNELS: (
        mavlink.MAVLINK_MSG_ID_SERVO_OUTPUT_RAW,
        mavlink.MAVLINK_MSG_ID_RC_CHANNELS,
    ),
    mavlink.MAV_DATA_STREAM_POSITION: (
        mavlink.MAVLINK_MSG_ID_GLOBAL_POSITION_INT,
        mavlink.MAVLINK_MSG_ID_LOCAL_POSITION_NED,
    ),
    mavlink.MAV_DATA_STREAM_EXTRA1: (
        mavlink.MAVLINK_MSG_ID_ATTITUDE,
        mavlink.MAVLINK_MSG_ID_AHRS2,
        mavlink.MAVLINK_MSG_ID_SIMSTATE,
        mavlink.MAVLINK_MSG_ID_AOA_SSA,
    ),
    mavlink.MAV_DATA_STREAM_EXTRA2: (mavlink.MAVLINK_MSG_ID_VFR_HUD,),
    mavlink.MAV_DATA_STREAM_EXTRA3: (
        mavlink.MAVLINK_MSG_ID_AHRS,
        mavlink.MAVLINK_MSG_ID_SYSTEM_TIME,
        mavlink.MAVLINK_MSG_ID_WIND,
        mavlink.MAVLINK_MSG_ID_TERRAIN_REPORT,
        mavlink.MAVLINK_MSG_ID_BATTERY_STATUS,
        mavlink.MAVLINK_MSG_ID_EKF_STATUS_REPORT,
        mavlink.MAVLINK_MSG_ID_VIBRATION,
        mavlink.MAVLINK_MSG_ID_ESC_TELEMETRY_1_TO_4,
        mavlink.MAVLINK_MSG_ID_ESC_TELEMETRY_5_TO_8,
        mavlink.MAVLINK_MSG_ID_AIRSPEED,
    ),
}
"""Messages by ``MAV_DATA_STREAM``, as received after asking for each stream alone."""

_RATE_PARAMETERS = {
    mavlink.MAV_DATA_STREAM_RAW_SENSORS: "SR0_RAW_SENS",
    mavlink.MAV_DATA_STREAM_EXTENDED_STATUS: "SR0_EXT_STAT",
    mavlink.MAV_DATA_STREAM_RC_CHANNELS: "SR0_RC_CHAN",
    mavlink.MAV_DATA_STREAM_POSITION: "SR0_POSITION",
    mavlink.MAV_DATA_STREAM_EXTRA1: "SR0_EXTRA1",
    mavlink.MAV_DATA_STREAM_EXTRA2: "SR0_EXTRA2",
    mavlink.MAV_DATA_STREAM_EXTRA3: "SR0_EXTRA3",
}


@dataclass(slots=True)
class _Beat:
    """Messages of one interval that are sent together."""

    interval: float
    message_ids: list[int]


class Streams:
    """Intervals of the periodic messages, and when each is due next. Times are seconds since boot.

    While ``slow`` is set, all but the heartbeat are sent less often.
    """

    def __init__(self, params: ParameterTable) -> None:
        self._beats: dict[int, _Beat] = {}
        self._queue: list[tuple[float, int, _Beat]] = []
        self._begun = 0
        self._default: dict[int, float] = {mavlink.MAVLINK_MSG_ID_HEARTBEAT: 1.0}
        self.slow = False
        for stream, name in _RATE_PARAMETERS.items():
            if params[name] > 0:
                self._default.update(dict.fromkeys(STREAMS[stream], 1.0 / params[name]))
        for interval in sorted(set(self._default.values())):
            self._set([each for each in self._default if self._default[each] == interval], interval, 1.0)

    def interval_us(self, message_id: int) -> int:
        """Return the interval for ``MESSAGE_INTERVAL``: -1 when the message is not sent."""
        beat = self._beats.get(message_id)
        return -1 if beat is None else round(beat.interval * 1e6)

    def request(self, message_id: int, interval_us: float, time: float) -> bool:
        """Set an interval as ``SET_MESSAGE_INTERVAL`` does; say whether it was taken."""
        if interval_us == 0:
            self._reset(message_id, time)
        elif interval_us == -1:
            self._stop(message_id)
        elif interval_us < FASTEST_S * 1e6:
            return False
        else:
            self._set([message_id], max(_FASTEST_SENT_S, interval_us * 1e-6), time)
        return True

    def request_stream(self, stream: int, rate_hz: float, start: bool, time: float) -> None:
        """Set a group of messages as ``REQUEST_DATA_STREAM`` does; stream 0 is all of them."""
        groups = STREAMS if stream == mavlink.MAV_DATA_STREAM_ALL else {stream: STREAMS.get(stream, ())}
        message_ids = [each for group in groups.values() for each in group]
        if start and rate_hz > 0:
            self._set(message_ids, 1.0 / rate_hz, time)
        else:
            for message_id in message_ids:
                self._stop(message_id)

    def _reset(self, message_id: int, time: float) -> None:
        default = self._default.get(message_id)
        if default is None:
            self._stop(message_id)
        else:
            self._set([message_id], default, time)

    def _set(self, message_ids: Sequence[int], interval: float, time: float) -> None:
        """Send messages with an interval, spread over it, as a scheduler with a budget does."""
        for message_id in message_ids:
            self._stop(message_id)
        for phase in range(_PHASES):
            at = time + interval * (phase + 1) / _PHASES
            together = [each for each in message_ids if each * 37 % _PHASES == phase]
            if mavlink.MAVLINK_MSG_ID_HEARTBEAT in together:
                together.remove(mavlink.MAVLINK_MSG_ID_HEARTBEAT)
                self._begin([mavlink.MAVLINK_MSG_ID_HEARTBEAT], interval, at)
            if together:
                self._begin(together, interval, at)

    def _begin(self, message_ids: list[int], interval: float, at: float) -> None:
        beat = _Beat(interval, message_ids)
        self._beats.update(dict.fromkeys(message_ids, beat))
        self._begun += 1
        heapq.heappush(self._queue, (at, self._begun, beat))

    def _stop(self, message_id: int) -> None:
        beat = self._beats.pop(message_id, None)
        if beat is not None:
            beat.message_ids.remove(message_id)

    def due(self, time: float) -> list[int]:
        """Return the messages to be sent up to a time, in order, and move on."""
        ready: list[int] = []
        queue = self._queue
        while queue and queue[0][0] <= time:
            at, number, beat = queue[0]
            if not beat.message_ids:
                heapq.heappop(queue)
                continue
            ready += beat.message_ids
            heapq.heapreplace(queue, (at + self._spacing(beat), number, beat))
        return ready

    def _spacing(self, beat: _Beat) -> float:
        slowed = self.slow and beat.message_ids != [mavlink.MAVLINK_MSG_ID_HEARTBEAT]
        return beat.interval * (UPLOAD_SLOWDOWN if slowed else 1)
