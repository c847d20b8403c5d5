"""A minute of gusts, and the spectrum of many hours beside the closed form."""

from itertools import pairwise

import numpy as np
from matplotlib.figure import Figure

from docs.flight_pictures.style import BLACK, BLUE, RED, axes_of
from simulator.physics import STEP_S
from simulator.physics.gusts import Dryden, intensity_ratio, scale_lengths_m
from simulator.physics.noise import NoiseBank
from simulator.physics.state import Floats
from simulator.wind import Wind

HEIGHT_M, AIRSPEED_M_S, WIND_M_S = 60.0, 25.0, 10.0
BINS = 50


def draw(figure: Figure) -> None:
    """Draw a minute of gusts, and the spectrum of many hours beside the closed form."""
    time_axes, spectrum_axes = axes_of(figure, 2)
    series = _gusts(64, 4096 + 300)[300:]
    minute = np.arange(round(60.0 / STEP_S))
    for component, name, colour in ((0, "along the wind", BLUE), (2, "upwards", RED)):
        time_axes.plot(minute * STEP_S, series[minute, component, 0], color=colour, linewidth=1.2, label=name)
        frequency_hz, density = _spectrum(series[:, component])
        spectrum_axes.loglog(frequency_hz, density, "o", markersize=3, color=colour, label=f"{name}, model")
        closed = (_along if component == 0 else _upwards)(frequency_hz)
        spectrum_axes.loglog(frequency_hz, closed, color=BLACK, linewidth=0.9)
    for each in (spectrum_axes.xaxis, spectrum_axes.yaxis):
        each.set_major_formatter("{x:g}")
    spectrum_axes.plot([], [], color=BLACK, label="Dryden, MIL-F-8785C")
    time_axes.set(xlabel="seconds", ylabel="gust, m/s", ylim=(-4.5, 5.5))
    spectrum_axes.set(xlabel="Hz", ylabel="m²/s² per Hz", ylim=(1e-3, 300.0))
    time_axes.legend(frameon=False, loc="upper right", ncols=2)
    spectrum_axes.legend(frameon=False, loc="lower left")


def _gusts(count: int, steps: int) -> Floats:
    """Return gusts to the north, to the east and up, shape (steps, 3, count), of a wind from the south."""
    air = Dryden([Wind(WIND_M_S, 180.0, gusts=1.0)] * count, STEP_S)
    noise = NoiseBank(range(count), 3)
    height_m, airspeed_m_s = np.full(count, HEIGHT_M), np.full(count, AIRSPEED_M_S)
    return np.array([air.velocity(noise.draw(), height_m, airspeed_m_s) for _ in range(steps)])


def _spectrum(series: Floats) -> tuple[Floats, Floats]:
    """Return frequencies, and the one-sided power density there: the mean over columns and neighbours."""
    window = np.hanning(len(series))[:, None]
    power = (np.abs(np.fft.rfft(series * window, axis=0)) ** 2).mean(axis=1)
    edges = np.unique(np.geomspace(2, len(power), BINS + 1).astype(int))
    bins = list(pairwise(edges.tolist()))
    density = np.array([power[first:last].mean() for first, last in bins]) * 2.0 * STEP_S / np.sum(window**2)
    centres = np.array([(first + last - 1) / 2.0 for first, last in bins])
    return centres / (len(series) * STEP_S), density


def _along(frequency_hz: Floats) -> Floats:
    """Return 4 σ² T / (1 + (ω T)²), T = L / V: the one-sided density over the frequency in Hz."""
    here = np.array([HEIGHT_M])
    passing_s = scale_lengths_m(here)[0][0] / AIRSPEED_M_S
    variance = (0.1 * WIND_M_S * intensity_ratio(here)[0]) ** 2
    square = (2.0 * np.pi * frequency_hz * passing_s) ** 2
    density: Floats = 4.0 * variance * passing_s / (1.0 + square)
    return density


def _upwards(frequency_hz: Floats) -> Floats:
    """Return 2 σ² T (1 + 3 (ω T)²) / (1 + (ω T)²)²."""
    passing_s = scale_lengths_m(np.array([HEIGHT_M]))[1][0] / AIRSPEED_M_S
    square = (2.0 * np.pi * frequency_hz * passing_s) ** 2
    density: Floats = 2.0 * (0.1 * WIND_M_S) ** 2 * passing_s * (1.0 + 3.0 * square) / (1.0 + square) ** 2
    return density
