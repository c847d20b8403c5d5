"""Sites of Goto: which places have a pad, and which are joined to one by road.

A port becomes a drone site where a straight approach from the sea exists. Where a served place has no such
port near, a pad on the shore is derived for it.
"""

import csv
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from shapely import Point, Polygon

from geofences.data.goto_pads import PadFinder
from geofences.projection import LocalProjection
from geofences.shapes import XY, point_at
from geofences.values import ApproachSector, Position, Site

HUB = "FKP"
PAD_ELEVATION_AMSL_M = 4.0
"""Assumed for quays and shores: no levels are published."""

PLACE_ELEVATION_AMSL_M = 10.0
"""Assumed for places in a village; nothing flies there."""

ROAD_FACTOR = 1.3
"""Road length per straight length, assumed."""

PORT_REACH_M = 5_000.0
"""A place with a usable port so near is served from there; else a shore pad is derived for it."""

WINCH_HEIGHT_M = 20.0
"""A drone hovers so high over the pad to lower or drop its load, as ``flight.vehicles.compile`` does: above
people, cars and the roofs of quay sheds, low enough that the load does not swing or drift off the pad."""

AIRPORT_ELEVATIONS_AMSL_M = {"RJFE": 77.0, "RJDK": 80.0, "RJDO": 7.7}
SERVED_KINDS = ("hospital", "clinic", "drop")

LARGEST_UNCERTAINTY_M = 1_500.0
"""No pad is derived for a place that is known less well than this."""


