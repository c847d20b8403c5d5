import json
from pathlib import Path

from geofences.airspace import Airspace
from geofences.data.build_goto import GOTO, goto_files
from geofences.formats.geojson import corridor_feature, zone_feature
from geofences.geojson import (
    airspace_feature_collection,
    feature_collection,
    island_feature,
    site_feature,
)
from geofences.loading import read_corridors, read_islands, read_sites, read_zones
from geofences.values import Interval
from tests.unit.geofences.pond import DEPARTURE, zone


def test_the_shipped_files_are_what_the_script_makes_of_the_source() -> None:
    made = goto_files(GOTO / "source")

    for name, text in made.items():
        assert (GOTO / name).read_text(encoding="utf-8") == text, (
            f"run python -m geofences.data.build_goto: {name}"
        )


def test_what_is_written_is_read_back_the_same(goto: Airspace, tmp_path: Path) -> None:
    timed = zone("TIMED", (0.0, 0.0, 100.0, 100.0), active=(Interval(DEPARTURE, DEPARTURE),))
    path = tmp_path / "file.geojson"

    def written(features: object) -> Path:
        path.write_text(json.dumps(features), encoding="utf-8")
        return path

    assert read_islands(written(feature_collection(map(island_feature, goto.islands)))) == goto.islands
    assert (
        read_corridors(written(feature_collection(map(corridor_feature, goto.corridors)))) == goto.corridors
    )
    zones = (*goto.zones, timed)
    assert read_zones(written(feature_collection(map(zone_feature, zones)))) == zones
    sites = tuple(goto.sites.values())
    assert read_sites(written(feature_collection(map(site_feature, sites)))) == sites


def test_the_airspace_is_one_collection_with_a_kind_on_each_feature(goto: Airspace) -> None:
    document = json.loads(json.dumps(airspace_feature_collection(goto)))

    kinds = [feature["properties"]["kind"] for feature in document["features"]]
    ids = [feature["properties"]["id"] for feature in document["features"]]
    assert document["version"] == goto.version
    assert kinds.count("island") == 106
    assert kinds.count("site") == len(goto.sites)
    assert kinds.count("approach") == sum(site.is_drone_site for site in goto.sites.values())
    assert set(kinds) == {"island", "zone", "corridor", "site", "approach", "boundary"}
    assert len(set(ids)) == len(ids)
