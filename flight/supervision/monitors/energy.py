"""Too little energy to go on, or to come home."""

from flight.situations import Situation
from flight.supervision.energy import LAST_FRACTION
from flight.supervision.look import Look
from flight.supervision.monitors.base import Monitor, Reading, at_least

CLEAR_FRACTION = 0.03
"""Of a full battery, above the limit: vehicles tell their charge in hundredths."""


SPENDABLE = 0.5
"""Of the reserve: it is there for the wind, so a flight that uses some of it is no emergency. The other half
is for what comes after."""


class EnergyShort(Monitor):
    """The flight as planned would end with less than half of its reserve.

    The value is what will be left at home above the reserve, with the rest of the plan scaled by what this
    flight has used so far; it is negative where some of the reserve will be used.
    """

    situation = Situation.ENERGY_SHORT
    unit = "Wh"
    hold_s = 30.0

    def read(self, look: Look) -> Reading | None:
        """Return the margin at home."""
        margin_wh = None if look.energies is None else look.energies.margin_wh(look.plan)
        limit_wh = -SPENDABLE * look.plan.reserve_fraction * _pack_wh(look)
        return None if margin_wh is None else at_least(margin_wh, limit_wh, limit_wh + _clear_wh(look))

    def text(self, look: Look, reading: Reading) -> str:
        """Name what is missing, and what coming home at once would leave."""
        home_wh = (None if look.energies is None else look.energies.home_margin_wh()) or 0.0
        return (
            f"{-reading.value:.0f} Wh of the reserve would be used by flying on as planned;"
            f" home at once leaves {home_wh:.0f} Wh above the last {LAST_FRACTION:.0%}"
        )


class EnergyCritical(Monitor):
    """Not even turning home at once leaves the last tenth of the battery untouched."""

    situation = Situation.ENERGY_CRITICAL
    unit = "Wh"
    hold_s = 5.0

    def read(self, look: Look) -> Reading | None:
        """Return the margin of turning home at once."""
        margin_wh = None if look.energies is None else look.energies.home_margin_wh()
        return None if margin_wh is None else at_least(margin_wh, 0.0, _clear_wh(look))

    def text(self, look: Look, reading: Reading) -> str:
        """Name what is missing, and what is in reach."""
        return f"{-reading.value:.0f} Wh are missing to come home; {_in_reach(look)}"


def _clear_wh(look: Look) -> float:
    return CLEAR_FRACTION * _pack_wh(look)


def _pack_wh(look: Look) -> float:
    return (None if look.energies is None else look.energies.pack_wh) or 0.0


def _in_reach(look: Look) -> str:
    margin_wh = None if look.energies is None else look.energies.divert_margin_wh()
    if look.divert is None or margin_wh is None:
        return "no divert site is planned here"
    if margin_wh < 0.0:
        return f"nor is the divert site {look.divert.site_id} in reach: {-margin_wh:.0f} Wh are missing"
    return f"the divert site {look.divert.site_id} is in reach with {margin_wh:.0f} Wh to spare"
