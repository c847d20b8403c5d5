"""An airfield that can be computed by hand: its runway lies north and south, its middle at the map's origin.

Two thousand metres long and with instrument approaches it is of class C: the strip reaches 1,060 m north and
south and 150 m east and west; all heights are 10 m, so the horizontal surface lies at 55 m.
"""

from geofences.airport_surfaces import AirportSurfaces
from geofences.airports import Airport, Designation, Runway, RunwayEnd
from geofences.projection import LocalProjection

MAP = LocalProjection.for_goto()

ALL_SURFACES = frozenset(Designation)


def airport(
    *,
    length_m: float = 2_000.0,
    heights_amsl_m: tuple[float, float] = (10.0, 10.0),
    elevation_amsl_m: float = 10.0,
    is_instrument: bool = True,
    has_precision_approach: bool = False,
    designated: frozenset[Designation] = frozenset(),
) -> Airport:
    """Return the airfield; the southern end, with the first height, is runway 36."""
    ends = tuple(
        RunwayEnd(name, MAP.position_from_local(0.0, y_m), height_m)
        for name, y_m, height_m in zip(
            ("36", "18"), (-length_m / 2.0, length_m / 2.0), heights_amsl_m, strict=True
        )
    )
    return Airport(
        icao="TEST",
        name_ja="試験",
        name_en="Test",
        reference_point=MAP.position_from_local(0.0, 0.0),
        elevation_amsl_m=elevation_amsl_m,
        runway=Runway((ends[0], ends[1]), length_m, is_instrument, has_precision_approach),
        designated=designated,
        position_error_m=20.0,
        bearing_error_deg=1.0,
    )


def surfaces(built: Airport | None = None) -> AirportSurfaces:
    """Return the surfaces of an airfield on the map."""
    return AirportSurfaces(airport() if built is None else built, MAP)
