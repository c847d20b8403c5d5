"""What the links and the air do to every drone of a world."""

from dataclasses import dataclass

from simulator.wind import Wind

CALM = Wind()


@dataclass(frozen=True)
class Weather:
    """Links and wind; shares are from 0 to 1, see `simulator.comms.link.BadLink`."""

    loss: float = 0.0
    duplicate: float = 0.0
    reorder: float = 0.0
    delay_s: float = 0.0
    wind: Wind = CALM
