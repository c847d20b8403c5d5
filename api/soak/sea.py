"""What is under the drones: the islands in their sea, and a quay wherever a pad is."""

from functools import cache

import shapely

from api.soak.airspace import goto
from simulator.physics.surface import Islands

QUAY_DEG = 0.0012
"""About 100 m: the coast data cuts the corners of quays (its error is 46 m at the 95th percentile)."""


@cache
def sea() -> Islands:
    """Return the surface, made once: what comes down beside the land is lost."""
    airspace = goto()
    quays = [
        shapely.Point(site.position.longitude_deg, site.position.latitude_deg).buffer(QUAY_DEG)
        for site in airspace.sites.values()
        if site.is_drone_site
    ]
    return Islands(shapely.union_all([island.geometry for island in airspace.islands] + quays))
