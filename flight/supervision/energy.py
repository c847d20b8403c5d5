"""What the battery still holds, and what the ways that are left will take of it."""

from typing import NamedTuple

from flight.geodesy import Point
from flight.plan import FlightPlan, PlannedDivert, VehicleClass
from flight.supervision.legs import Leg
from flight.supervision.pace import Pace
from flight.supervision.place_cache import PlaceCache
from flight.supervision.timetable import Planned, Timetable
from flight.supervision.track import Track

LAST_FRACTION = 0.1
"""The last tenth of a battery, which is there for nobody: in it the voltage of a lithium cell falls steeply,
and a hover may end at any moment."""

ROUNDING = 0.01
"""Vehicles tell their charge in whole hundredths (``battery_remaining``)."""

TELLING_DROP = 0.2
"""How far the charge has to fall until it tells how large the pack is: to 5 %, by its rounding."""

HOME_REACH_M = 50.0
"""For as long a way the energy of coming home is not worked out anew: 0.3 Wh."""


class Meters(NamedTuple):
    """What a vehicle tells of its energy.

    ``counter_wh`` is its counter, whenever that began; ``used_wh`` is of this flight, where its beginning is
    known; ``fraction`` is the charge of the battery by its own account, 0 to 1.
    """

    now: float
    counter_wh: float | None
    used_wh: float | None
    fraction: float | None


class Energies(NamedTuple):
    """Energy in Wh: used since take-off, left in the battery, and needed from here for each way.

    ``pack_wh`` is what the battery holds when full, of which the reserve is a part.

    On the way to a divert site there is neither a rest of the plan nor a return.
    """

    used_wh: float | None
    left_wh: float | None
    rest_wh: float | None
    by_return_wh: float | None
    to_divert_wh: float | None
    pack_wh: float | None = None

    def margin_wh(self, plan: FlightPlan) -> float | None:
        """Return what is left at home above the reserve, if the flight goes on as planned."""
        return self._margin_wh(self.rest_wh, plan.reserve_fraction)

    def home_margin_wh(self) -> float | None:
        """Return what is left at home above the last tenth, if the flight turns home at once."""
        return self._margin_wh(self.by_return_wh, LAST_FRACTION)

    def divert_margin_wh(self) -> float | None:
        """Return what is left at the divert site above the last tenth."""
        return self._margin_wh(self.to_divert_wh, LAST_FRACTION)

    def _margin_wh(self, needed_wh: float | None, kept_fraction: float) -> float | None:
        if needed_wh is None or self.left_wh is None or self.pack_wh is None:
            return None
        return self.left_wh - kept_fraction * self.pack_wh - needed_wh


