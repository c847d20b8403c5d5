"""What a standard cannot say of our zones, kept beside its own fields where it allows extensions.

Two texts that can differ must not hide it: where a standard field was changed after the export, the standard
field counts, and a note says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from geofences.formats.checks import TEXTS
from geofences.formats.records import Record
from geofences.values import ZoneRule
from geofences.zones import Zone

KEY = "tsubaki"
"""The name of our object among the extended properties of a file."""


Json = dict[str, object]


def extension_of(zone: Zone) -> Json:
    """Return the fields of a zone that a standard may round, cut short or lack."""
    return {
        **{name: getattr(zone, name) for name in TEXTS},
        "rule": zone.rule.value,
        "floor_m": zone.floor.height_m,
        "ceiling_m": zone.ceiling.height_m,
        "buffer_m": zone.buffer_m,
        "cost_factor": zone.cost_factor,
    }


def extended(zone: Zone, record: Record) -> Zone:
    """Return the zone that standard fields give, with the fields of an extension."""
    kept = replace(
        zone,
        id=record.text("id"),
        name_ja=record.text("name_ja"),
        name_en=record.text("name_en"),
        rule=ZoneRule(record.choice("rule", ZoneRule)),
        floor=replace(zone.floor, height_m=record.number("floor_m")),
        ceiling=replace(zone.ceiling, height_m=record.number("ceiling_m")),
        buffer_m=record.number("buffer_m"),
        cost_factor=record.number("cost_factor"),
        reason_ja=record.text("reason_ja"),
        reason_en=record.text("reason_en"),
        source=record.text("source"),
    )
    record.note_rest()
    return kept


def settled(
    kept: Zone,
    spoken: Zone,
    file: Mapping[str, object],
    render: Callable[[Zone], Mapping[str, object]],
    says: Mapping[str, tuple[str, ...]],
    record: Record,
) -> Zone:
    """Return the extended zone, with the standard's word where it was changed after the export.

    Parameters
    ----------
    kept, spoken
        The zone with its extension, and by the standard fields alone.
    file
        The standard fields as they stand in the file.
    render
        Gives the standard fields that an export of a zone would write.
    says
        Which fields of a zone each standard field speaks of.
    record
        The extension, for notes.
    """
    written = render(kept)
    changed = [name for name in says if written.get(name) != file.get(name)]
    for name in changed:
        record.place.note(f"{name!r} was changed after the export and counts, not what is kept here")
    return replace(kept, **{field: getattr(spoken, field) for name in changed for field in says[name]})
