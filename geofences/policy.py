"""The rules that hold everywhere in an airspace."""

from dataclasses import dataclass

from geofences.values import AltitudeBand

OUTBOUND = AltitudeBand(50.0, 70.0)
INBOUND = AltitudeBand(75.0, 95.0)
"""The two directions of a lane are apart by 5 m between the bands and 25 m between the altitudes flown."""

LIMIT_ABOVE_GROUND_M = 150.0
"""Higher above ground or water a permit is needed anywhere (Civil Aeronautics Act, art. 132-85; Enforcement
Regulations, art. 236-71)."""


@dataclass(frozen=True)
class AirspacePolicy:
    """The rules that hold everywhere.

    ``coast_clearance_m`` is kept from any land outside approach sectors; it also covers the coast data, whose
    error is 46 m at the 95th percentile. ``cruise_half_width_m`` is half the width of a certified corridor,
    ``approach_half_width_m`` the same between pad and gate, where a quadplane brakes out of a turn.
    ``altitude_limit_above_ground_m`` is the limit of the law of Japan.
    ``highest_ground_amsl_m`` bounds any land of the area (Tetegatake on Fukue). ``open_sea_cost_factor`` is
    what a metre of sea outside the corridors costs (1 or more), so with 1.2 a flight leaves the lanes only
    where that saves a sixth of the way; None forbids the open sea.
    """

    coast_clearance_m: float = 200.0
    cruise_half_width_m: float = 100.0
    approach_half_width_m: float = 100.0
    outbound: AltitudeBand = OUTBOUND
    inbound: AltitudeBand = INBOUND
    altitude_limit_above_ground_m: float = LIMIT_ABOVE_GROUND_M
    highest_ground_amsl_m: float = 461.0
    open_sea_cost_factor: float | None = 1.2

    @property
    def envelope(self) -> AltitudeBand:
        """All altitudes of a flight over the sea: an early return climbs from the one band to the other."""
        return AltitudeBand(
            min(self.outbound.floor_amsl_m, self.inbound.floor_amsl_m),
            max(self.outbound.ceiling_amsl_m, self.inbound.ceiling_amsl_m),
        )
