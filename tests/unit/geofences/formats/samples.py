"""One good feature of each JSON format, written by hand, and ways to spoil it."""

import copy
import json
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
Change = Callable[[Json], object]

SQUARE = [[128.8, 32.7], [128.9, 32.7], [128.9, 32.8], [128.8, 32.8], [128.8, 32.7]]
BOW_TIE = [[128.8, 32.7], [128.9, 32.8], [128.9, 32.7], [128.8, 32.8], [128.8, 32.7]]
FAR_HOLE = [[120.1, 30.1], [120.2, 30.1], [120.2, 30.2], [120.1, 30.1]]
ACROSS_180 = [[179.0, 10.0], [-179.0, 10.0], [-179.0, 11.0], [179.0, 11.0], [179.0, 10.0]]

ED269_FEATURE: Json = {
    "identifier": "GTO001",
    "country": "JPN",
    "name": "Wind farm",
    "type": "COMMON",
    "restriction": "PROHIBITED",
    "reason": ["SENSITIVE"],
    "message": "Eight turbines",
    "applicability": [
        {
            "permanent": "NO",
            "startDateTime": "2026-12-01T00:00:00Z",
            "endDateTime": "2026-12-02T00:00:00Z",
            "schedule": [{"day": ["MON", "TUE"], "startTime": "09:00:00.00+09:00", "endTime": "17:00Z"}],
        }
    ],
    "zoneAuthority": [{"name": "Goto City", "email": "desk@example.org", "purpose": "INFORMATION"}],
    "geometry": [
        {
            "uomDimensions": "FT",
            "lowerLimit": 0,
            "lowerVerticalReference": "AGL",
            "upperLimit": 500,
            "upperVerticalReference": "AMSL",
            "horizontalProjection": {"type": "Polygon", "coordinates": [SQUARE]},
        }
    ],
}

ED318_FEATURE: Json = {
    "type": "Feature",
    "properties": {
        "identifier": "GTO001",
        "country": "JPN",
        "name": [{"text": "風力発電所", "lang": "ja-JP"}, {"text": "Wind farm", "lang": "en-GB"}],
        "type": "PROHIBITED",
        "variant": "COMMON",
        "reason": ["SENSITIVE"],
        "message": [{"text": "Eight turbines", "lang": "en-GB"}],
        "limitedApplicability": [
            {
                "startDateTime": "2026-12-01T00:00:00Z",
                "schedule": [{"day": ["ANY"], "startEvent": "BMCT", "endEvent": "EECT"}],
            }
        ],
        "zoneAuthority": [{"name": [{"text": "Goto City", "lang": "en-GB"}], "purpose": "INFORMATION"}],
    },
    "geometry": {
        "type": "Polygon",
        "coordinates": [SQUARE],
        "layer": {"lower": 0, "lowerReference": "AGL", "upper": 500, "upperReference": "AMSL", "uom": "ft"},
    },
}

PLAN: Json = {
    "fileType": "Plan",
    "version": 1,
    "groundStation": "QGroundControl",
    "mission": {
        "version": 2,
        "firmwareType": 12,
        "vehicleType": 2,
        "cruiseSpeed": 15,
        "hoverSpeed": 5,
        "globalPlanAltitudeMode": 1,
        "plannedHomePosition": [32.7, 128.8, 4],
        "items": [
            {
                "type": "SimpleItem",
                "autoContinue": True,
                "command": 22,
                "doJumpId": 1,
                "frame": 3,
                "params": [15, 0, 0, None, 32.7, 128.8, 50],
                "Altitude": 50,
                "AltitudeMode": 1,
                "AMSLAltAboveTerrain": None,
            }
        ],
    },
    "geoFence": {
        "version": 2,
        "polygons": [
            {"version": 1, "inclusion": True, "polygon": [[y, x] for x, y in SQUARE[:-1]]},
        ],
        "circles": [
            {"version": 1, "inclusion": False, "circle": {"center": [32.75, 128.85], "radius": 100.5}},
        ],
    },
    "rallyPoints": {"version": 2, "points": [[32.71, 128.81, 30]]},
}

KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><Placemark>
<name>Wind farm</name>
<ExtendedData>
<Data name="rule"><value>keep-out</value></Data>
<Data name="floor_m"><value>0</value></Data><Data name="floor_datum"><value>AGL</value></Data>
<Data name="ceiling_m"><value>150</value></Data><Data name="ceiling_datum"><value>AGL</value></Data>
</ExtendedData>
<Polygon><outerBoundaryIs><LinearRing><coordinates>
128.8,32.7,150 128.9,32.7,150 128.9,32.8,150 128.8,32.8,150 128.8,32.7,150
</coordinates></LinearRing></outerBoundaryIs></Polygon>
</Placemark></Folder></Document></kml>"""

NOTAM = (
    "KEEP-OUT ID FW 2026-12-01T09:00+09:00/2026-12-01T17:00+09:00 SFC-150M AGL "
    'CIRCLE 324200N1285100E R0.5NM "花火大会" "Fireworks"'
)


def ed269(change: Change = lambda feature: None) -> str:
    feature = copy.deepcopy(ED269_FEATURE)
    change(feature)
    return json.dumps({"title": "t", "features": [feature]})


def ed318(change: Change = lambda feature: None) -> str:
    feature = copy.deepcopy(ED318_FEATURE)
    change(feature)
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


def plan(change: Change = lambda document: None) -> str:
    document = copy.deepcopy(PLAN)
    change(document)
    return json.dumps(document)


GEOJSON_FEATURE: Json = {
    "type": "Feature",
    "properties": {
        "id": "FARM",
        "name_ja": "風力発電所",
        "name_en": "Wind farm",
        "rule": "keep-out",
        "floor_m": 0,
        "floor_datum": "AMSL",
        "ceiling_m": 150,
        "ceiling_datum": "AGL",
        "buffer_m": 50,
        "reason_ja": "風車",
        "reason_en": "turbines",
        "source": "survey",
    },
    "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
}


def geojson(change: Change = lambda feature: None) -> str:
    feature = copy.deepcopy(GEOJSON_FEATURE)
    change(feature)
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


def kml(rings: list[list[list[float]]], text: str = KML) -> str:
    """Return the KML sample with other rings."""
    boundaries = "".join(
        f"<{name}><LinearRing><coordinates>{coordinates}</coordinates></LinearRing></{name}>"
        for name, coordinates in (
            (
                "innerBoundaryIs" if number else "outerBoundaryIs",
                " ".join(",".join(map(str, each)) for each in ring),
            )
            for number, ring in enumerate(rings)
        )
    )
    head, _, rest = text.partition("<Polygon>")
    return f"{head}<Polygon>{boundaries}</Polygon>{rest.partition('</Polygon>')[2]}"


def notam(rings: list[list[list[float]]]) -> str:
    """Return a zone of the quick form with other rings."""
    words = [
        f"{'HOLE' if number else 'POLYGON'} " + " ".join(f"{y},{x}" for x, y, *_ in ring)
        for number, ring in enumerate(rings)
    ]
    return f'KEEP-OUT ID FARM PERM SFC-150M AGL {" ".join(words)} "風" "Farm"'


def with_rings(name: str, rings: list[list[list[float]]]) -> str:
    """Return a file of any format whose one zone has these rings (a plan: the first of them)."""
    if name == "ed269":
        return ed269(lambda feature: feature["geometry"][0]["horizontalProjection"].update(coordinates=rings))
    if name == "ed318":
        return ed318(lambda feature: feature["geometry"].update(coordinates=rings))
    if name == "geojson":
        return geojson(lambda feature: feature["geometry"].update(coordinates=rings))
    if name == "plan":
        ring = [[each[1], each[0], *each[2:]] for each in rings[0]]
        return plan(lambda document: document["geoFence"]["polygons"][0].update(polygon=ring))
    return kml(rings) if name == "kml" else notam(rings)
