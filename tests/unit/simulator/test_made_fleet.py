"""A fleet from two numbers: names, ids, ports, places."""

import itertools
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.command_line import asked, cli
from simulator.command_line.fleet_file import Berth
from simulator.command_line.made_fleet import SPACING_M, addresses, made_fleet
from simulator.errors import ConfigurationError
from simulator.geodesy import LocalFrame
from simulator.shell.address import Address
from simulator.values import HomePoint
from simulator.wind import Wind

HOME = HomePoint(32.69676, 128.85228, 4.0, 90.0)


def _fleet(*arguments: str) -> tuple[Berth, ...]:
    return asked.berths(cli.read(arguments))


def test_copters_come_first_and_system_ids_count_from_one() -> None:
    fleet = made_fleet(2, 1, HOME)

    assert [(each.config.name, str(each.config.vehicle_class)) for each in fleet] == [
        ("C1", "copter"),
        ("C2", "copter"),
        ("Q1", "quadplane"),
    ]
    assert [each.config.system_id for each in fleet] == [1, 2, 3]


def test_the_first_vehicle_has_the_ports_of_ardupilots_first_instance_and_calls_the_usual_stations() -> None:
    (first,) = made_fleet(1, 0, HOME)

    assert [str(address) for address in first.listen] == [
        "tcp:127.0.0.1:5760",
        "udp:127.0.0.1:14561",
        "udpout:127.0.0.1:14550",
        "udpout:127.0.0.1:14540",
    ]


def test_a_single_vehicle_has_the_ports_of_the_first_of_a_fleet_unless_it_is_given_others() -> None:
    usual, given = (_fleet("--vehicle", "copter", "-I", "2", *more) for more in ((), ("--listen", "udp:h:5")))

    assert usual[0].listen == addresses(2)
    assert [str(address) for address in given[0].listen] == ["udp:h:25"]


def test_each_further_vehicle_has_ports_ten_higher_and_calls_its_own_station_too() -> None:
    third = made_fleet(2, 1, HOME)[2]

    assert [str(address) for address in third.listen] == [
        "tcp:127.0.0.1:5780",
        "udp:127.0.0.1:14581",
        "udpout:127.0.0.1:14550",
        "udpout:127.0.0.1:14540",
        "udpout:127.0.0.1:14570",
    ]


@given(st.integers(0, 40), st.integers(1, 40), st.integers(0, 50))
def test_no_two_vehicles_share_a_listening_port_or_a_place(
    copters: int, quadplanes: int, instance: int
) -> None:
    fleet = made_fleet(copters, quadplanes, HOME, first_instance=instance)

    listening = [each for berth in fleet for each in berth.listen if not each.calls]
    frame = LocalFrame(HOME.latitude_deg, HOME.longitude_deg)
    places = [
        frame.local_from_degrees(berth.config.home.latitude_deg, berth.config.home.longitude_deg)
        for berth in fleet
    ]
    assert len(set(listening)) == len(listening)
    assert all(math.dist(*pair) > SPACING_M - 0.01 for pair in itertools.combinations(places, 2))


def test_an_instance_moves_a_made_fleet_but_not_the_common_stations() -> None:
    fleet = _fleet("--quadplanes", "1", "-I", "4")

    assert [str(address) for address in fleet[0].listen] == [
        "tcp:127.0.0.1:5800",
        "udp:127.0.0.1:14601",
        "udpout:127.0.0.1:14550",
        "udpout:127.0.0.1:14540",
        "udpout:127.0.0.1:14590",
    ]


def test_an_instance_moves_the_listening_ports_of_one_vehicle_only() -> None:
    (berth,) = _fleet(
        *("--vehicle", "copter", "--instance", "2"),
        *(
            "--listen",
            "tcp:127.0.0.1:5760",
            "--listen",
            "udpout:127.0.0.1:14550",
            "--listen",
            "tcp:127.0.0.1:0",
        ),
    )

    assert [each.port for each in berth.listen] == [5780, 14550, 0]


def test_the_options_of_the_world_reach_every_vehicle() -> None:
    fleet = _fleet(
        *("--copters", "1", "--quadplanes", "1", "--wind", "8@220", "--seed", "7", "--system-id", "11"),
        *("--payload-kg", "1.5", "--battery-wh", "500", "--airframe", "any", "--home=-33.9,151.2,20,0"),
    )

    assert [each.config.seed for each in fleet] == [7, 8]
    assert [each.config.system_id for each in fleet] == [11, 12]
    assert all(each.config.wind == Wind(8.0, 220.0) for each in fleet)
    assert all((each.config.payload_kg, each.config.battery_wh) == (1.5, 500.0) for each in fleet)
    assert all(each.config.airframe == "any" for each in fleet)
    assert all(math.isclose(each.config.home.latitude_deg, -33.9, abs_tol=1e-3) for each in fleet)


def test_a_fault_strikes_all_vehicles_or_the_one_it_names() -> None:
    fleet = _fleet(
        *("--copters", "1", "--quadplanes", "1", "--fault", "link_loss:share=0.2~2/h+60"),
        *("--fault", "Q1/gps_loss@600+30", "--fault", "Q1/motor_loss@900"),
    )

    assert [[fault.kind for fault in each.config.faults] for each in fleet] == [
        ["link_loss"],
        ["link_loss", "gps_loss", "motor_loss"],
    ]


def test_faults_of_the_command_line_come_on_top_of_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "fleet.toml"
    path.write_text(
        '[[vehicle]]\nname = "A"\nclass = "copter"\nlisten = "udp:127.0.0.1:1"\nhome = [32.7, 128.8, 4, 0]\n'
        'airframe = "heavy-copter"\nfaults = ["stuck_release"]\n',
        encoding="utf-8",
    )

    (berth,) = _fleet("--fleet", str(path), "--fault", "A/reboot@60")

    assert [fault.kind for fault in berth.config.faults] == ["stuck_release", "reboot"]
    assert berth.config.airframe == "heavy-copter"


def test_without_a_seed_no_two_vehicles_have_the_same_luck() -> None:
    fleet = _fleet("--copters", "3")

    assert len({each.config.seed for each in fleet}) == 3


@pytest.mark.parametrize(
    ("copters", "quadplanes", "first_id"),
    [(0, 0, 1), (-1, 2, 1), (2, -1, 1), (255, 0, 1), (2, 0, 254), (1, 0, 0)],
)
def test_a_fleet_without_vehicles_or_with_more_than_mavlink_can_name_is_refused(
    copters: int, quadplanes: int, first_id: int
) -> None:
    with pytest.raises(ConfigurationError):
        made_fleet(copters, quadplanes, HOME, first_id)


@given(st.sampled_from(["udp", "tcp", "udpout"]), st.integers(1, 65535))
def test_an_address_is_read_as_it_is_written(protocol: str, port: int) -> None:
    text = f"{protocol}:127.0.0.1:{port}"

    assert str(Address.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "udp", "udp::5", "ftp:host:5", "udp:host:", "udp:host:65536", "tcp:host:x"]
)
def test_what_is_no_address_is_refused_with_the_forms(text: str) -> None:
    with pytest.raises(ConfigurationError, match="udpout:HOST:PORT"):
        Address.parse(text)
