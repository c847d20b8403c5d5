"""Draw the pictures of flight-model.md into a folder: ``python -m docs.flight_pictures``."""

from collections.abc import Callable, Mapping
from pathlib import Path

from matplotlib.figure import Figure

from docs.flight_pictures import battery, gusts, power, tracks
from geofences.picture_style import PAPER, house_style

IMAGES = Path(__file__).parents[1] / "images"
RESOLUTION_DPI = 100.0
SIZE_INCH = (11.0, 4.0)

PICTURES: Mapping[str, Callable[[Figure], None]] = {
    "power": power.draw,
    "battery": battery.draw,
    "gusts": gusts.draw,
    "tracks": tracks.draw,
}
"""By the last word of their file's name."""


def draw(name: str, folder: Path) -> Path:
    """Draw one picture into a folder."""
    path = folder / f"flight-model-{name}.png"
    with house_style():
        figure = Figure(figsize=SIZE_INCH, facecolor=PAPER, layout="constrained")
        PICTURES[name](figure)
        figure.savefig(path, dpi=RESOLUTION_DPI, metadata={"Software": None})
    return path


if __name__ == "__main__":
    for each in PICTURES:
        draw(each, IMAGES)
