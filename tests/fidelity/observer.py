"""What is known about a vehicle from what it has said."""

from typing import Any

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity.errors import StuckError
from tests.fidelity.link import Link, Message
from tests.fidelity.missions import Place
from tests.fidelity.modes import MODES

PREARM_BIT = mavlink.MAV_SYS_STATUS_PREARM_CHECK


class Observer:
    """Keeps the newest message of each type from the autopilot.

    Parameters
    ----------
    link
        The link to the vehicle.
    kind
        ``copter`` or ``quadplane``.
    """

    def __init__(self, link: Link, kind: str) -> None:
        self.link = link
        self.kind = kind
        self.modes = MODES[kind]
        self.last: dict[str, Message] = {}
        self.reached: list[int] = []
        self.texts: list[str] = []
        self.version: dict[str, Any] = {}
        self.home_known: Place | None = None
        link.add_hook(self._track)

    def _track(self, _: float, message: Message) -> None:
        if (message.get_srcSystem(), message.get_srcComponent()) != self.link.target:
            return
        kind = message.get_type()
        self.last[kind] = message
        if kind == "MISSION_ITEM_REACHED":
            self.reached.append(message.seq)
        elif kind == "STATUSTEXT":
            self.texts.append(message.text)

    def field(self, kind: str, name: str) -> Any:
        """Return a field of the newest message of a type, or None."""
        message = self.last.get(kind)
        return None if message is None else getattr(message, name)

    def whole(self, kind: str, name: str) -> int | None:
        """Return a whole number of the newest message of a type, or None."""
        value = self.field(kind, name)
        return None if value is None else int(value)

    @property
    def home(self) -> Place:
        """Home as it was when the scenario began."""
        if self.home_known is None:
            raise StuckError("no home position")
        return self.home_known

    @property
    def mode(self) -> int | None:
        """Custom mode of the newest heartbeat."""
        return self.whole("HEARTBEAT", "custom_mode")

    @property
    def armed(self) -> bool:
        """Armed flag of the newest heartbeat."""
        return bool((self.field("HEARTBEAT", "base_mode") or 0) & mavlink.MAV_MODE_FLAG_SAFETY_ARMED)

    @property
    def status(self) -> int | None:
        """MAV_STATE of the newest heartbeat."""
        return self.whole("HEARTBEAT", "system_status")

    @property
    def place(self) -> Place:
        """Newest position."""
        position = self.last.get("GLOBAL_POSITION_INT")
        if position is None:
            raise StuckError("no position")
        return Place(position.lat / 1e7, position.lon / 1e7)

    @property
    def altitude_m(self) -> float:
        """Height above home."""
        return (self.field("GLOBAL_POSITION_INT", "relative_alt") or 0) / 1000.0

    @property
    def speed_m_s(self) -> float:
        """Ground speed."""
        return self.field("VFR_HUD", "groundspeed") or 0.0

    @property
    def landed_state(self) -> int | None:
        """MAV_LANDED_STATE."""
        return self.whole("EXTENDED_SYS_STATE", "landed_state")

    @property
    def vtol_state(self) -> int | None:
        """MAV_VTOL_STATE."""
        return self.whole("EXTENDED_SYS_STATE", "vtol_state")

    @property
    def current(self) -> int | None:
        """Current mission item."""
        return self.whole("MISSION_CURRENT", "seq")

    @property
    def armable(self) -> bool:
        """Whether SYS_STATUS reports that the pre-arm checks pass."""
        return bool((self.field("SYS_STATUS", "onboard_control_sensors_health") or 0) & PREARM_BIT)

    @property
    def located(self) -> bool:
        """Whether the EKF reports an absolute horizontal position."""
        return bool((self.field("EKF_STATUS_REPORT", "flags") or 0) & mavlink.EKF_POS_HORIZ_ABS)

    def near(self, place: Place, distance_m: float = 3.0) -> bool:
        """Say whether the vehicle is at a place."""
        return self.place.distance_to(place) < distance_m
