"""What the pictures have in common."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from geofences.picture_style import FAINT, HOME_COLOUR, OUT_COLOUR, QUIET, TRACK_COLOUR

__all__ = ["BLACK", "BLUE", "GREEN", "GREY", "RED", "axes_of"]

BLUE, RED, BLACK, GREY, GREEN = HOME_COLOUR, OUT_COLOUR, TRACK_COLOUR, QUIET, "#2f7d4f"


def axes_of(figure: Figure, columns: int) -> list[Axes]:
    """Return plain axes side by side, with a faint grid."""
    found: list[Axes] = list(figure.subplots(1, columns))
    for axes in found:
        axes.grid(color=FAINT)
        axes.set_axisbelow(True)
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(colors=GREY)
    return found
