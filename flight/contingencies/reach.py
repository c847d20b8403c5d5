"""What takes the least energy from here: the site of the leg, or home."""

from flight.contingencies.table import Chain
from flight.situations import Action
from flight.supervision.figures import FlightFigures


def nearest_first(chain: Chain, figures: FlightFigures | None) -> Chain:
    """Return a chain with its refuge that takes less energy first.

    Where one of the two energies cannot be told, the chain stays as it is: the site of a leg was chosen for
    being near.
    """
    if figures is None or chain[:2] != (Action.DIVERT, Action.RETURN):
        return chain
    to_site_wh, used_wh, at_home_wh = (
        figures.energy_to_divert_wh,
        figures.energy_used_wh,
        figures.energy_by_return_wh,
    )
    if to_site_wh is None or used_wh is None or at_home_wh is None or used_wh + to_site_wh <= at_home_wh:
        return chain
    return (Action.RETURN, Action.DIVERT, *chain[2:])
