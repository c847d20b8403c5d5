"""The probe: a ground station that brings a vehicle to the ground, into the air and home again."""

from collections.abc import Callable

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity.link import Message
from tests.fidelity.loader import Loader
from tests.fidelity.missions import Item, Place, patrol

INTERVALS_US = {
    mavlink.MAVLINK_MSG_ID_SYSTEM_TIME: 100_000,
    mavlink.MAVLINK_MSG_ID_GLOBAL_POSITION_INT: 200_000,
    mavlink.MAVLINK_MSG_ID_SYS_STATUS: 500_000,
    mavlink.MAVLINK_MSG_ID_BATTERY_STATUS: 1_000_000,
    mavlink.MAVLINK_MSG_ID_EKF_STATUS_REPORT: 500_000,
    mavlink.MAVLINK_MSG_ID_GPS_RAW_INT: 500_000,
    mavlink.MAVLINK_MSG_ID_VFR_HUD: 500_000,
    mavlink.MAVLINK_MSG_ID_NAV_CONTROLLER_OUTPUT: 500_000,
    mavlink.MAVLINK_MSG_ID_MISSION_CURRENT: 500_000,
    mavlink.MAVLINK_MSG_ID_FENCE_STATUS: 500_000,
    mavlink.MAVLINK_MSG_ID_EXTENDED_SYS_STATE: 200_000,
    mavlink.MAVLINK_MSG_ID_WIND: 1_000_000,
}
"""What every scenario asks for."""

POSITION_ONLY = 0b0000_1101_1111_1000
VELOCITY_ONLY = 0b0000_1101_1100_0111
"""POSITION_TARGET_TYPEMASK of set-points that carry one thing."""

_TRIES = 5


