"""Zones in the file formats of the world: GeoJSON, ED-269, ED-318, QGroundControl, KML, and a quick form.

Each format is one small file here behind the Protocol :class:`~geofences.formats.model.Format`, named in
:mod:`geofences.formats.registry`. Reading collects every problem of a file and raises them as one DataError;
what is repaired or lost is told in ``Imported.notes``. Writing refuses what a format cannot say.
"""

from geofences.formats.model import Format, Imported
from geofences.formats.plan_file import PlanFile, PlanItem, PlanPoint
from geofences.formats.registry import (
    FORMATS,
    format_named,
    format_of,
    import_bytes,
    import_file,
    import_text,
)

__all__ = [
    "FORMATS",
    "Format",
    "Imported",
    "PlanFile",
    "PlanItem",
    "PlanPoint",
    "format_named",
    "format_of",
    "import_bytes",
    "import_file",
    "import_text",
]
