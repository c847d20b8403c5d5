"""Draw the pictures of routing.md: ``python docs/make_pictures.py``."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from dispatch.catalogue import load_drone_types
from dispatch.energy import RESERVE_FRACTION, STOP_S, hover_energy_wh, performance_of
from geofences.airspace import Airspace
from geofences.certificate import START_WINDOW_S, certify
from geofences.loading import load_airspace
from geofences.picture import draw_airspace, draw_routes
from geofences.round_trip import plan_round_trip
from geofences.schedule import ALWAYS
from geofences.values import Circle, Datum, Position, VerticalLimit, ZoneRule
from geofences.wind import NO_WIND, Wind
from geofences.zones import Zone

IMAGES = Path(__file__).parent / "images"
RESOLUTION_DPI = 90.0
COLOURS = 256
"""A palette this large shows no difference, and a file is a third as large."""

DEPARTURE = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)
PAYLOAD_KG = 1.2

FIREWORKS = Zone(
    id="FIREWORKS",
    name_ja="花火大会",
    name_en="Fireworks",
    rule=ZoneRule.KEEP_OUT,
    geometry=Circle(Position(32.800, 128.770), 1_800.0),
    floor=VerticalLimit(0.0, Datum.AGL),
    ceiling=VerticalLimit(150.0, Datum.AGL),
    buffer_m=100.0,
    reason_ja="花火",
    reason_en="fireworks",
    source="example",
    schedule=ALWAYS,
)


def main() -> None:
    """Draw all pictures."""
    goto = load_airspace()
    draw_airspace(goto, IMAGES / "airspace.png", resolution_dpi=RESOLUTION_DPI * 0.8)
    _draw(goto, "FKP", "SGP", NO_WIND, "route.png")
    _draw(goto, "FKP", "SGP", Wind(8.0, 220.0), "route-in-wind.png")
    _draw(goto.with_zone(FIREWORKS), "FKP", "SGP", NO_WIND, "route-around-a-zone.png")
    for path in IMAGES.glob("*.png"):
        if path.name != "console.png":
            _make_small(path)


def _draw(airspace: Airspace, origin: str, destination: str, wind: Wind, name: str) -> None:
    drone_type = load_drone_types()["quadplane"]
    performance = replace(performance_of(drone_type, PAYLOAD_KG), wind=wind)
    ways = plan_round_trip(
        airspace,
        origin,
        destination,
        performance=performance,
        departure=DEPARTURE,
        stop_s=STOP_S[drone_type.vehicle_class],
        start_window_s=START_WINDOW_S,
    )
    certificate = certify(
        airspace,
        *ways,
        energy_available_wh=drone_type.battery_wh,
        reserve_fraction=RESERVE_FRACTION,
        stop_energy_wh=hover_energy_wh(drone_type, PAYLOAD_KG),
        performance=performance,
    )
    draw_routes(
        airspace,
        ways,
        IMAGES / name,
        certificate=certificate,
        wind=wind,
        caption=f"{drone_type.name} · {PAYLOAD_KG:g} kg",
        resolution_dpi=RESOLUTION_DPI,
    )


def _make_small(path: Path) -> None:
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


if __name__ == "__main__":
    main()
