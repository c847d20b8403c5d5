"""The numbers of a flight at one moment, for people, records and decisions."""

from typing import NamedTuple

from flight.supervision.energy import Energies
from flight.supervision.look import Look


class FlightFigures(NamedTuple):
    """What supervision knows in numbers; ``None`` is "cannot be told now".

    ``cross_track_m`` is the distance to the line of the leg under way, ``delay_s`` positive when late.
    Energies count from the take-off of this flight, with the rest of the way scaled by how the flight has
    gone so far: ``energy_at_home_wh`` by the plan, ``energy_by_return_wh`` turning home at once,
    ``energy_to_divert_wh`` from here to the divert site of the leg under way. ``energy_margin_wh`` is what
    will be left at home above the reserve. ``fence_margin_m`` is the distance to the fence, negative outside.
    """

    cross_track_m: float | None = None
    progress: float | None = None
    distance_to_go_m: float | None = None
    eta_s: float | None = None
    delay_s: float | None = None
    energy_used_wh: float | None = None
    energy_left_wh: float | None = None
    energy_at_home_wh: float | None = None
    energy_by_return_wh: float | None = None
    energy_to_divert_wh: float | None = None
    energy_margin_wh: float | None = None
    fence_margin_m: float | None = None
    wind_m_s: float | None = None


def figures_of(look: Look) -> FlightFigures:
    """Return the numbers of a look."""
    energies = look.energies
    return FlightFigures(
        cross_track_m=None if look.aside is None else look.aside.distance_m,
        progress=look.progress,
        distance_to_go_m=look.to_go_m,
        eta_s=look.eta_s,
        delay_s=look.delay_s,
        fence_margin_m=look.fence_margin_m,
        wind_m_s=look.vehicle.telemetry.wind_speed_m_s,
        **({} if energies is None else _energy_figures(look, energies)),
    )


def _energy_figures(look: Look, energies: Energies) -> dict[str, float | None]:
    used_wh = energies.used_wh
    return {
        "energy_used_wh": used_wh,
        "energy_left_wh": energies.left_wh,
        "energy_at_home_wh": _sum(used_wh, energies.rest_wh),
        "energy_by_return_wh": _sum(used_wh, energies.by_return_wh),
        "energy_to_divert_wh": energies.to_divert_wh,
        "energy_margin_wh": energies.margin_wh(look.plan),
    }


def _sum(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other
