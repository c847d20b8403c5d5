"""Polygons of other tools, which know shapes and names but no rules."""

from geofences.formats.checks import UNLIMITED_AMSL_M
from geofences.formats.parts import Geometry
from geofences.formats.records import Record
from geofences.values import Datum, VerticalLimit, ZoneRule
from geofences.zones import Zone

NAMES = ("name_ja", "name_en", "name", "id", "title")
"""Where other tools keep the name of a feature, the best first."""


def zone_without_rule(properties: Record, shape: Geometry, zone_id: str, source: str) -> Zone:
    """Return the zone of a bare polygon, read in the safe way: keep-out at all heights; the note says so."""
    names = [str(properties.fields[name]) for name in NAMES if properties.fields.get(name)]
    properties.place.note(
        f"has no 'rule' of ours; it becomes {zone_id}, keep-out at all heights, always in force"
    )
    properties.skip(*NAMES)
    properties.note_rest()
    name = names[0] if names else zone_id
    return Zone(
        id=zone_id,
        name_ja=name,
        name_en=str(properties.fields.get("name_en") or name),
        rule=ZoneRule.KEEP_OUT,
        geometry=shape,
        floor=VerticalLimit(0.0, Datum.AGL),
        ceiling=VerticalLimit(UNLIMITED_AMSL_M),
        buffer_m=0.0,
        reason_ja="",
        reason_en="",
        source=source,
    )
