"""Power over airspeed, with the figures that planning counts with."""

import numpy as np
from matplotlib.figure import Figure

from docs.flight_pictures.style import BLUE, RED, axes_of
from docs.make_flight_model import cruise_m_s, cruising, planned_w
from geofences.performance import FlightPhase
from geofences.picture_style import PAPER
from simulator.airframes import AIRFRAMES
from tests.unit.simulator.physics.flying import steady, watts


def draw(figure: Figure) -> None:
    """Draw power over airspeed, with the figures that planning counts with."""
    for axes, frame in zip(axes_of(figure, 3), AIRFRAMES.values(), strict=True):
        speeds = np.linspace(0.0, 35.0 if frame.wing else 25.0, 141)
        for payload_kg, style, fill in ((0.0, "-", RED), (frame.payload_limit_kg, "--", PAPER)):
            name = f"{payload_kg:g} kg of parcel"
            drawn_w = [watts(frame, cruising(frame), steady(speed), payload_kg) for speed in speeds]
            axes.plot(speeds, np.array(drawn_w) / 1000.0, style, color=BLUE, label=name)
            for phase, at_m_s in ((FlightPhase.HOVER, 0.0), (FlightPhase.CRUISE, cruise_m_s(frame))):
                planned = planned_w(frame, phase, payload_kg)
                if planned is not None:
                    axes.plot(at_m_s, planned / 1000.0, "o", color=RED, markerfacecolor=fill)
        axes.plot([], [], "o", color=RED, label="planning")
        axes.set(title=frame.name, xlabel="airspeed, m/s", ylim=(0.0, None))
        axes.legend(frameon=False, loc="upper right" if frame.wing else "upper left")
    figure.axes[0].set_ylabel("power from the battery, kW")