class SiteTable:
    """Makes the sites from the rows of the source table.

    Parameters
    ----------
    source
        Folder of the source files.
    islands
        Name in English to polygon on the local map.
    finder
        Finds approaches.
    projection
        The map.
    """

    def __init__(
        self, source: Path, islands: Mapping[str, Polygon], finder: PadFinder, projection: LocalProjection
    ) -> None:
        with (source / "sites.csv").open(encoding="utf-8", newline="") as file:
            self._rows = list(csv.DictReader(file))
        self._islands = islands
        self._finder = finder
        self._projection = projection

    def sites(self) -> list[Site]:
        """Return all sites: those of the table in its order, then the derived shore pads."""
        ports = [site for row in self._rows if row["kind"] == "port" for site in self._port(row)]
        shores = [site for row in self._rows for site in self._shore_pad(row, ports)]
        pads = [*ports, *shores]
        by_id = {site.id: site for site in pads}
        listed = [by_id.get(row["id"]) or self._place(row, pads) for row in self._rows]
        return [*listed, *shores]

    def gate(self, site_id: str) -> XY:
        """Return the sea end of the approach of a port of the table; raise ValueError where it has none."""
        for row in self._rows:
            pad = self._xy(row)
            approach = self._finder.approach(pad) if row["id"] == site_id else None
            if approach is not None:
                return point_at(pad, approach.bearing_deg, approach.length_m)
        raise ValueError(f"{site_id} has no approach")

    def _port(self, row: dict[str, str]) -> list[Site]:
        approach = self._finder.approach(self._xy(row))
        if approach is None:
            return []
        note_ja = (
            f"岸壁から沖へ方位{approach.bearing_deg:.0f}°・{approach.length_m:.0f} mの進入路。標高は仮定値。"
        )
        note_en = (
            f"Approach from the open sea to the quay, {approach.length_m:.0f} m on bearing "
            f"{approach.bearing_deg:.0f}° from the pad. Elevation assumed."
        )
        return [self._site(row, approach, note_ja, note_en)]

    def _shore_pad(self, row: dict[str, str], ports: Sequence[Site]) -> list[Site]:
        known = row["kind"] in SERVED_KINDS and float(row["uncertainty_m"]) <= LARGEST_UNCERTAINTY_M
        if not known or self._nearest(row, ports, PORT_REACH_M) is not None:
            return []
        found = self._finder.shore_pad(self._xy(row), self._islands[row["island"]])
        if found is None:
            return []
        position = self._projection.position_from_local(*found[0])
        short_ja, short_en = _place_name(row["name_ja"]), _place_name(row["name_en"])
        derived = {
            **row,
            "id": f"{row['id']}-S",
            "kind": "shore_pad",
            "name_ja": f"{short_ja} 海岸パッド",
            "name_en": f"{short_en} shore pad",
            "lat": f"{position.latitude_deg:.6f}",
            "lon": f"{position.longitude_deg:.6f}",
            "source": f"derived: shore point nearest to {row['id']} with an approach from the sea; survey it",
        }
        note_ja = "海岸線から計算で求めた仮の発着点。使用前に現地測量と地権者の同意が必要。標高は仮定値。"
        note_en = "Derived from the coast: needs a survey and the owner's consent. Elevation assumed."
        return [self._site(derived, found[1], note_ja, note_en)]

    def _place(self, row: dict[str, str], pads: Sequence[Site]) -> Site:
        pad = self._nearest(row, pads, math.inf)
        why_ja, why_en = _why_no_pad(row["kind"])
        if pad is None:
            note_ja = f"{why_ja}島内に使える発着点がなく、船便で対応。"
            note_en = f"{why_en} No usable pad on this island: served by boat."
            return self._site(row, None, note_ja, note_en)
        road_km = round(self._distance_m(row, pad) * ROAD_FACTOR / 1000.0, 1)
        note_ja = f"{why_ja}{pad.name_ja}から陸路約{road_km} km(直線距離の1.3倍)。"
        note_en = f"{why_en} By road from {pad.name_en}, about {road_km} km (straight line x 1.3)."
        return self._site(row, None, note_ja, note_en, pad.id, road_km)

    def _site(
        self,
        row: dict[str, str],
        approach: ApproachSector | None,
        note_ja: str,
        note_en: str,
        pad_site_id: str | None = None,
        road_km: float | None = None,
    ) -> Site:
        assumed_m = PLACE_ELEVATION_AMSL_M if approach is None else PAD_ELEVATION_AMSL_M
        return Site(
            id=row["id"],
            kind=row["kind"],
            name_ja=row["name_ja"],
            name_en=row["name_en"],
            island=row["island"],
            position=Position(float(row["lat"]), float(row["lon"])),
            elevation_amsl_m=AIRPORT_ELEVATIONS_AMSL_M.get(row["id"], assumed_m),
            uncertainty_m=float(row["uncertainty_m"]),
            is_hub=row["id"] == HUB,
            approach=approach,
            pad_site_id=pad_site_id,
            road_km=road_km,
            note_ja=note_ja,
            note_en=note_en,
            source=row["source"],
            winch_height_m=WINCH_HEIGHT_M,
        )

    def _nearest(self, row: dict[str, str], pads: Sequence[Site], reach_m: float) -> Site | None:
        same_island = [
            pad for pad in pads if pad.island == row["island"] and self._distance_m(row, pad) <= reach_m
        ]
        return min(same_island, key=lambda pad: self._distance_m(row, pad), default=None)

    def _distance_m(self, row: dict[str, str], pad: Site) -> float:
        return float(Point(self._xy(row)).distance(Point(self._projection.local_from_position(pad.position))))

    def _xy(self, row: dict[str, str]) -> XY:
        return self._projection.local_from_position(Position(float(row["lat"]), float(row["lon"])))


def _place_name(name: str) -> str:
    """Return the village of a facility's name."""
    for ending in ("国保診療所", "町国民健康保険診療所", "診療所", "病院", "医療センター", " 集落"):
        name = name.removesuffix(ending)
    for ending in (" Clinic", " Hospital", " Medical Center", " village drop point", " drop point"):
        name = name.split(" (")[0].removesuffix(ending)
    return name.removeprefix("長崎県").removeprefix("佐世保市総合医療センター")


def _why_no_pad(kind: str) -> tuple[str, str]:
    if kind == "airport":
        return "空港のため無人機の発着には使わない。", "An airport is not used for drones."
    if kind == "port":
        return (
            "直線の進入路が陸地を横切るため発着点にしない。",
            "Not a drone site: every straight approach crosses land.",
        )
    return (
        "内陸にあり、直線の進入路が人の住む土地を横切るため発着点にしない。",
        "Not a drone site: it lies inland and a straight approach would cross inhabited land.",
    )
