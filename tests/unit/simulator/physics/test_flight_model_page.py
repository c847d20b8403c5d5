"""The page about the flight model says what the code does."""

from dataclasses import asdict
from pathlib import Path

import pytest

from dispatch.catalogue import load_drone_types
from docs.flight_pictures.__main__ import PICTURES, draw
from docs.make_flight_model import PAGE, SIM_PARAMETERS, page
from simulator.airframes import AIRFRAMES
from simulator.faults import parse_fault
from simulator.hazards import Hazards
from simulator.sim_parameters import harm
from simulator.values import HomePoint, VehicleClass, VehicleConfig
from simulator.vehicle import Vehicle

LARGEST_PICTURE_BYTES = 150_000
HOME = HomePoint(32.7, 128.85, 4.0)
BREAKING = {
    "SIM_GPS1_ENABLE": 0.0,
    "SIM_GPS1_JAM": 1.0,
    "SIM_GPS1_GLTCH_X": 0.001,
    "SIM_GPS1_GLTCH_Y": 0.001,
    "SIM_GPS1_GLTCH_Z": 5.0,
    "SIM_ENGINE_FAIL": 1.0,
    "SIM_WIND_SPD": 9.0,
    "SIM_WIND_DIR": 220.0,
}
CASES = [(kind, names) for kind, names in SIM_PARAMETERS.items() if kind != "gps_loss"] + [
    ("gps_loss", (name,)) for name in SIM_PARAMETERS["gps_loss"]
]
"""What is written together; each of the two parameters of a lost fix does it alone."""


def test_the_tables_of_the_page_are_those_of_the_code() -> None:
    text = PAGE.read_text(encoding="utf-8")

    assert page(text) == text


@pytest.mark.parametrize("text", ["", "<!-- airframes -->\n"])
def test_a_page_without_a_place_for_a_table_is_refused(text: str) -> None:
    with pytest.raises(SystemExit, match="no place for airframes"):
        page(text)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_of_the_page_can_be_drawn_and_is_small(name: str, tmp_path: Path) -> None:
    drawn = draw(name, tmp_path)

    shown = PAGE.parent / "images" / drawn.name
    assert f"(images/{drawn.name})" in PAGE.read_text(encoding="utf-8")
    assert 0 < drawn.stat().st_size < LARGEST_PICTURE_BYTES
    assert 0 < shown.stat().st_size < LARGEST_PICTURE_BYTES


@pytest.mark.parametrize(("kind", "names"), CASES)
def test_the_parameters_beside_a_fault_break_what_it_breaks(kind: str, names: tuple[str, ...]) -> None:
    options = {"gps_jump": ":north_m=9,east_m=9,up_m=9", "gust_front": ":from_deg=220"}
    by_fault, by_parameters = Hazards(), Hazards()
    craft = Vehicle(VehicleConfig("test", VehicleClass.COPTER, HOME)).craft
    harm(craft, by_parameters)
    assert _broken(by_parameters) == set()

    for name in names:
        craft.params.store(name, BREAKING[name])
    harm(craft, by_parameters)
    parse_fault(kind + options.get(kind, "")).harm(by_fault, 60.0)

    assert _broken(by_parameters) == _broken(by_fault) != set()


def _broken(hazards: Hazards) -> set[str]:
    whole = asdict(Hazards())
    return {name for name, value in asdict(hazards).items() if name != "changed" and value != whole[name]}


def test_the_airframes_carry_the_figures_that_dispatch_plans_with() -> None:
    for name, planned in load_drone_types().items():
        frame = AIRFRAMES[name]

        assert (frame.hover_w, frame.cruise_w) == (planned.hover_power_w, planned.cruise_power_w)
        assert (frame.empty_kg, frame.payload_limit_kg) == (planned.empty_mass_kg, planned.payload_limit_kg)
        assert frame.battery_wh == planned.battery_wh
