from pathlib import Path

import pytest

from dispatch.catalogue import load_drone_types, load_fleet
from dispatch.errors import InvalidInput
from dispatch.values import Drone, TemperatureClass
from flight.plan import VehicleAddress, VehicleClass


def test_the_shipped_types_carry_the_figures_of_the_airframes() -> None:
    types = load_drone_types()

    assert types["quadplane"].vehicle_class is VehicleClass.QUADPLANE
    assert types["quadplane"].battery_wh == 900.0
    assert types["copter"].payload_limit_kg == 3.0
    assert TemperatureClass.COLD in types["quadplane"].temperatures


def test_the_shipped_fleet_stands_at_the_hub_with_one_address_each() -> None:
    fleet = load_fleet()

    assert fleet[0] == Drone("Q1", "quadplane", VehicleAddress("udp:127.0.0.1:14561", 1), "FKP")
    assert len({drone.address for drone in fleet}) == 3
    assert {drone.base_site_id for drone in fleet} == {"FKP"}


def test_a_fleet_file_may_tell_the_board_the_component_and_further_links(tmp_path: Path) -> None:
    path = tmp_path / "fleet.toml"
    path.write_text(
        """
        [Q1]
        type = "quadplane"
        link = "udp:10.0.0.2:14550"
        system_id = 1
        component_id = 2
        base = "FKP"
        uid = "0123456789abcdef"
        backup_links = ["tcp:10.0.0.9:5760"]
        may_move = true
        """,
        encoding="utf-8",
    )

    assert load_fleet(path) == [
        Drone(
            "Q1",
            "quadplane",
            VehicleAddress("udp:10.0.0.2:14550", 1, 2),
            "FKP",
            uid="0123456789abcdef",
            backup_links=("tcp:10.0.0.9:5760",),
            may_move=True,
        )
    ]


BAD_FILES = [
    (
        "[Q1]\ntype = 'quadplane'\nsystem_id = 1\nbase = 'FKP'",
        "Q1",
        "'link' is missing",
        "a field is missing",
    ),
    (
        "[Q1]\ntype = 'quadplane'\nlink = 'x'\nsystem_id = 1\nbase = 'FKP'\nbackup_links = 'udp:h:1'",
        "Q1",
        "backup_links is a list",
        "a text for a list",
    ),
    (
        "[Q1]\ntype = 'quadplane'\nlink = 'x'\nsystem_id = 1\nbase = 'FKP'\nmay_move = 'no'",
        "Q1",
        "may_move is true or false",
        "a text for a truth",
    ),
    ("Q1 = 3", "Q1", "cannot be used", "not a table"),
    ("[Q1", "fleet.toml", "cannot be used", "not TOML"),
    ("\x00", "fleet.toml", "cannot be used", "not text"),
]


@pytest.mark.parametrize(("text", "field", "problem", "remark"), BAD_FILES)
def test_a_bad_fleet_file_is_refused(
    tmp_path: Path, text: str, field: str, problem: str, remark: str
) -> None:
    path = tmp_path / "fleet.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(InvalidInput) as caught:
        load_fleet(path)

    assert caught.value.field == field, remark
    assert problem in str(caught.value), remark


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="No such file"):
        load_drone_types(tmp_path / "nowhere.toml")


def test_an_unknown_figure_of_a_type_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "types.toml"
    path.write_text("[x]\nvehicle_class = 'copter'\ntemperatures = ['cold']\nwings = 2\n", encoding="utf-8")

    with pytest.raises(InvalidInput, match="wings"):
        load_drone_types(path)
