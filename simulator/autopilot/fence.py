"""The fence on board: whether the aircraft is where it may be.

Sources: trace ``copter/fence_breach``; ArduPilot's ``AC_Fence.cpp`` (kinds, backup fences 20 m further out,
automatic switching) and ``GCS_Fence.cpp``; parameters ``FENCE_*``.
"""

import math

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.craft import Craft, Point
from simulator.autopilot.fence_areas import Areas, areas_of
from simulator.autopilot.lists.stores import FenceStore

CEILING, CIRCLE, POLYGON, FLOOR = 1, 2, 4, 8
"""Bits of ``FENCE_TYPE``."""

ALL = CEILING | CIRCLE | POLYGON | FLOOR
NAMES = {CEILING: "Max Alt", CIRCLE: "Circle", POLYGON: "Polygon", FLOOR: "Min Alt"}
_BACKUP_M = 20.0
_BACKUP_OF_WINGS_M = 100.0
_CLEAR_M = 0.5
"""A breach is over so far inside: the noise of the estimate is no way back."""

_ONLY_WHEN_ARMED = 3
"""``FENCE_AUTOENABLE``: switched on by arming and off by disarming."""


def fence_names(kinds: int) -> str:
    """Return ArduPilot's words for some kinds of fence."""
    names = [name for bit, name in NAMES.items() if kinds & bit]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{listed} fence{'s' if len(names) > 1 else ''}"


