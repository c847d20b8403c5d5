"""How faults of links, air, service and people are drawn from a seed."""

from dataclasses import replace

import numpy as np

from api.soak.crash import Crash, Place
from api.soak.scene import Scene
from api.soak.weather import Weather
from simulator.wind import Wind

STRONGEST_WIND_M_S = 8.0
"""The wind that planning allows for (``dispatch.reservations.PLANNED_IN_CALM``)."""

WORST_SHARE = 0.2
"""A fifth of all datagrams lost, doubled or overtaken; more, and nothing is ever launched."""

CRASH_UPON = (
    None,
    "LaunchStarted",
    "PlanVerified",
    "Launched",
    "PayloadReleased",
    "Landed",
    "FlightAdopted",
)
"""A crash at any time, or soon after an event: during upload, around arming, at the delivery …"""

SOON_S = 30.0
ANY_TIME_S = 1500.0
MOST_SKIPPED = 200
"""Crash points passed before the kill; a second of a launch passes some ten."""

SHORT_DOWN_S = (0.5, 20.0)
LONG_DOWN_S = (60.0, 900.0)


def draw_wind(scene: Scene, chance: np.random.Generator) -> None:
    """Let a wind blow."""
    speed_m_s = round(float(chance.uniform(1.0, STRONGEST_WIND_M_S)), 1)
    wind = Wind(speed_m_s, float(chance.integers(360)))
    scene.weather = replace(scene.weather, wind=wind)
    scene.note("wind")


def draw_bad_link(scene: Scene, chance: np.random.Generator) -> None:
    """Let all links lose, double, overtake and delay."""
    loss, duplicate, reorder = (round(float(each), 3) for each in chance.uniform(0.0, WORST_SHARE, 3))
    delay_s = round(float(chance.uniform(0.0, 0.3)), 2)
    scene.weather = Weather(loss, duplicate, reorder, delay_s, scene.weather.wind)
    scene.note("bad_link")


def draw_crash(scene: Scene, chance: np.random.Generator) -> None:
    """Kill the service one to three times."""
    count = int(chance.integers(1, 4))
    scene.crashes += [_crash(chance) for _ in range(count)]
    scene.note("crash")


def draw_recall(scene: Scene, chance: np.random.Generator) -> None:
    """Let an operator call the first sortie back."""
    scene.recalls_after_s["S-0001"] = float(chance.uniform(30.0, 700.0))
    scene.note("recall")


def draw_cancel(scene: Scene, chance: np.random.Generator) -> None:
    """Let a clinic call one of its wishes off."""
    wish = scene.town.wishes[int(chance.integers(len(scene.town.wishes)))]
    scene.cancels_at_s[wish.items] = wish.at_s + float(chance.uniform(0.0, 300.0))
    scene.note("cancel", begins_s=scene.cancels_at_s[wish.items])


def _crash(chance: np.random.Generator) -> Crash:
    upon = CRASH_UPON[int(chance.integers(len(CRASH_UPON)))]
    places = list(Place)
    # Half of the kills are anywhere; the others make sure that rare places have their turn too.
    place = places[int(chance.integers(len(places)))] if chance.random() < 0.5 else None
    return Crash(
        after_s=float(chance.uniform(0.0, SOON_S if upon else ANY_TIME_S)),
        upon=upon,
        skip=int(chance.integers(MOST_SKIPPED if place is None else 4)),
        place=place,
        down_s=float(chance.uniform(*(LONG_DOWN_S if chance.random() < 0.2 else SHORT_DOWN_S))),
    )
