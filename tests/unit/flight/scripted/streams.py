"""The end of a vehicle that sends messages at intervals, as ArduPilot does when it is asked."""

import numpy as np

from flight.protocol.messages import (
    BatteryStatus,
    CommandLong,
    EkfStatusReport,
    ExtendedSysState,
    FenceStatus,
    GlobalPositionInt,
    GpsRawInt,
    HomePosition,
    Message,
    MissionCurrent,
    ServoOutputRaw,
    SysStatus,
    VfrHud,
    Wind,
)

SAMPLES: dict[int, Message] = {
    1: SysStatus(0, 0, 0, 0, 25000, 0, 100),
    24: GpsRawInt(0, 6, 0, 0, 0, 0, 0, 0, 0, 10),
    33: GlobalPositionInt(0, 0, 0, 0, 0, 0, 0, 0, 0),
    36: ServoOutputRaw(0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    42: MissionCurrent(1),
    74: VfrHud(0.0, 0.0, 0, 0, 0.0, 0.0),
    147: BatteryStatus(0, 0, 0, 0, (25000,) * 10, 0, 0, 0, 100),
    162: FenceStatus(0, 0, 0),
    168: Wind(0.0, 0.0, 0.0),
    193: EkfStatusReport(0, 0.0, 0.0, 0.0, 0.0, 0.0),
    242: HomePosition(0, 0, 0, 0.0, 0.0, 0.0, (1.0, 0.0, 0.0, 0.0), 0.0, 0.0, 0.0),
    245: ExtendedSysState(3, 1),
}


class StreamEnd:
    """Sends each message at the interval that was asked for last."""

    def __init__(self) -> None:
        self.intervals: dict[int, float] = {}
        self._next: dict[int, float] = {}
        self._random = np.random.default_rng(1)

    def forget(self) -> None:
        """Start anew: ArduPilot keeps no intervals over a reboot."""
        self.intervals.clear()

    def receive(self, request: Message, loss: float) -> None:
        if self._random.random() < loss:
            return
        if not isinstance(request, CommandLong):
            self.intervals.clear()
        elif request.param2 < 0:
            self.intervals.pop(int(request.param1), None)
        else:
            self.intervals[int(request.param1)] = request.param2 / 1e6

    def due(self, now: float, loss: float) -> list[Message]:
        numbers = [number for number in self.intervals if now >= self._next.get(number, 0.0)]
        for number in numbers:
            self._next[number] = now + self.intervals[number] - 1e-6
        return [SAMPLES[number] for number in numbers if self._random.random() >= loss]
