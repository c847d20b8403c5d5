"""A copter's ways home: RTL straight to home or a rally point, and Smart RTL back along the way it came.

Sources: parameters ``RTL_*``, ``RALLY_*`` and ``SRTL_*``; ArduPilot's ``mode_rtl.cpp``,
``mode_smart_rtl.cpp`` and ``AP_Rally.cpp``; the trace ``copter/rtl``.
"""

import math

from simulator.autopilot.activities.base import rotor_limits
from simulator.autopilot.activities.landing import Descend
from simulator.autopilot.activities.rotor import Hold, Maker, RotorLeg, Sequence, go_to
from simulator.autopilot.craft import Craft, Point
from simulator.geodesy import distance_to_segment
from simulator.motion.hover import HoverLeg, HoverLimits

_LEAST_SLOPE = 0.5
"""``RTL_MIN_CONE_SLOPE``: a flatter cone is not observed."""

_NO_CLIMB_S = 0.8
"""RTL's first stage lasts so long where there is nothing to climb or to stop (``battery_failsafe``)."""

_STILL_M_S = 1.0

_PATH_STEP_M = 5.0
_SMART_HEIGHT_M = 2.0
"""Smart RTL lands from here (``SMART_RTL``: pre-land position)."""


def return_target(craft: Craft) -> Point:
    """Return home, or the rally point that takes its place (``AP_Rally``).

    The nearest point counts if it is within ``RALLY_LIMIT_KM``, and nearer than home unless
    ``RALLY_INCL_HOME`` is 0. The height is that of the point.
    """
    params, home = craft.params, craft.home
    here = craft.body.position
    points: list[Point] = [
        (*craft.frame.local_from_e7(item.x_e7, item.y_e7), craft.height(item.z_m, item.frame))
        for item in craft.memory.rally.items()
    ]
    if not points:
        return home
    nearest = min(points, key=lambda point: math.dist(here, point[:2]))
    distance_m, limit_m = math.dist(here, nearest[:2]), params["RALLY_LIMIT_KM"] * 1000.0
    if 0.0 < limit_m < distance_m:
        return home
    closer = distance_m < math.dist(here, home[:2])
    return nearest if closer or params["RALLY_INCL_HOME"] == 0 else home


def return_height(craft: Craft, target: Point) -> float:
    """Return the height of the way home (``ModeRTL::compute_return_target``).

    It is ``RTL_ALT`` above home, at least ``RTL_CLIMB_MIN`` above here, at least that of the target, less
    within the cone of ``RTL_CONE_SLOPE`` around it, and never lower than here.
    """
    params, home, here = craft.params, craft.home, craft.here
    above_here = here[2] - home[2] + max(0.0, params["RTL_CLIMB_MIN"] / 100.0)
    height = max(target[2] - home[2], params["RTL_ALT"] / 100.0, above_here, 0.0)
    slope = params["RTL_CONE_SLOPE"]
    if slope >= _LEAST_SLOPE:
        height = min(height, max(math.dist(here[:2], target[:2]) * slope, above_here))
    return max(home[2] + height, here[2])


def return_to_launch(craft: Craft) -> Sequence:
    """Return a copter's RTL: up, home, a stay of ``RTL_LOIT_TIME``, down to ``RTL_ALT_FINAL`` (0: ground)."""
    params = craft.params
    target = return_target(craft)
    height = return_height(craft, target)
    limits = rotor_limits(craft)
    if params["RTL_SPEED"] > 0:
        limits = limits.with_speed(params["RTL_SPEED"] / 100.0)
    up = HoverLeg.to(craft.body, (*_stopping_place(craft, limits), height), limits)
    waits = height <= craft.here[2] and craft.body.ground_speed < _STILL_M_S
    stay_s = _NO_CLIMB_S if waits else 0.0
    return Sequence(
        craft,
        lambda c: RotorLeg(c, up, stay_s),
        lambda c: go_to(c, (target[0], target[1], height), limits),
        lambda c: Hold(c, params["RTL_LOIT_TIME"] / 1000.0),
        _last(craft, target, limits),
    )


def _stopping_place(craft: Craft, limits: HoverLimits) -> tuple[float, float]:
    """Return where the aircraft comes to a stop: v² / 2a ahead."""
    body = craft.body
    seconds = body.ground_speed / (2.0 * limits.acceleration)
    return body.north + body.v_north * seconds, body.east + body.v_east * seconds


def _last(craft: Craft, target: Point, limits: HoverLimits) -> Maker:
    final_m = craft.params["RTL_ALT_FINAL"] / 100.0
    if final_m <= 0.0:
        return Descend
    point = (target[0], target[1], craft.home[2] + final_m)
    return lambda c: Sequence(c, lambda d: go_to(d, point, limits), Hold)


class Path:
    """The way flown since the take-off, for Smart RTL."""

    def __init__(self) -> None:
        self._points: list[Point] = []

    @property
    def begun(self) -> bool:
        """Say whether it has flown since it was armed."""
        return bool(self._points)

    def clear(self) -> None:
        """Begin a new way."""
        self._points = []

    def pass_by(self, point: Point) -> None:
        """Take note of where the aircraft is."""
        if not self._points or math.dist(self._points[-1], point) >= _PATH_STEP_M:
            self._points.append(point)

    def back(self, accuracy_m: float) -> list[Point]:
        """Return the way back: straight where that is within the accuracy (Douglas and Peucker 1973)."""
        return _simplified(self._points[::-1], accuracy_m)


def _simplified(points: list[Point], accuracy_m: float) -> list[Point]:
    if len(points) < 3:
        return points
    start, end = points[0], points[-1]
    off = [_off_m(point, start, end) for point in points]
    worst = max(range(len(points)), key=lambda index: off[index])
    if off[worst] <= accuracy_m:
        return [start, end]
    return _simplified(points[: worst + 1], accuracy_m)[:-1] + _simplified(points[worst:], accuracy_m)


def _off_m(point: Point, start: Point, end: Point) -> float:
    """Return how far a point is beside a straight line, or above or below it."""
    beside = distance_to_segment(point[:2], start[:2], end[:2])
    length = math.dist(start[:2], end[:2])
    share = min(1.0, math.dist(start[:2], point[:2]) / length) if length > 0.0 else 0.0
    return max(beside, abs(point[2] - start[2] - share * (end[2] - start[2])))


def smart_return(craft: Craft, path: Path) -> Sequence:
    """Return Smart RTL: back along the way flown, to 2 m above home, and down or to ``RTL_ALT_FINAL``."""
    points = path.back(craft.params["SRTL_ACCURACY"])
    above_home = (craft.home[0], craft.home[1], craft.home[2] + _SMART_HEIGHT_M)
    flown = [point for point in points if point[2] >= above_home[2]]
    makers: list[Maker] = [_leg_to(point) for point in (*flown, above_home)]
    return Sequence(craft, *makers, _last(craft, craft.home, rotor_limits(craft)))


def _leg_to(point: Point) -> Maker:
    return lambda c: go_to(c, point)
