"""Make the airspace files of Goto from ``goto/source/``: ``python -m geofences.data.build_goto [FOLDER]``.

The result depends on nothing but the source files, so a second run gives the same bytes. Edit the GeoJSON
files by hand where you know better (surveyed pads, real lanes), or change the source and run this again.
"""

import json
import sys
from pathlib import Path

from geofences.airspace import Airspace
from geofences.data.goto_corridors import goto_corridors
from geofences.data.goto_land import operation_boundary, read_islands
from geofences.data.goto_pads import PadFinder
from geofences.data.goto_sites import HUB, SiteTable
from geofences.data.goto_zones import goto_zones
from geofences.geojson import (
    Json,
    corridor_feature,
    feature,
    feature_collection,
    island_feature,
    site_feature,
    zone_feature,
)
from geofences.projection import LocalProjection
from geofences.terrain import AirspacePolicy, Terrain

GOTO = Path(__file__).parent / "goto"


def goto_files(source: Path) -> dict[str, str]:
    """Return name and content of each file made from a source folder."""
    airspace = goto_airspace(source)
    boundary = feature(airspace.boundary, id="boundary", name_ja="運航区域", name_en="Operation area")
    collections = {
        "islands": map(island_feature, airspace.islands),
        "sites": map(site_feature, airspace.sites.values()),
        "zones": map(zone_feature, airspace.zones),
        "corridors": map(corridor_feature, airspace.corridors),
        "boundary": [boundary],
    }
    return {f"{name}.geojson": _text(feature_collection(features)) for name, features in collections.items()}


def goto_airspace(source: Path) -> Airspace:
    """Return the airspace made from a source folder."""
    projection = LocalProjection.for_goto()
    islands = read_islands(source)
    boundary = operation_boundary(islands, projection)
    bare = Terrain(islands, (), {}, boundary, AirspacePolicy(), projection)
    named = {each.name_en: bare.islands[each.id] for each in islands}
    table = SiteTable(source, named, PadFinder(bare.land, bare.cruise), projection)
    sites = {site.id: site for site in table.sites()}
    zones = tuple(goto_zones(source, projection))
    airspace = Airspace(tuple(islands), zones, (), sites, boundary)
    corridors = tuple(goto_corridors(airspace, sites[HUB]))
    return Airspace(tuple(islands), zones, corridors, sites, boundary)


def _text(collection: Json) -> str:
    """Return GeoJSON with one feature a line, which makes readable differences."""
    features = collection["features"]
    lines = [json.dumps(each, ensure_ascii=False) for each in features] if isinstance(features, list) else []
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n"


def main(target: Path) -> None:
    """Write the files into a folder."""
    for name, text in goto_files(GOTO / "source").items():
        (target / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else GOTO)