class EnergyBook:
    """Keeps account of one flight's energy.

    The ways that are left are scaled by how the flight has gone so far (`Pace`). The stop has one budget, of
    which its items' shares say little: what is left of it is what has not been used of it.

    Parameters
    ----------
    track
        The plan.
    timetable
        What the plan expects.
    """

    def __init__(self, track: Track, timetable: Timetable) -> None:
        self._plan, self._track, self._timetable = track.plan, track, timetable
        seqs = range(track.plan.return_seq + 1, track.landing_seq + 1)
        self._home_legs = [(seq, track.legs[seq]) for seq in seqs if track.legs[seq].length_m]
        self._per_m_wh = _per_m_wh(timetable, self._home_legs)
        self._pace = Pace(timetable.end, keeps_airspeed=track.plan.vehicle_class is VehicleClass.QUADPLANE)
        self._home_from_wh = PlaceCache(self._planned_home_wh, lambda _: HOME_REACH_M)
        self._start_fraction: float | None = None
        self._stop_begins: tuple[float, float] | None = None

    def look(self, seq: int, place: Point, planned: Planned, meters: Meters) -> Energies:
        """Return the energies at a place.

        Parameters
        ----------
        seq, place, planned
            The item under way, the position, and what the plan expects there.
        meters
            What the vehicle tells.
        """
        if self._track.is_stop(seq):
            rest_wh = self._rest_at_stop_wh(planned, meters)
        else:
            self._compare(seq, planned, meters)
            rest_wh = self._rest_wh(seq, planned)
        divert, pack_wh = self._plan.divert_from(seq), self._pack_wh(meters)
        return Energies(
            used_wh=meters.used_wh,
            left_wh=self._left_wh(meters, pack_wh),
            pack_wh=pack_wh,
            rest_wh=rest_wh,
            by_return_wh=self._by_return_wh(seq, place, rest_wh),
            to_divert_wh=None if divert is None else self._to_divert_wh(divert, planned),
        )

    def look_on_divert(self, seq: int, to_go_m: float, meters: Meters) -> Energies:
        """Return the energies on the way to a divert site, ``to_go_m`` before it."""
        per_m_wh = self._pace.scale * max(self._per_m_wh, self._divert_per_m_wh(seq))
        pack_wh = self._pack_wh(meters)
        left_wh = self._left_wh(meters, pack_wh)
        return Energies(meters.used_wh, left_wh, None, None, to_go_m * per_m_wh, pack_wh)

    def jump(self) -> None:
        """Note that the flight goes on elsewhere in its plan, another way."""
        self._pace.turn()

    def _compare(self, seq: int, planned: Planned, meters: Meters) -> None:
        """Compare with the plan, but for the take-off, which is no measure of the way."""
        if self._stop_begins is not None:
            self._stop_begins = None
            self._pace.turn()
        if seq > 1:
            self._pace.look(planned, meters.counter_wh, meters.now)

    def _rest_wh(self, seq: int, planned: Planned) -> float:
        end_wh, turn_wh = self._timetable.end.energy_wh, self._turn_wh
        if seq > self._plan.return_seq:
            return self._pace.scale * (end_wh - planned.energy_wh)
        arrives_wh = self._timetable.at_end_of(self._track.stop_seq).energy_wh
        before_wh = self._pace.scale * max(0.0, arrives_wh - planned.energy_wh)
        stop_wh = turn_wh - max(arrives_wh, planned.energy_wh)
        return before_wh + stop_wh + self._pace.other_way * (end_wh - turn_wh)

    def _rest_at_stop_wh(self, planned: Planned, meters: Meters) -> float:
        rest_wh = self._rest_wh(self._track.stop_seq, planned)
        if meters.counter_wh is None:
            return rest_wh
        if self._stop_begins is None:
            self._stop_begins = (meters.counter_wh, rest_wh)
        counter_wh, whole_wh = self._stop_begins
        behind_wh = self._pace.other_way * (self._timetable.end.energy_wh - self._turn_wh)
        return max(behind_wh, whole_wh - (meters.counter_wh - counter_wh))

    @property
    def _turn_wh(self) -> float:
        """What is planned up to the end of the stop."""
        return self._timetable.at_end_of(self._plan.return_seq).energy_wh

    def _left_wh(self, meters: Meters, pack_wh: float | None) -> float | None:
        """Return the smaller of two accounts: what was there less what was used, and the vehicle's own.

        Beside the finer account, the vehicle's own gets the benefit of its rounding.
        """
        if pack_wh is None:
            return None
        if meters.used_wh is None:
            return None if meters.fraction is None else pack_wh * meters.fraction
        start = 1.0 if self._start_fraction is None else self._start_fraction
        counted_wh = pack_wh * start - meters.used_wh
        if meters.fraction is None:
            return counted_wh
        return min(counted_wh, pack_wh * (meters.fraction + ROUNDING))

    def _pack_wh(self, meters: Meters) -> float | None:
        """Return what a full pack holds: as planned, or less if its charge falls faster than it should.

        So it does where the pack is old or cold, or another than was planned with.
        """
        if self._start_fraction is None:
            self._start_fraction = meters.fraction
        full_wh = self._plan.energy_available_wh
        if full_wh is None or meters.used_wh is None or meters.fraction is None:
            return full_wh
        drop = (self._start_fraction or 0.0) - meters.fraction
        return min(full_wh, meters.used_wh / (drop - ROUNDING)) if drop >= TELLING_DROP else full_wh

    def _by_return_wh(self, seq: int, place: Point, rest_wh: float) -> float:
        """Return what coming home at once takes; on the way home that is what going on takes."""
        if seq > self._plan.return_seq or not self._home_legs:
            return rest_wh
        return self._pace.other_way * self._home_from_wh.at(place)

    def _planned_home_wh(self, place: Point) -> float:
        """Return what the plan counts from a place to the nearest leg of the way home, and on along it."""
        distance_m, part, nearest = min((*leg.locate(place), seq) for seq, leg in self._home_legs)
        joined = self._timetable.at(nearest, part, 0.0)
        return distance_m * self._per_m_wh + self._timetable.end.energy_wh - joined.energy_wh

    def _divert_per_m_wh(self, seq: int) -> float:
        """Return what a metre of the way to a divert site takes, from the item behind which it is counted."""
        entered = (each for each in self._plan.diverts if each.enter_seq <= seq <= each.land_seq)
        ways = ((each.energy_wh, self._track.remaining_m[each.enter_seq]) for each in entered)
        return max((energy_wh / way_m for energy_wh, way_m in ways if way_m > 0.0), default=0.0)

    def _to_divert_wh(self, divert: PlannedDivert, planned: Planned) -> float:
        """Return what the divert takes: on to the end of the leg under way, and from there to its site."""
        ends_at = max(divert.from_seq, min(divert.to_seq, self._track.stop_seq))
        leg_wh = self._timetable.at_end_of(ends_at).energy_wh - planned.energy_wh
        return self._pace.scale * (max(0.0, leg_wh) + divert.energy_wh)


def _per_m_wh(timetable: Timetable, home_legs: list[tuple[int, Leg]]) -> float:
    """Return what a metre of the way home takes; nothing is known of it without such a way."""
    length_m = sum(leg.length_m for _, leg in home_legs)
    if not home_legs:
        return 0.0
    begins = timetable.at_end_of(home_legs[0][0] - 1)
    return (timetable.end.energy_wh - begins.energy_wh) / length_m
