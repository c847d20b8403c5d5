"""Zones of Goto: airports with their obstacle limitation surfaces, the wind farm, the ferry harbour."""

from pathlib import Path

from geofences.data.goto_airports import airport_zones
from geofences.projection import LocalProjection
from geofences.values import Circle, Position, VerticalLimit, ZoneRule
from geofences.zones import Zone

WIND_FARM = Circle(Position(32.65, 128.96), 4_000.0)
"""3 km for the uncertainty of the centre and 1 km for the extent of eight turbines."""

HARBOUR = Circle(Position(32.70, 128.87), 1_000.0)

HARBOUR_COST_FACTOR = 1.5
"""A route leaves the harbour mouth out where the way round is at most half as long again as the way inside.
It must stay under π/2, the way round half a circle per metre of its diameter: then a flight that has to cross
the fairway crosses it straight and at once, rather than following it around the whole mouth."""


def goto_zones(source: Path, projection: LocalProjection) -> list[Zone]:
    """Return all zones."""
    return [*airport_zones(source, projection), wind_farm(), harbour()]


def wind_farm() -> Zone:
    """Return the zone around the floating turbines off Sakiyama."""
    return Zone(
        id="WIND-FARM",
        name_ja="五島洋上風力発電所(浮体式)",
        name_en="Goto floating wind farm",
        rule=ZoneRule.KEEP_OUT,
        geometry=WIND_FARM,
        floor=VerticalLimit(0.0),
        ceiling=VerticalLimit(130.0),
        buffer_m=100.0,
        reason_ja="風車8基。羽根の先端は海面から約100メートルです。",
        reason_en="Eight turbines with tips about 100 m above the sea.",
        source="centre uncertain by 3 km (from memory, not surveyed), so the circle is wide; tips: published "
        "rotor 80 m and hub 56 m. Replace by surveyed turbine positions.",
    )


def harbour() -> Zone:
    """Return the caution zone in front of Fukue port."""
    return Zone(
        id="FUKUE-HARBOUR",
        name_ja="福江港 港口",
        name_en="Fukue harbour mouth",
        rule=ZoneRule.CAUTION,
        geometry=HARBOUR,
        floor=VerticalLimit(0.0),
        ceiling=VerticalLimit(60.0),
        buffer_m=0.0,
        reason_ja="フェリーとジェットフォイルの通り道です。マストと甲板の人に注意してください。",
        reason_en="Ferries and jetfoils enter and leave here; look out for masts and people on deck.",
        source="derived: the sea in front of the port; to be agreed with the harbour master",
        cost_factor=HARBOUR_COST_FACTOR,
    )
