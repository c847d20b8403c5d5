"""How faults of the vehicles are drawn from a seed, in the text form of `simulator.faults`."""

from collections.abc import Callable

import numpy as np

from api.soak.scene import Scene

IN_FLIGHT_S = (150.0, 1100.0)
"""Seconds after power-on: from the first launch to the last landing of most short towns."""

Form = Callable[[np.random.Generator], str]
"""Makes the text form of a fault without its time."""


def at_some_time(
    kind: str, form: Form, lasts_s: tuple[float, float] | None = None
) -> Callable[[Scene, np.random.Generator], None]:
    """Return a draw that lets a fault strike one drone, for good or for a while.

    Parameters
    ----------
    kind
        The name of the fault.
    form
        Its text form, without its time.
    lasts_s
        The shortest and the longest time that it lasts; for good where None.
    """

    def draw(scene: Scene, chance: np.random.Generator) -> None:
        drone_id = scene.town.fleet[int(chance.integers(len(scene.town.fleet)))].id
        duration = "" if lasts_s is None else f"+{chance.uniform(*lasts_s):.0f}"
        begins_s = round(chance.uniform(*IN_FLIGHT_S))
        scene.vehicle_faults.setdefault(drone_id, []).append(f"{form(chance)}@{begins_s}{duration}")
        scene.note(kind, drone_id, begins_s)

    return draw


def all_along(kind: str, form: Form) -> Callable[[Scene, np.random.Generator], None]:
    """Return a draw that gives one drone a fault from power-on to the end."""

    def draw(scene: Scene, chance: np.random.Generator) -> None:
        drone_id = scene.town.fleet[int(chance.integers(len(scene.town.fleet)))].id
        scene.vehicle_faults.setdefault(drone_id, []).append(form(chance))
        scene.note(kind, drone_id)

    return draw


def plain(kind: str) -> Form:
    """Return the form of a fault with its usual figures."""
    return lambda _: kind


def uniform(text: str, *ranges: tuple[float, float]) -> Form:
    """Return a form with numbers from ranges, for example ``link_loss:share={:.2f}``."""
    return lambda chance: text.format(*(chance.uniform(*each) for each in ranges))


def one_of(*texts: str) -> Form:
    """Return a form that is one of several."""
    return lambda chance: texts[int(chance.integers(len(texts)))]
