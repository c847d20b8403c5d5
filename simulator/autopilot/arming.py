"""Whether the aircraft may be armed, and why not.

Traces ``arm_disarm``, ``battery_failsafe``, ``fence_breach``, ``qp_modes``, ``qp_payload_place``.
"""

import math
from itertools import pairwise

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.base import Autopilot
from simulator.autopilot.lists.items import LANDINGS, TAKEOFFS
from simulator.values import VehicleClass

FORCE_ARM = 2989
FORCE_DISARM = 21196
PREARM_REPEAT_S = 30.0
_CRITICAL = mavlink.MAV_SEVERITY_CRITICAL
_LANDING_SHARE = 0.75
_MARKERS = (
    (mavlink.MAV_CMD_DO_LAND_START, "DO_LAND_START"),
    (mavlink.MAV_CMD_DO_RETURN_PATH_START, "DO_RETURN_PATH_START"),
)
"""Ways home in a mission, which an ArduPlane does not carry without following them."""


def refusals(autopilot: Autopilot) -> list[str]:
    """Return every reason why the aircraft cannot be armed now, in ArduPilot's words."""
    craft, mode = autopilot.craft, autopilot.mode
    needs_position = mode.needs_position or craft.airframe.wings
    reasons = list(craft.boot.refusal(craft.time, needs_position))
    reasons += _safety_refusals(autopilot)
    reasons += _position_refusals(autopilot, needs_position)
    if reasons:
        return reasons
    if (
        mode.name == "AUTO"
        and craft.config.vehicle_class is VehicleClass.COPTER
        and len(autopilot.mission) < 2
    ):
        return ["Mode requires mission"]
    if not mode.armable:
        return [f"{mode.name} mode not armable"]
    return _plane_refusals(autopilot) if craft.airframe.wings else []


def report(autopilot: Autopilot) -> None:
    """Say what speaks against arming (``PreArm`` texts)."""
    if autopilot.craft.armed or not autopilot.mode.armable:
        return
    for reason in refusals(autopilot):
        autopilot.craft.say(f"PreArm: {reason}", _CRITICAL)


def is_blocked(autopilot: Autopilot) -> bool:
    """Say whether something but the mode speaks against arming, once the start is over."""
    needs_position = autopilot.mode.needs_position or autopilot.craft.airframe.wings
    return bool(_safety_refusals(autopilot) or _position_refusals(autopilot, needs_position))


def _safety_refusals(autopilot: Autopilot) -> list[str]:
    reasons = []
    if autopilot.battery_problem is not None:
        reasons.append(f"Battery 1 {autopilot.battery_problem} failsafe")
    if "battery" in autopilot.failsafes:
        reasons.append("Battery failsafe")
    if autopilot.craft.compass_calibrating:
        reasons.append("Compass calibration running")
    if "gcs" in autopilot.failsafes and not autopilot.craft.airframe.wings:
        reasons.append("GCS failsafe on")
    fence = autopilot.fence_watch.refusal()
    return reasons if fence is None else [*reasons, fence]


def _position_refusals(autopilot: Autopilot, needs_position: bool) -> list[str]:
    """Ask for a receiver with a fix and for a position, where the mode needs one or a fence is on."""
    estimator, craft = autopilot.estimator, autopilot.craft
    if craft.time < craft.boot.armable_at:
        return []
    reasons = []
    if needs_position and estimator.receiver_lost:
        reasons.append("GPS 1: Bad fix")
    if needs_position and not estimator.has_position:
        reasons.append("Need Position Estimate")
    elif autopilot.fence_watch.enabled and not estimator.has_position:
        reasons.append("Fence enabled, need position estimate")
    elif needs_position and estimator.glitching:
        reasons.append("GPS glitching")
    return reasons


def _plane_refusals(autopilot: Autopilot) -> list[str]:
    """Check the mission of a quadplane."""
    executive, mission = autopilot.executive, autopilot.mission
    reasons = _landing_refusals(autopilot)
    if autopilot.craft.params["RTL_AUTOLAND"] == 0:
        there = {item.command for item in mission.items()}
        reasons += [f"{name} set and RTL_AUTOLAND disabled" for marker, name in _MARKERS if marker in there]
    if autopilot.mode.name == "AUTO":
        item = executive.item
        if executive.in_landing_sequence:
            reasons.append("In landing sequence")
        if item is not None and item.command not in TAKEOFFS:
            reasons.append("AUTO missing takeoff waypoint")
    return reasons


def _landing_refusals(autopilot: Autopilot) -> list[str]:
    """Refuse a VTOL landing within 0.75 stopping distances of the waypoint before it (117 m recorded)."""
    craft, items = autopilot.craft, autopilot.mission.items()
    stopping_m = craft.params["AIRSPEED_CRUISE"] ** 2 / (2.0 * craft.params["Q_TRANS_DECEL"])
    least_m = _LANDING_SHARE * stopping_m
    for before, item in pairwise(items):
        measured = (
            item.command in LANDINGS and before.command == mavlink.MAV_CMD_NAV_WAYPOINT and before.has_place
        )
        if measured and math.dist(craft.place(before)[:2], craft.place(item)[:2]) < least_m:
            return [f"VTOL land too short, min {least_m:.0f}m"]
    return []


def request(autopilot: Autopilot, arm: bool, force: bool) -> bool:
    """Arm or disarm on request; say why not."""
    craft = autopilot.craft
    if arm == craft.armed:
        return True
    if not arm:
        return _disarm(autopilot, force)
    reasons = [] if force else refusals(autopilot)
    for reason in reasons:
        craft.say(f"Arm: {reason}", _CRITICAL)
    if reasons:
        return False
    autopilot.arm()
    return True


def _disarm(autopilot: Autopilot, force: bool) -> bool:
    if not autopilot.landed and not force:
        return False
    autopilot.disarm()
    return True
