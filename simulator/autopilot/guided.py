"""Targets in GUIDED (trace ``copter/guided_flight``; masks and frames as in ``GCS_MAVLink_Copter.cpp``)."""

import math
from typing import Any, Final

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.copter import Copter
from simulator.autopilot.craft import Craft, Point
from simulator.autopilot.lists.items import LATITUDE_LIMIT_E7, LONGITUDE_LIMIT_E7
from simulator.autopilot.quadplane import Quadplane

GUIDED_TARGET: Final = 2
"""``current`` of a mission item that is a target to fly to now."""


_POSITION_IGNORED = 0b000000000111
_VELOCITY_IGNORED = 0b000000111000
_ACCELERATION_IGNORED = 0b000111000000
_FORCE = 0b001000000000
_YAW_IGNORED = 0b010000000000
_YAW_RATE_IGNORED = 0b100000000000
"""Bits of ``POSITION_TARGET_TYPEMASK``."""

_GLOBAL_FRAMES = frozenset({0, 3, 5, 6, 10, 11})
_LOCAL_NED, _LOCAL_OFFSET_NED, _BODY_NED, _BODY_OFFSET_NED = 1, 7, 8, 9
_LOCAL_FRAMES = frozenset({_LOCAL_NED, _LOCAL_OFFSET_NED, _BODY_NED, _BODY_OFFSET_NED})
_BODY_FRAMES = frozenset({_BODY_NED, _BODY_OFFSET_NED})
Target = tuple[Point, Point, Point, bool]
"""Place, velocity, acceleration, and whether the heading is counted from the nose."""

_FASTEST = 1000.0
"""A velocity or acceleration beyond this is no sense."""


def on_global_target(autopilot: Copter | Quadplane, message: Any) -> None:
    """Take ``SET_POSITION_TARGET_GLOBAL_INT``; a quadplane changes its height only."""
    if isinstance(autopilot, Quadplane):
        _change_height(autopilot, message)
        return
    craft = autopilot.craft
    bad = abs(message.lat_int) > LATITUDE_LIMIT_E7 or abs(message.lon_int) > LONGITUDE_LIMIT_E7
    wanted = message.type_mask & _POSITION_IGNORED != _POSITION_IGNORED
    if wanted and (bad or message.coordinate_frame not in _GLOBAL_FRAMES):
        _obey(autopilot, message, None)
        return
    north, east = craft.frame.local_from_e7(message.lat_int, message.lon_int)
    point = north, east, craft.height(message.alt, message.coordinate_frame)
    speed, push = (message.vx, message.vy, -message.vz), (message.afx, message.afy, -message.afz)
    _obey(autopilot, message, (point, speed, push, False))


def on_local_target(autopilot: Copter | Quadplane, message: Any) -> None:
    """Take ``SET_POSITION_TARGET_LOCAL_NED``: from the origin, from here, or as the nose points."""
    if isinstance(autopilot, Quadplane):
        return
    frame = message.coordinate_frame
    if frame not in _LOCAL_FRAMES:
        _obey(autopilot, message, None)
        return
    craft = autopilot.craft
    place, velocity, push = (
        _turned(craft, pair) if frame in _BODY_FRAMES else pair
        for pair in ((message.x, message.y), (message.vx, message.vy), (message.afx, message.afy))
    )
    start = (0.0, 0.0, 0.0) if frame == _LOCAL_NED else craft.here
    point = start[0] + place[0], start[1] + place[1], start[2] - message.z
    speed, pushed = (*velocity, -message.vz), (*push, -message.afz)
    _obey(autopilot, message, (point, speed, pushed, frame in _BODY_FRAMES))


def _turned(craft: Craft, forward_right: tuple[float, float]) -> tuple[float, float]:
    """Return north and east of something forward and to the right."""
    cosine, sine = math.cos(craft.body.yaw), math.sin(craft.body.yaw)
    forward, right = forward_right
    return forward * cosine - right * sine, forward * sine + right * cosine


def _obey(copter: Copter, message: Any, target: Target | None) -> None:
    """Fly to a point or with a velocity; stop on what makes no sense; take no notice outside GUIDED."""
    if copter.mode.name != "GUIDED" or copter.landed:
        return
    mask = message.type_mask
    position, velocity, acceleration = (
        mask & bits != bits for bits in (_POSITION_IGNORED, _VELOCITY_IGNORED, _ACCELERATION_IGNORED)
    )
    if target is None or (mask & _FORCE and acceleration) or not (position or velocity or acceleration):
        copter.stop()
        return
    point, speed, push, relative = target
    if velocity and not all(abs(part) <= _FASTEST for part in speed):
        copter.stop()
        return
    if position and (velocity or not acceleration):
        if copter.fence_watch.allows(point):
            copter.reposition(point)
    elif velocity and not position:
        copter.fly_with(speed)
    elif acceleration and not position:
        copter.accelerate(push)
    else:
        # An acceleration on the way to a position makes no sense.
        copter.stop()
    _turn(copter, message, relative)


def _turn(copter: Copter, message: Any, relative: bool) -> None:
    if not message.type_mask & _YAW_IGNORED:
        copter.turn_to(math.degrees(message.yaw), 0.0, 1 if message.yaw >= 0.0 else -1, relative)
    elif not message.type_mask & _YAW_RATE_IGNORED and message.yaw_rate != 0.0:
        way = 1 if message.yaw_rate > 0.0 else -1
        copter.turn_to(179.0, math.degrees(abs(message.yaw_rate)), way, relative=True)


def _change_height(plane: Quadplane, message: Any) -> None:
    """Take the altitude of a target, the only part of it ArduPlane knows."""
    known = message.coordinate_frame in _GLOBAL_FRAMES
    if (
        plane.mode.name == "GUIDED"
        and known
        and not message.type_mask & mavlink.POSITION_TARGET_TYPEMASK_Z_IGNORE
    ):
        plane.change_height(plane.craft.height(message.alt, message.coordinate_frame))


def on_guided_item(autopilot: Copter | Quadplane, message: Any) -> bool:
    """Take a mission item with ``current`` 2: the old form of a target (DroneKit's ``simple_goto``)."""
    if autopilot.mode.name != "GUIDED" or autopilot.landed:
        return False
    craft = autopilot.craft
    x, y = message.x, message.y
    if message.get_type() == "MISSION_ITEM":
        x, y = round(x * 1e7), round(y * 1e7)
    point = (*craft.frame.local_from_e7(x, y), craft.height(message.z, message.frame))
    if isinstance(autopilot, Copter) and not autopilot.fence_watch.allows(point):
        return False
    autopilot.reposition(point)
    return True