class FenceWatch:
    """Compares the position with fence parameters and fence items.

    ``breaches`` are the kinds broken now, ``breach_m`` how far, ``count`` how often so far.
    """

    def __init__(self, craft: Craft, store: FenceStore) -> None:
        self._craft = craft
        self._store = store
        self._areas = Areas()
        self._version = -1
        self._switches = (0.0, 0.0)
        self._on = 0
        self._floor_by_hand = False
        self._backup_m: dict[int, float] = {}
        self.breaches = 0
        self.breach_m = 0.0
        self.count = 0
        self.time_ms = 0

    @property
    def kinds(self) -> int:
        """The kinds of fence in force; changing ``FENCE_ENABLE`` switches all but the floor."""
        params = self._craft.params
        switches = params["FENCE_ENABLE"], params["FENCE_AUTOENABLE"]
        if switches != self._switches:
            self._switches = switches
            self._on = ALL & ~FLOOR if switches[0] else 0
        return self._on & int(params["FENCE_TYPE"])

    @property
    def enabled(self) -> bool:
        """Say whether a fence is in force."""
        return self.kinds != 0

    @property
    def present(self) -> int:
        """The kinds of fence that are set up: a polygon needs items, and is loaded around the origin."""
        without = 0 if self._store.items() and self._craft.home_known else POLYGON
        return int(self._craft.params["FENCE_TYPE"]) & ALL & ~without

    def enable(self, on: bool, kinds: int, by_hand: bool = True) -> int:
        """Switch kinds of fence on or off; return those that were set up."""
        kinds &= int(self._craft.params["FENCE_TYPE"])
        self._on = self.kinds | kinds if on else self.kinds & ~kinds
        if by_hand and kinds & FLOOR:
            self._floor_by_hand = True
        if not on:
            self._forget(kinds)
        return kinds

    def armed(self) -> None:
        """Switch on what arming switches on."""
        if self._craft.params["FENCE_AUTOENABLE"] == _ONLY_WHEN_ARMED:
            self._announce(self.enable(True, ALL & ~FLOOR, by_hand=False), "auto-enabled")

    def disarmed(self) -> None:
        """Switch off what disarming switches off."""
        self._floor_by_hand = False
        if self._craft.params["FENCE_AUTOENABLE"] == _ONLY_WHEN_ARMED:
            self._announce(self.enable(False, ALL, by_hand=False), "auto-disabled")

    def _announce(self, kinds: int, words: str) -> None:
        if kinds:
            self._craft.say(f"{fence_names(kinds)} {words}", mavlink.MAV_SEVERITY_NOTICE)

    def _forget(self, kinds: int) -> None:
        self.breaches &= ~kinds
        for kind in NAMES:
            if kinds & kind:
                self._backup_m.pop(kind, None)

    def check(self, landing: bool) -> int:
        """Update ``breaches``; return those that are new, or 20 m further out, as bits of ``FENCE_TYPE``."""
        if not self._craft.home_known:
            return 0
        self._switch_floor(landing)
        kinds = self.kinds
        if not kinds and not self.breaches:
            return 0
        beyond = self._beyond_m(self._craft.here, kinds)
        still = self._beyond_m(self._craft.here, kinds & self.breaches, -_CLEAR_M) if self.breaches else {}
        fresh = 0
        for kind in NAMES:
            if kind not in beyond:
                self._forget(kind & ~sum(still))
            elif beyond[kind] >= self._backup_m.get(kind, -math.inf):
                fresh |= kind
                self._backup_m[kind] = self._backup(kind, beyond[kind])
                self.count += 1
        begins = fresh and not self.breaches
        self.breaches |= fresh
        if begins:
            self.time_ms = round(self._craft.time * 1000)
            self._craft.emit(self.status())
        self.breach_m = max(beyond.values(), default=0.0)
        return fresh

    def _backup(self, kind: int, beyond_m: float) -> float:
        """Return how far out the next breach is; a polygon has one only."""
        wide = kind == CIRCLE and self._craft.airframe.wings
        step_m = _BACKUP_OF_WINGS_M if wide else _BACKUP_M
        return math.inf if kind == POLYGON else beyond_m + step_m

    def _switch_floor(self, landing: bool) -> None:
        """Switch the floor on above it, and off for landing (``auto_enable_fence_floor``)."""
        params = self._craft.params
        automatic = params["FENCE_ENABLE"] or params["FENCE_AUTOENABLE"] >= 2
        if not int(params["FENCE_TYPE"]) & FLOOR or self._floor_by_hand:
            return
        if landing and self.kinds & FLOOR:
            self._announce(self.enable(False, FLOOR, by_hand=False), "auto-disabled")
        high = self._craft.body.up - self._craft.home[2] >= params["FENCE_ALT_MIN"] + params["FENCE_MARGIN"]
        if automatic and not landing and high and not self.kinds & FLOOR:
            self.enable(True, FLOOR, by_hand=False)
            self._craft.say("Min Alt fence enabled (auto enable)", mavlink.MAV_SEVERITY_NOTICE)

    def _beyond_m(self, point: Point, kinds: int, least_m: float = 0.0) -> dict[int, float]:
        """Return by how much a point is beyond each kind of fence, where that is at least so much."""
        params, home = self._craft.params, self._craft.home
        north, east, up = point
        height = up - home[2]
        beyond = {
            CEILING: height - params["FENCE_ALT_MAX"],
            CIRCLE: math.dist((north, east), home[:2]) - params["FENCE_RADIUS"],
            FLOOR: params["FENCE_ALT_MIN"] - height,
        }
        found = {kind: by_m for kind, by_m in beyond.items() if kinds & kind and by_m >= least_m}
        outside_m = self._current().outside_m(north, east) if kinds & POLYGON else 0.0
        if outside_m > 0.0:
            found[POLYGON] = outside_m
        return found

    def allows(self, point: Point) -> bool:
        """Say whether a destination is within the fences in force."""
        return not any(by_m > 0.0 for by_m in self._beyond_m(point, self.kinds).values())

    def _current(self) -> Areas:
        if self._version != self._store.version:
            self._version = self._store.version
            self._areas = areas_of(self._store.items(), self._craft.frame)
        return self._areas

    def refusal(self) -> str | None:
        """Return why the aircraft cannot be armed (``AC_Fence::pre_arm_check``)."""
        params = self._craft.params
        if params["FENCE_ENABLE"] and not self.present:
            return "Fences enabled, but none selected"
        if not self.enabled and not params["FENCE_AUTOENABLE"]:
            return None
        margin_m, top_m, bottom_m = params["FENCE_MARGIN"], params["FENCE_ALT_MAX"], params["FENCE_ALT_MIN"]
        reasons = {
            "Invalid Circle FENCE_RADIUS value": params["FENCE_RADIUS"] < 0.0,
            "Circle FENCE_MARGIN is greater than FENCE_RADIUS": params["FENCE_RADIUS"] < margin_m,
            "Invalid FENCE_ALT_MAX value": top_m < 0.0,
            "Invalid FENCE_ALT_MIN value": bottom_m < -100.0,
            f"Vehicle breaching {fence_names(self.breaches or ALL)}": self.breaches != 0,
            "Invalid FENCE_MARGIN value": margin_m < 0.0,
            "FENCE_ALT_MAX < FENCE_ALT_MIN": top_m < bottom_m,
            "FENCE_MARGIN too big": top_m - bottom_m <= 2.0 * margin_m,
        }
        return next((words for words, applies in reasons.items() if applies), None)

    def status(self) -> mavlink.MAVLink_fence_status_message:
        """Return ``FENCE_STATUS``; 3 stands for any border, circle or polygon (recorded)."""
        kind = mavlink.FENCE_BREACH_NONE
        if self.breaches & (CIRCLE | POLYGON):
            kind = mavlink.FENCE_BREACH_BOUNDARY
        elif self.breaches:
            kind = mavlink.FENCE_BREACH_MAXALT if self.breaches & CEILING else mavlink.FENCE_BREACH_MINALT
        return mavlink.MAVLink_fence_status_message(
            int(self.breaches != 0), self.count, kind, self.time_ms, mavlink.FENCE_MITIGATE_NONE
        )
