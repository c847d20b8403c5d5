"""The classes of runways in the law of Japan, and what they decide for the surfaces around an airport."""

from dataclasses import dataclass

from geofences.errors import DataError

PRECISION_CONICAL = (1.0 / 50.0, 16_500.0)
"""Rise and outer radius of the conical surface with ILS (Act, art. 56; Regulations, art. 96 and 96-2)."""


@dataclass(frozen=True, slots=True)
class RunwayClass:
    """What the length of a runway decides.

    Strip (half widths with and without instrument approaches) and least length: Regulations, art. 75 and 79.
    ``approach_slope`` is that without ILS: Regulations, art. 2 (for E and F, 1/40 to 1/30 as designated, the
    lower one is taken). ``horizontal_radius_m``: Regulations, art. 3. ``conical``, rise and outer radius
    without ILS: Regulations, art. 96 and 96-2; None where the law names none.
    """

    letter: str
    least_length_m: float
    instrument_half_width_m: float
    visual_half_width_m: float
    approach_slope: float
    horizontal_radius_m: float
    conical: tuple[float, float] | None


RUNWAY_CLASSES = (
    RunwayClass("A", 2_550.0, 150.0, 75.0, 1 / 40, 4_000.0, (1 / 40, 10_000.0)),
    RunwayClass("B", 2_150.0, 150.0, 75.0, 1 / 40, 3_500.0, (1 / 40, 8_000.0)),
    RunwayClass("C", 1_800.0, 150.0, 75.0, 1 / 40, 3_000.0, (1 / 40, 6_000.0)),
    RunwayClass("D", 1_500.0, 150.0, 75.0, 1 / 40, 2_500.0, (1 / 40, 6_000.0)),
    RunwayClass("E", 1_280.0, 150.0, 75.0, 1 / 40, 2_000.0, (1 / 30, 6_000.0)),
    RunwayClass("F", 1_080.0, 150.0, 60.0, 1 / 40, 1_800.0, (1 / 20, 4_000.0)),
    RunwayClass("G", 900.0, 150.0, 60.0, 1 / 25, 1_500.0, None),
    RunwayClass("H", 500.0, 75.0, 30.0, 1 / 20, 1_000.0, None),
    RunwayClass("J", 100.0, 75.0, 30.0, 1 / 20, 800.0, None),
)


def runway_class(length_m: float) -> RunwayClass:
    """Return the class of a runway (Regulations, art. 75); raise DataError under 100 m."""
    for each in RUNWAY_CLASSES:
        if length_m >= each.least_length_m:
            return each
    raise DataError("runway", [f"a runway of {length_m:g} m is shorter than any class of the law (100 m)"])
