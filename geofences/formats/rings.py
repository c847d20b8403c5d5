"""Polygons from lists of positions in degrees, with every rule of RFC 7946, section 3.1, checked.

An unclosed ring is closed and heights of positions are left out, both with a note; anything else that is
wrong is a problem.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from shapely import MultiPolygon, Polygon

from geofences.formats.log import Place
from geofences.formats.records import finite, shown

Floats = npt.NDArray[np.float64]
Positions = list[list[float]]

NUMBERS_OF_A_POSITION = (2, 3)
FEWEST_POSITIONS = 4
FEWEST_OF_A_LINE = 2
ANTIMERIDIAN_JUMP_DEG = 180.0
"""Two neighbours further apart than this would be nearer across the antimeridian."""


def polygon_from(rings: object, place: Place) -> Polygon | None:
    """Return the polygon of a shell and its holes, or None where a rule is broken.

    Parameters
    ----------
    rings
        Lists of positions (longitude, latitude), the shell first, as parsed from JSON.
    """
    if not isinstance(rings, list) or not rings:
        place.problem(f"coordinates must be a list of rings, not {shown(rings)}")
        return None
    lines = [ring_from(ring, place.inside(f"ring {number}")) for number, ring in enumerate(rings)]
    whole = [line for line in lines if line is not None]
    if len(whole) < len(lines):
        return None
    return valid_polygon(whole, place)


def valid_polygon(lines: Sequence[Floats], place: Place) -> Polygon | None:
    """Return the polygon of a shell and its holes; tell of crossings and of holes outside the shell."""
    polygon = Polygon(lines[0], lines[1:])
    return polygon if _is_valid(polygon, place) else None


def several(parts: Sequence[Polygon], place: Place) -> Polygon | MultiPolygon | None:
    """Return one polygon as itself, and several as a MultiPolygon where they do not overlap."""
    if len(parts) == 1:
        return parts[0]
    together = MultiPolygon(list(parts))
    return together if _is_valid(together, place) else None


def ring_from(ring: object, place: Place, latitude_first: bool = False, closed: bool = True) -> Floats | None:
    """Return a closed ring as an array (n, 2) of longitudes and latitudes, or None where a rule is broken.

    Parameters
    ----------
    ring
        A list of positions.
    latitude_first
        The order of the file.
    closed
        Whether the format asks for the first position again at the end.
    """
    found = _array(ring, place)
    if found is None:
        return None
    line = np.fliplr(found) if latitude_first else found
    if not _on_earth(line, place, latitude_first):
        return None
    is_closed = bool((line[0] == line[-1]).all())
    if not is_closed:
        line = np.vstack([line, line[:1]])
    if closed and not is_closed:
        place.note("was not closed; its first position is put at its end again")
    if len(line) < FEWEST_POSITIONS:
        place.problem(f"needs at least {FEWEST_POSITIONS} positions with the closing one, has {len(line)}")
        return None
    return line


def line_from(line: object, place: Place) -> Floats | None:
    """Return a line as an array (n, 2) of longitudes and latitudes, or None where a rule is broken."""
    found = _array(line, place)
    if found is None or not _on_earth(found, place, latitude_first=False):
        return None
    if len(np.unique(found, axis=0)) < FEWEST_OF_A_LINE:
        place.problem(f"needs at least {FEWEST_OF_A_LINE} different positions")
        return None
    return found


def position_from(position: object, place: Place, latitude_first: bool = False) -> tuple[float, float] | None:
    """Return longitude and latitude of one position, or None where a rule is broken."""
    found = _array([position], place)
    if found is None:
        return None
    line = np.fliplr(found) if latitude_first else found
    return (float(line[0, 0]), float(line[0, 1])) if _on_earth(line, place, latitude_first) else None


def rings_of(polygon: Polygon) -> list[Positions]:
    """Return shell and holes as lists of positions, exactly as they are."""
    return [shapely.get_coordinates(ring).tolist() for ring in (polygon.exterior, *polygon.interiors)]


def polygons_of(geometry: Polygon | MultiPolygon) -> list[Polygon]:
    """Return the polygons of a geometry."""
    return list(geometry.geoms) if isinstance(geometry, MultiPolygon) else [geometry]


def _array(ring: object, place: Place) -> Floats | None:
    if not isinstance(ring, list) or not ring:
        place.problem(f"must be a list of positions, not {shown(ring)}")
        return None
    with_height = 0
    for number, position in enumerate(ring):
        if not isinstance(position, list | tuple) or len(position) not in NUMBERS_OF_A_POSITION:
            place.problem(f"position {number} must be two numbers, not {shown(position)}")
            return None
        if any(finite(each) is None for each in position):
            place.problem(f"position {number} must be finite numbers, not {shown(position)}")
            return None
        with_height += len(position) > 2
    if with_height:
        place.note(f"the heights of {with_height} positions are left out (heights are the zone's own)")
    return np.array([position[:2] for position in ring], dtype=np.float64)


def _on_earth(line: Floats, place: Place, latitude_first: bool) -> bool:
    longitudes, latitudes = np.abs(line[:, 0]), np.abs(line[:, 1])
    if longitudes.max() > 180.0 or latitudes.max() > 90.0:
        swapped = longitudes.max() <= 90.0 and latitudes.max() <= 180.0
        order = "latitude" if latitude_first else "longitude"
        hint = f"; the axes look swapped, this format has {order} first" if swapped else ""
        place.problem(f"lies outside longitude ±180, latitude ±90{hint}")
        return False
    if (np.abs(np.diff(line[:, 0])) > ANTIMERIDIAN_JUMP_DEG).any():
        place.problem("crosses the antimeridian; cut it there into two polygons (RFC 7946, 3.1.9)")
        return False
    return True


def _is_valid(shape: Polygon | MultiPolygon, place: Place) -> bool:
    if shape.is_valid:
        return True
    place.problem(f"geometry is invalid: {shapely.is_valid_reason(shape)}")
    return False