class Probe(Loader):
    """Everything a scenario needs."""

    def another(self, system: int) -> "Probe":
        """Bring in a second ground station on a link of its own; what it sees is ours to record."""
        return Probe(self.link.another(system), self.kind)

    def request_intervals(self) -> None:
        """Ask for the usual telemetry."""
        for message_id, interval_us in INTERVALS_US.items():
            for _ in range(_TRIES):
                command = mavlink.MAV_CMD_SET_MESSAGE_INTERVAL
                if self.long(command, message_id, interval_us, label=None, timeout_s=1.0) is not None:
                    break

    def first_heartbeat(self) -> Message | None:
        """Wait for the first heartbeat and take its sender as the target."""
        beat = self.link.wait(
            lambda message: (
                message.get_type() == "HEARTBEAT" and message.autopilot != mavlink.MAV_AUTOPILOT_INVALID
            ),
            60,
        )
        if beat is not None:
            self.link.target = (beat.get_srcSystem(), beat.get_srcComponent())
            self.last["HEARTBEAT"] = beat
        return beat

    def request_message(self, message_id: int, kind: str) -> Message | None:
        """Ask for one message; return it, or None."""
        self.link.drain()
        self.link.send(self.long_message(mavlink.MAV_CMD_REQUEST_MESSAGE, (message_id,)))
        return self.link.wait_type(kind, 3)

    def ask_version(self) -> None:
        """Fetch AUTOPILOT_VERSION for the head of the trace."""
        message = self.request_message(mavlink.MAVLINK_MSG_ID_AUTOPILOT_VERSION, "AUTOPILOT_VERSION")
        if message is None:
            return
        number = message.flight_sw_version
        self.version = {
            "version": f"{number >> 24}.{number >> 16 & 255}.{number >> 8 & 255}",
            "type": number & 255,
            "git": bytes(message.flight_custom_version).decode("ascii", "replace").rstrip("\0"),
            "capabilities": message.capabilities,
        }

    def adopt_home(self) -> None:
        """Take the vehicle's home position, else where it stands."""
        message = self.request_message(mavlink.MAVLINK_MSG_ID_HOME_POSITION, "HOME_POSITION")
        if message is not None:
            home = self.home_known = Place(message.latitude / 1e7, message.longitude / 1e7)
            self.version["home"] = [home.latitude_deg, home.longitude_deg, message.altitude / 1000.0]
        elif "GLOBAL_POSITION_INT" in self.last:
            self.home_known = self.place

    def prepare(self) -> None:
        """Bring a fresh vehicle to the point where it can arm."""
        self.first_heartbeat()
        self.link.until(lambda: self.status not in (None, 0, 1, 2), 30)
        self.request_intervals()
        self.ask_version()
        if not self.link.until(lambda: self.armable and self.located, 120):
            self.fact("armable", False)
        self.link.sleep(1)
        self.adopt_home()
        self.link.recorder.start_rates(self.link.now)
        self.phase("ready")

    def guided_takeoff(self, altitude_m: float) -> None:
        """Arm in GUIDED and climb (copter)."""
        self.phase("takeoff")
        self.set_mode("GUIDED")
        self.arm()
        self.must(self.wait_armed(True, 3), "armed")
        self.long(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, altitude_m)
        self.timed("climb", lambda: self.link.until(lambda: self.altitude_m > altitude_m - 1, 60))
        self.link.sleep(3)

    def start_mission(self) -> None:
        """Arm in GUIDED and start the mission (copter)."""
        self.set_mode("GUIDED")
        self.arm()
        self.must(self.wait_armed(True, 3), "armed")
        self.long(mavlink.MAV_CMD_MISSION_START)
        self.fact("mode after start", self.wait_mode("AUTO", 3))

    def start_plane_mission(self) -> None:
        """Change to AUTO and arm, which starts the mission (quadplane)."""
        self.phase("start")
        self.set_mode("AUTO")
        self.link.sleep(1)
        self.arm()
        self.must(self.wait_armed(True, 5), "armed")

    def reposition(self, place: Place, altitude_m: float, label: str = "") -> int | None:
        """Order DO_REPOSITION in a COMMAND_INT."""
        x, y = round(place.latitude_deg * 1e7), round(place.longitude_deg * 1e7)
        command = mavlink.MAV_CMD_DO_REPOSITION
        return self.int_(command, -1, 0, 0, float("nan"), x=x, y=y, z=altitude_m, label=label)

    def goto(self, place: Place, altitude_m: float) -> None:
        """Give a position target."""
        spot = round(place.latitude_deg * 1e7), round(place.longitude_deg * 1e7), altitude_m
        frame = mavlink.MAV_FRAME_GLOBAL_RELATIVE_ALT_INT
        self.link.send(
            mavlink.MAVLink_set_position_target_global_int_message(
                0, *self.link.target, frame, POSITION_ONLY, *spot, *[0.0] * 8
            )
        )

    def push(
        self,
        north_m_s: float,
        east_m_s: float,
        seconds: float,
        stop: Callable[[], bool] = lambda: False,
    ) -> bool:
        """Fly a velocity in GUIDED for a while; return True when ``stop`` came true."""
        end_s = self.link.now + seconds
        message = mavlink.MAVLink_set_position_target_local_ned_message(
            0, *self.link.target, 1, VELOCITY_ONLY, 0, 0, 0, north_m_s, east_m_s, *[0.0] * 6
        )
        while self.link.now < end_s:
            self.link.send(message)
            if self.link.until(stop, 1.0):
                return True
        return False

    def wait_landed(self, timeout_s: float = 200.0) -> bool:
        """Wait for the automatic disarming after the landing."""
        return bool(self.timed("disarmed", lambda: self.wait_armed(False, timeout_s)))

    def ride_home(self, timeout_s: float = 250.0) -> None:
        """Wait for landing and disarming, then record where."""
        self.phase("landing")
        self.wait_landed(timeout_s)
        self.fact_place("final")
        self.link.sleep(3)

    def fly_patrol(self, leg_m: float = 200.0, altitude_m: float = 30.0) -> list[Item]:
        """Upload a short mission and start it; return its items."""
        items = patrol(self.home, leg_m, altitude_m)
        self.phase("upload")
        self.upload(items)
        self.phase("start")
        self.start_mission()
        self.timed("takeoff reached", lambda: self.wait_reached(1, 60))
        return items

    def follow_mission(self, seqs: list[int], timeout_s: float = 250.0) -> None:
        """Give a phase to each item that has to be reached."""
        for seq in seqs:
            self.phase(f"to item {seq}")
            self.must(self.wait_reached(seq, timeout_s), f"reached {seq}")
            self.fact_place(f"at {seq}", 8.0)

    def watch_rate(self, kind: str, seconds: float) -> float:
        """Return the received rate of a message type over a window, in Hz."""
        return round(self.rates(seconds).get(kind, 0.0), 2)

    def rates(self, seconds: float) -> dict[str, float]:
        """Return the received rates of all message types over a window, in Hz."""
        counts = self.link.recorder.counts
        self.link.drain()
        before, start_s = dict(counts), self.link.now
        self.link.sleep(seconds)
        span_s = self.link.now - start_s
        return {kind: (count - before.get(kind, 0)) / span_s for kind, count in counts.items()}
