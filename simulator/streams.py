"""Which messages are sent how often (trace ``copter/message_intervals``)."""

import heapq

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.parameters import ParameterTable

FASTEST_S = 0.0025
"""``SCHED_LOOP_RATE`` 400: nothing goes faster than the loop."""

UPLOAD_SLOWDOWN = 4
"""During an upload, streams are sent so many times less often (``mission_upload_errors``)."""

_FASTEST_SENT_S = 0.02

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


class Streams:
    """Intervals of the periodic messages, and when each is due next. Times are seconds since boot."""

    def __init__(self, params: ParameterTable) -> None:
        self._interval: dict[int, float] = {}
        self._due: dict[int, float] = {}
        self._queue: list[tuple[float, int]] = []
        self._default: dict[int, float] = {mavlink.MAVLINK_MSG_ID_HEARTBEAT: 1.0}
        self.slow = False
        for stream, name in _RATE_PARAMETERS.items():
            if params[name] > 0:
                self._default.update(dict.fromkeys(STREAMS[stream], 1.0 / params[name]))
        for message_id, interval in self._default.items():
            self._set(message_id, interval, 1.0)

    def interval_us(self, message_id: int) -> int:
        """Return the interval for ``MESSAGE_INTERVAL``: -1 when the message is not sent."""
        interval = self._interval.get(message_id)
        return -1 if interval is None else round(interval * 1e6)

    def request(self, message_id: int, interval_us: float, time: float) -> bool:
        """Set an interval as ``SET_MESSAGE_INTERVAL`` does; say whether it was taken."""
        if interval_us == 0:
            self._reset(message_id, time)
        elif interval_us == -1:
            self._stop(message_id)
        elif interval_us < FASTEST_S * 1e6:
            return False
        else:
            self._set(message_id, max(_FASTEST_SENT_S, interval_us * 1e-6), time)
        return True

    def request_stream(self, stream: int, rate_hz: float, start: bool, time: float) -> None:
        """Set a group of messages as ``REQUEST_DATA_STREAM`` does; stream 0 is all of them."""
        groups = STREAMS if stream == mavlink.MAV_DATA_STREAM_ALL else {stream: STREAMS.get(stream, ())}
        for message_ids in groups.values():
            for message_id in message_ids:
                if start and rate_hz > 0:
                    self._set(message_id, 1.0 / rate_hz, time)
                else:
                    self._stop(message_id)

    def _reset(self, message_id: int, time: float) -> None:
        default = self._default.get(message_id)
        if default is None:
            self._stop(message_id)
        else:
            self._set(message_id, default, time)

    def _set(self, message_id: int, interval: float, time: float) -> None:
        self._interval[message_id] = interval
        # Spread the messages of one rate over its period, as a scheduler with a budget does.
        self._put(message_id, time + interval * ((message_id * 37) % 16 + 1) / 16.0)

    def _put(self, message_id: int, at: float) -> None:
        self._due[message_id] = at
        heapq.heappush(self._queue, (at, message_id))

    def _stop(self, message_id: int) -> None:
        self._interval.pop(message_id, None)
        self._due.pop(message_id, None)

    def due(self, time: float) -> list[tuple[float, int]]:
        """Return what is to be sent up to a time, in order, and move on."""
        ready: list[tuple[float, int]] = []
        queue = self._queue
        while queue and queue[0][0] <= time:
            at, message_id = heapq.heappop(queue)
            # An entry of an interval that was changed meanwhile is not the one that is due.
            if self._due.get(message_id) == at:
                ready.append((at, message_id))
                self._put(message_id, at + self._spacing(message_id))
        return ready

    def _spacing(self, message_id: int) -> float:
        slowed = self.slow and message_id != mavlink.MAVLINK_MSG_ID_HEARTBEAT
        return self._interval[message_id] * (UPLOAD_SLOWDOWN if slowed else 1)
