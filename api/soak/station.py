"""A ground station of nothing but pymavlink's message classes: no code of the gateway that it judges."""

from typing import Any

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.vehicle import Vehicle

JUDGE = "judge"
"""The station's address, as the vehicle sees it."""


class PlainStation:
    """Asks a vehicle, at an address of its own and in no time.

    Parameters
    ----------
    vehicle
        Whom to ask.
    now
        Unix time; the vehicle is brought up to it.
    """

    def __init__(self, vehicle: Vehicle, now: float) -> None:
        self._vehicle = vehicle
        self._now = now
        self._target = vehicle.config.system_id
        self._mavlink = mavlink.MAVLink(None, srcSystem=254, srcComponent=190)
        self._parser = mavlink.MAVLink(None)

    def ask(self, message: Any, answer: str) -> Any:
        """Send a message and return the answer of the given type."""
        self._vehicle.receive(message.pack(self._mavlink), JUDGE, self._now)
        for reply in self._heard():
            if reply.get_type() == answer:
                return reply
        raise AssertionError(f"no {answer}")

    def mission(self, kind: int = mavlink.MAV_MISSION_TYPE_MISSION) -> list[Any]:
        """Download one list by the mission protocol."""
        request = mavlink.MAVLink_mission_request_list_message(self._target, 1, kind)
        count = self.ask(request, "MISSION_COUNT").count
        return [
            self.ask(
                mavlink.MAVLink_mission_request_int_message(self._target, 1, seq, kind), "MISSION_ITEM_INT"
            )
            for seq in range(count)
        ]

    def set_parameter(self, name: str, value: float) -> None:
        """Set a parameter."""
        real = mavlink.MAV_PARAM_TYPE_REAL32
        message = mavlink.MAVLink_param_set_message(self._target, 1, name.encode(), value, real)
        self.ask(message, "PARAM_VALUE")

    def _heard(self) -> list[Any]:
        """Return what came for us; what the vehicle has for others at this instant is lost."""
        return [
            reply
            for datagram, peer in self._vehicle.send()
            if peer == JUDGE
            for reply in self._parser.parse_buffer(datagram) or ()
        ]
