"""From telemetry to a look: where a flight is against its plan, in numbers."""

import math
from dataclasses import dataclass

from flight.events import FlightPhase
from flight.geodesy import Point
from flight.supervision.area import FenceArea
from flight.supervision.corridor import Corridor
from flight.supervision.energy import EnergyBook, Meters
from flight.supervision.heights import Heights
from flight.supervision.look import Look
from flight.supervision.place_cache import PlaceCache
from flight.supervision.timetable import Planned, Timetable
from flight.supervision.track import Track
from flight.supervision.traffic import Neighbour
from flight.vehicle import Vehicle
from flight.vehicles.modes import FOLLOWING

FRESH_S = 5.0
"""How old a position may be to be judged: ten times the interval at which it is asked for."""

FENCE_ACCURACY = 0.15
"""Far from the fence its distance may be wrong by this part: a fence has sixty edges to be looked at."""


@dataclass
class Baseline:
    """What the vehicle had used before this flight; ``None`` if we were not there."""

    energy_wh: float | None = None


@dataclass
class Told:
    """What others told of a flight.

    ``expected_modes`` are the flight modes that are no surprise, ``pad_clear`` is what the receiver said, and
    ``neighbour`` the nearest other aircraft.
    """

    expected_modes: frozenset[int]
    pad_clear: bool | None = None
    neighbour: Neighbour | None = None


class Observer:
    """Looks at one flight.

    Parameters
    ----------
    track
        The plan.
    vehicle
        The vehicle, whose telemetry is read each time.
    baseline
        For the energy of this flight alone.
    """

    def __init__(self, track: Track, vehicle: Vehicle, baseline: Baseline) -> None:
        plan = track.plan
        self._track, self._vehicle, self._baseline = track, vehicle, baseline
        self._corridor = Corridor(track)
        self._fence_margin_m = PlaceCache(FenceArea(plan.fence).margin_m, _fence_reach_m)
        self._heights = Heights(track)
        self._timetable = _timetable_of(track)
        self._book = None if self._timetable is None else EnergyBook(track, self._timetable)
        self._since: float | None = None
        self._took_off_at: float | None = None
        self._delay_before_stop_s: float | None = None
        self._last_delay_s = 0.0
        self._jumps = False
        self._seq: int | None = None
        self._seq_since = 0.0

    @property
    def energy_used_wh(self) -> float | None:
        """The energy of this flight."""
        used = self._vehicle.telemetry.energy_used_wh
        before = self._baseline.energy_wh
        return None if used is None or before is None else max(0.0, used - before)

    def look(self, now: float, phase: FlightPhase, told: Told) -> Look:
        """Return what is to be seen now."""
        telemetry = self._vehicle.telemetry
        self._since = now if self._since is None else self._since
        look = Look(
            now=now,
            since=self._since,
            plan=self._track.plan,
            vehicle=self._vehicle,
            phase=phase,
            expected_modes=told.expected_modes,
            follows_mission=telemetry.mode in FOLLOWING[self._vehicle.vehicle_class],
            place=self._place(now),
            pad_clear=told.pad_clear,
            neighbour=told.neighbour,
        )
        seq = telemetry.mission_seq
        if seq is not None and 1 <= seq < len(self._track.points):
            self._follow(seq, look)
            look.seq = seq
            if look.place is not None:
                self._place_in_air(look, seq, look.place)
                if seq > self._track.landing_seq:
                    self._count_on_divert(look, seq)
                elif self._timetable is not None:
                    self._place_in_plan(look, seq, self._timetable, look.place)
        return look

    def _place(self, now: float) -> Point | None:
        telemetry = self._vehicle.telemetry
        place = telemetry.place
        if place is None or now - telemetry.position_at > FRESH_S:
            return None
        return place if all(map(math.isfinite, place)) else None

    def _follow(self, seq: int, look: Look) -> None:
        """Note a change of the item under way, and a jump to the way home or to a divert site."""
        if seq == self._seq:
            return
        before, self._seq, self._seq_since = self._seq, seq, look.now
        jumps = before is not None and seq > self._track.plan.return_seq
        if before is None or not jumps or self._track.follows(seq, before):
            return
        self._heights.jump(self._vehicle.telemetry.altitude_above_home_m)
        self._jumps = True
        if self._book is not None:
            self._book.jump()
        if look.place is not None:
            self._corridor.join(seq, look.place)

    def _place_in_air(self, look: Look, seq: int, place: Point) -> None:
        """Compare position and height with what is planned around the item under way."""
        look.aside = self._corridor.aside(seq, place)
        look.height_off_m = self._heights.off_m(seq, self._vehicle.telemetry.altitude_above_home_m)
        look.to_go_m = self._track.distance_to_go_m(seq, place)
        look.progress = self._track.progress(look.to_go_m)
        look.eta_s = self._track.time_to_go_s(look.to_go_m)
        if seq <= self._track.landing_seq:
            look.fence_margin_m = self._fence_margin_m.at(place)

    def _place_in_plan(self, look: Look, seq: int, timetable: Timetable, place: Point) -> None:
        """Compare time and energy with what is planned here; the ways to divert sites have neither."""
        part = self._track.legs[seq].locate(place)[1]
        descended = self._heights.descended(seq, self._vehicle.telemetry.altitude_above_home_m)
        look.planned = planned = timetable.at(seq, part, look.now - self._seq_since, descended)
        if self._took_off_at is None:
            self._took_off_at = look.now - (0.0 if seq == 1 else planned.time_s)
        elif self._jumps:
            self._took_off_at = look.now - planned.time_s - self._last_delay_s
        self._jumps = False
        look.delay_s = self._last_delay_s = self._delay_s(seq, planned, look.now - self._took_off_at)
        ends_at = self._track.ends_at(seq)
        look.lands = seq == ends_at
        look.eta_s = timetable.at_end_of(ends_at).time_s - planned.time_s
        if self._book is not None:
            look.divert = self._track.plan.divert_from(seq)
            look.energies = self._book.look(seq, place, planned, self._meters(look.now))

    def _count_on_divert(self, look: Look, seq: int) -> None:
        if self._book is not None and look.to_go_m is not None:
            look.energies = self._book.look_on_divert(seq, look.to_go_m, self._meters(look.now))

    def _delay_s(self, seq: int, planned: Planned, flown_s: float) -> float:
        """Return how late the flight is; the stop has one budget, so there it is as late as when it came.

        It becomes later there only when the whole budget is used.
        """
        delay_s = flown_s - planned.time_s
        if not self._track.is_stop(seq) or self._timetable is None:
            self._delay_before_stop_s = delay_s
            return delay_s
        if self._delay_before_stop_s is None:
            self._delay_before_stop_s = delay_s
        ends_s = self._timetable.at_end_of(self._track.plan.return_seq).time_s
        return max(min(delay_s, self._delay_before_stop_s), flown_s - ends_s)

    def _meters(self, now: float) -> Meters:
        telemetry = self._vehicle.telemetry
        return Meters(now, telemetry.energy_used_wh, self.energy_used_wh, telemetry.battery_remaining)


def _timetable_of(track: Track) -> Timetable | None:
    expected = track.plan.expected
    if len(expected) < 2:
        return None
    landings = {track.ends_at(seq) for seq in range(1, len(expected))}
    return Timetable(expected, track.legs, landings)


def _fence_reach_m(margin_m: float | None) -> float:
    """Return how far a vehicle may go until the distance to its fence is worked out anew."""
    return FENCE_ACCURACY * abs(margin_m or 0.0)
