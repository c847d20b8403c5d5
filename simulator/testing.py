"""A ground station in memory, made of plain pymavlink: for tests of this package and of others."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.geodesy import LocalFrame
from simulator.values import HomePoint
from simulator.vehicle import Vehicle

PEER = "ground station"
STEP_S = 0.2


class GroundStation:
    """Talks to one vehicle without a socket; all time is simulated.

    Parameters
    ----------
    vehicle
        The other end.
    now
        Unix time of the start; the vehicle boots then.
    system_id, component_id
        MAVLink address of the station.
    beating
        Whether heartbeats are sent once a second; may be switched off to be silent.
    """

    def __init__(
        self, vehicle: Vehicle, now: float = 1_800_000_000.0, system_id: int = 255, component_id: int = 190
    ) -> None:
        self.vehicle = vehicle
        self.now = now
        self.start = now
        self.beating = True
        self.received: list[tuple[float, Any]] = []
        self._beat_at = now
        self._peer = (PEER, system_id, component_id)
        self._framer = mavlink.MAVLink(None, srcSystem=system_id, srcComponent=component_id)
        self._parser = mavlink.MAVLink(None)

    @property
    def time(self) -> float:
        """Seconds since the start."""
        return self.now - self.start

    def send(self, message: Any) -> list[Any]:
        """Send a message; return what comes back at once."""
        data = bytes(message.pack(self._framer))
        self._framer.seq = (self._framer.seq + 1) % 256
        self.vehicle.receive(data, self._peer, self.now)
        return self._collect()

    def _collect(self) -> list[Any]:
        fresh: list[Any] = []
        for data, peer in self.vehicle.send():
            if peer == self._peer:
                fresh += self._parser.parse_buffer(data) or []
        self.received += [(self.time, message) for message in fresh]
        return fresh

    def run(self, duration_s: float, until: Callable[[Any], bool] | None = None) -> bool:
        """Let time pass; stop early, and return True, when a message satisfies ``until``."""
        end = self.now + duration_s
        while self.now < end - 1e-6:
            self.now += STEP_S
            self.vehicle.advance(self.now)
            fresh = self._collect()
            if self.beating and self.now >= self._beat_at:
                self._beat_at += 1.0
                fresh += self.send(mavlink.MAVLink_heartbeat_message(6, 8, 0, 0, 4, 3))
            if until is not None and any(map(until, fresh)):
                return True
        return False

    def run_until_text(self, words: str, limit_s: float) -> bool:
        """Let time pass until a STATUSTEXT contains these words."""
        return self.run(limit_s, lambda message: message.get_type() == "STATUSTEXT" and words in message.text)

    def of(self, kind: str) -> Iterator[Any]:
        """Yield all received messages of a type."""
        return (message for _, message in self.received if message.get_type() == kind)

    def texts(self) -> list[str]:
        """Return all texts received."""
        return [message.text for message in self.of("STATUSTEXT")]

    def command(self, command: int, *params: float) -> int:
        """Send a COMMAND_LONG; return the result."""
        seven = [*params, *[0.0] * (7 - len(params))]
        answers = self.send(mavlink.MAVLink_command_long_message(self._target, 1, command, 0, *seven))
        return next(int(each.result) for each in answers if each.get_type() == "COMMAND_ACK")

    @property
    def _target(self) -> int:
        return self.vehicle.config.system_id

    def set_mode(self, number: int) -> int:
        """Set a flight mode by command; return the result."""
        return self.command(mavlink.MAV_CMD_DO_SET_MODE, 1, number)

    def arm(self) -> int:
        """Arm; return the result."""
        return self.command(mavlink.MAV_CMD_COMPONENT_ARM_DISARM, 1)

    def ask_for(self, message_id: int, rate_hz: float) -> int:
        """Ask for a periodic message."""
        return self.command(mavlink.MAV_CMD_SET_MESSAGE_INTERVAL, message_id, 1e6 / rate_hz)

    def set_parameter(self, name: str, value: float) -> float | None:
        """Set a parameter; return the value stored, or None on silence."""
        answers = self.send(mavlink.MAVLink_param_set_message(self._target, 1, name.encode(), value, 9))
        return next((float(each.param_value) for each in answers if each.get_type() == "PARAM_VALUE"), None)

    def upload(self, items: Sequence[Any], mission_type: int = 0) -> int:
        """Upload MISSION_ITEM_INT messages as the vehicle asks for them; return the result."""
        answers = self.send(mavlink.MAVLink_mission_count_message(self._target, 1, len(items), mission_type))
        while True:
            ack = next((each for each in answers if each.get_type() == "MISSION_ACK"), None)
            if ack is not None:
                return int(ack.type)
            request = next(each for each in answers if each.get_type() == "MISSION_REQUEST")
            answers = self.send(items[request.seq])

    def download(self, mission_type: int = 0) -> list[Any]:
        """Download a list as MISSION_ITEM_INT messages."""
        answers = self.send(mavlink.MAVLink_mission_request_list_message(self._target, 1, mission_type))
        count = next(each.count for each in answers if each.get_type() == "MISSION_COUNT")
        items = []
        for seq in range(count):
            answers = self.send(
                mavlink.MAVLink_mission_request_int_message(self._target, 1, seq, mission_type)
            )
            items.append(next(each for each in answers if each.get_type() == "MISSION_ITEM_INT"))
        return items


class MissionBuilder:
    """Writes a list for vehicle 1, with places in metres from home.

    Parameters
    ----------
    home
        Where the vehicle stands; item 0 of a mission.
    mission_type
        0 mission, 1 fence, 2 rally.
    """

    def __init__(self, home: HomePoint, mission_type: int = 0) -> None:
        self._frame = LocalFrame(home.latitude_deg, home.longitude_deg)
        self._mission_type = mission_type
        self.items: list[Any] = []
        if mission_type == 0:
            self.place(mavlink.MAV_CMD_NAV_WAYPOINT, 0, 0, 0, frame=0)

    def action(self, command: int, *params: float, frame: int = 2) -> "MissionBuilder":
        """Add an item without a place."""
        return self._add(command, frame, params, (0, 0), 0.0)

    def place(
        self, command: int, north_m: float, east_m: float, altitude_m: float, *params: float, frame: int = 3
    ) -> "MissionBuilder":
        """Add an item at a place."""
        latitude, longitude = self._frame.degrees_from_local(north_m, east_m)
        return self._add(command, frame, params, (round(latitude * 1e7), round(longitude * 1e7)), altitude_m)

    def waypoint(self, north_m: float, east_m: float, altitude_m: float) -> "MissionBuilder":
        """Add a waypoint."""
        return self.place(mavlink.MAV_CMD_NAV_WAYPOINT, north_m, east_m, altitude_m)

    def _add(
        self, command: int, frame: int, params: Sequence[float], place_e7: tuple[int, int], altitude_m: float
    ) -> "MissionBuilder":
        four = [*params, *[0.0] * (4 - len(params))]
        number = len(self.items)
        self.items.append(
            mavlink.MAVLink_mission_item_int_message(
                1, 1, number, frame, command, 0, 1, *four, *place_e7, altitude_m, self._mission_type
            )
        )
        return self
