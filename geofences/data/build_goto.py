"""Make the airspace files of Goto from ``goto/source/``: ``python -m geofences.data.build_goto [FOLDER]``.

The result depends on nothing but the source files, so a second run gives the same bytes. Edit the GeoJSON
files by hand where you know better (surveyed pads, real lanes), or change the source and run this again.
"""

import sys
from dataclasses import replace
from pathlib import Path

from geofences.airspace import Airspace
from geofences.data.goto_corridors import goto_corridors
from geofences.data.goto_land import operation_boundary, read_islands
from geofences.data.goto_pads import PadFinder
from geofences.data.goto_sites import HUB, SiteTable
from geofences.data.goto_waters import LaneWaters
from geofences.data.goto_zones import goto_zones
from geofences.formats.geojson import collection_text, corridor_feature, zone_feature
from geofences.geojson import feature, island_feature, site_feature
from geofences.projection import LocalProjection
from geofences.shapes import XY
from geofences.values import Site
from geofences.visibility import VisibilityGraph

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
    return {f"{name}.geojson": collection_text(features) for name, features in collections.items()}


def goto_airspace(source: Path) -> Airspace:
    """Return the airspace made from a source folder."""
    projection = LocalProjection.for_goto()
    islands = tuple(read_islands(source))
    boundary = operation_boundary(islands, projection)
    bare = Airspace(islands, tuple(goto_zones(source, projection)), (), {}, boundary)
    sites = _sites(source, bare)
    joined = replace(bare, sites=sites)
    return replace(joined, corridors=tuple(goto_corridors(joined, sites[HUB])))


def _sites(source: Path, bare: Airspace) -> dict[str, Site]:
    """Return the sites of an airspace that has none yet; their approaches turn gently towards the hub."""
    terrain = bare.terrain
    named = {each.name_en: terrain.islands[each.id] for each in bare.islands}
    shortest = PadFinder(terrain.land, terrain.cruise)
    hub_gate = SiteTable(source, named, shortest, bare.projection).gate(HUB)
    graph = VisibilityGraph(LaneWaters(bare).allowed)

    def way_on(gate: XY) -> XY | None:
        path = graph.shortest_path(gate, hub_gate) or []
        return path[1] if len(path) > 1 and gate != hub_gate else None

    table = SiteTable(source, named, PadFinder(terrain.land, terrain.cruise, way_on), bare.projection)
    return {site.id: site for site in table.sites()}


def main(target: Path) -> None:
    """Write the files into a folder."""
    for name, text in goto_files(GOTO / "source").items():
        (target / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else GOTO)
