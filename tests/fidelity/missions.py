"""Mission, fence and rally items, and the little geodesy they need."""

import math
from dataclasses import dataclass, replace

from pymavlink.dialects.v20 import ardupilotmega as mavlink

EARTH_M = 6_378_137.0
REL_INT = mavlink.MAV_FRAME_GLOBAL_RELATIVE_ALT_INT
REL = mavlink.MAV_FRAME_GLOBAL_RELATIVE_ALT
GLOBAL = mavlink.MAV_FRAME_GLOBAL

MISSION = mavlink.MAV_MISSION_TYPE_MISSION
FENCE = mavlink.MAV_MISSION_TYPE_FENCE
RALLY = mavlink.MAV_MISSION_TYPE_RALLY


@dataclass(frozen=True)
class Place:
    """A position in degrees."""

    latitude_deg: float
    longitude_deg: float

    def shifted(self, north_m: float, east_m: float) -> "Place":
        """The place ``north_m`` and ``east_m`` metres away."""
        latitude_deg = self.latitude_deg + math.degrees(north_m / EARTH_M)
        longitude_deg = self.longitude_deg + math.degrees(
            east_m / (EARTH_M * math.cos(math.radians(self.latitude_deg)))
        )
        return Place(latitude_deg, longitude_deg)

    def offset_to(self, other: "Place") -> tuple[float, float]:
        """North and east metres from here to ``other``."""
        north = math.radians(other.latitude_deg - self.latitude_deg) * EARTH_M
        east = (
            math.radians(other.longitude_deg - self.longitude_deg)
            * EARTH_M
            * math.cos(math.radians(self.latitude_deg))
        )
        return north, east

    def distance_to(self, other: "Place") -> float:
        """Ground distance in metres."""
        return math.hypot(*self.offset_to(other))


@dataclass(frozen=True)
class Item:
    """One MISSION_ITEM_INT."""

    command: int
    x: int = 0
    y: int = 0
    z: float = 0.0
    p: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    frame: int = REL
    current: int = 0
    autocontinue: int = 1

    def message(
        self, seq: int, mission_type: int, target: tuple[int, int]
    ) -> mavlink.MAVLink_mission_item_int_message:
        """The message to send for sequence number ``seq``."""
        return mavlink.MAVLink_mission_item_int_message(
            target[0],
            target[1],
            seq,
            self.frame,
            self.command,
            self.current,
            self.autocontinue,
            *self.p,
            self.x,
            self.y,
            self.z,
            mission_type,
        )

    def at(self, place: Place) -> "Item":
        """The same item at another place."""
        return replace(self, x=round(place.latitude_deg * 1e7), y=round(place.longitude_deg * 1e7))


def nav(
    command: int,
    place: Place | None = None,
    alt: float = 0.0,
    p: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0),
    frame: int = REL,
) -> Item:
    """A navigation item."""
    item = Item(command, z=alt, p=p, frame=frame)
    return item.at(place) if place else item


def waypoint(place: Place, alt: float) -> Item:
    """NAV_WAYPOINT."""
    return nav(mavlink.MAV_CMD_NAV_WAYPOINT, place, alt)


def home_item(place: Place) -> Item:
    """Item 0, which ArduPilot keeps for home."""
    return nav(mavlink.MAV_CMD_NAV_WAYPOINT, place, 0.0, frame=GLOBAL)


def takeoff(alt: float) -> Item:
    """NAV_TAKEOFF."""
    return nav(mavlink.MAV_CMD_NAV_TAKEOFF, None, alt)


def land(place: Place) -> Item:
    """NAV_LAND."""
    return nav(mavlink.MAV_CMD_NAV_LAND, place, 0.0)


def action(command: int, p: tuple[float, float, float, float]) -> Item:
    """A DO_ or CONDITION_ item without position."""
    return Item(command, p=p, frame=mavlink.MAV_FRAME_MISSION)


def speed(metres_per_s: float) -> Item:
    """DO_CHANGE_SPEED of ground speed."""
    return action(mavlink.MAV_CMD_DO_CHANGE_SPEED, (1, metres_per_s, -1, 0))


def servo(channel: int, pwm: int) -> Item:
    """DO_SET_SERVO."""
    return action(mavlink.MAV_CMD_DO_SET_SERVO, (channel, pwm, 0, 0))


def gripper(release: bool) -> Item:
    """DO_GRIPPER."""
    return action(mavlink.MAV_CMD_DO_GRIPPER, (1, 0 if release else 1, 0, 0))


def delay(seconds: float) -> Item:
    """NAV_DELAY."""
    return action(mavlink.MAV_CMD_NAV_DELAY, (seconds, -1, -1, -1))


def polygon(command: int, places: list[Place], count: int | None = None) -> list[Item]:
    """Fence polygon vertices."""
    n = float(len(places) if count is None else count)
    return [Item(command, p=(n, 0, 0, 0), frame=GLOBAL).at(p) for p in places]


def circle(command: int, place: Place, radius: float) -> Item:
    """A fence circle."""
    return Item(command, p=(radius, 0, 0, 0), frame=GLOBAL).at(place)


def box(centre: Place, half_north: float, half_east: float) -> list[Place]:
    """Corners of a rectangle."""
    return [centre.shifted(a * half_north, b * half_east) for a, b in ((-1, -1), (-1, 1), (1, 1), (1, -1))]


def delivery(home: Place, leg: float = 800.0, alt: float = 60.0) -> list[Item]:
    """Take off, three waypoints ``leg`` apart, release, land away from home."""
    one, two, three = home.shifted(leg, 0), home.shifted(leg, leg), home.shifted(0, leg)
    return [
        home_item(home),
        takeoff(alt),
        waypoint(one, alt),
        waypoint(two, alt),
        servo(9, 1900),
        delay(5),
        waypoint(three, alt),
        land(home.shifted(0, leg - 100)),
    ]


def patrol(home: Place, leg: float = 200.0, alt: float = 30.0) -> list[Item]:
    """A short square used where the route itself does not matter."""
    corners = [(leg, 0), (leg, leg), (0, leg), (0, 0)]
    return (
        [home_item(home), takeoff(alt)]
        + [waypoint(home.shifted(n, e), alt) for n, e in corners]
        + [nav(mavlink.MAV_CMD_NAV_RETURN_TO_LAUNCH)]
    )
