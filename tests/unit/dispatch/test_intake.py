import math
from datetime import datetime, timedelta
from typing import Any

import pytest

from dispatch.errors import InvalidInput, NotFound
from dispatch.values import Drone
from flight.plan import VehicleAddress
from tests.unit.dispatch.world import NOW, Q1, World

BAD_REQUESTS = [
    ({"to_site_id": "SGX"}, "to_site_id", "did you mean", "SGP", "one letter wrong: close names are offered"),
    ({"to_site_id": "sgc"}, "to_site_id", "did you mean", "SGC", "small letters"),
    ({"from_site_id": "??"}, "from_site_id", "choose one of", "FKP", "nothing close: all names are offered"),
    ({"from_site_id": ""}, "from_site_id", "choose one of", "FKP", "no site at all"),
    ({"mass_kg": 0.0}, "mass_kg", "greater than 0", "", "nothing to carry"),
    ({"mass_kg": -1.2}, "mass_kg", "greater than 0", "", "negative"),
    ({"mass_kg": math.nan}, "mass_kg", "greater than 0", "", "not a number"),
    ({"mass_kg": math.inf}, "mass_kg", "divide the goods", "", "endless"),
    (
        {"mass_kg": 3.0001},
        "mass_kg",
        "divide the goods",
        "3 kg",
        "0.1 g more than the strongest drone carries",
    ),
    ({"deadline": NOW - timedelta(seconds=1)}, "deadline", "in the future", "", "a second ago"),
    ({"deadline": NOW}, "deadline", "in the future", "", "just now"),
    ({"deadline": datetime.fromisoformat("2030-01-01T00:00")}, "deadline", "+09:00", "", "no time zone"),
    ({"to_site_id": "GCH"}, "to_site_id", "another destination", "", "from = to"),
    ({"to_site_id": "FKP"}, "to_site_id", "another destination", "", "both ends are served by one pad"),
    ({"to_site_id": "ROCK"}, "to_site_id", "choose a site near", "SGP", "a site without any pad"),
    ({"from_site_id": "ROCK"}, "from_site_id", "choose a site near", "SGP", "the same at the other end"),
    ({"items": ""}, "items", "at least one word", "", "nothing asked for"),
    ({"items": " \n "}, "items", "at least one word", "", "only spaces"),
    ({"items": "薬" * 501}, "items", "at most 500", "", "too long to read"),
    ({"items": "insulin\x00"}, "items", "type it again", "", "a NUL, which PostgreSQL would refuse"),
    ({"requested_by": "x" * 101}, "requested_by", "at most 100", "", "a name that is a novel"),
]


@pytest.mark.parametrize(("changes", "field", "remedy", "named", "remark"), BAD_REQUESTS)
def test_a_bad_request_is_refused_with_field_and_remedy(
    world: World, changes: dict[str, Any], field: str, remedy: str, named: str, remark: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        world.submit(**changes)

    assert caught.value.field == field, remark
    assert remedy in caught.value.remedy, remark
    assert named in str(caught.value), remark
    assert any(ord(letter) > 0x3000 for letter in caught.value.message_ja), remark
    assert world.dispatcher.requests() == [], remark


def test_masses_are_not_rounded(world: World) -> None:
    world.submit(mass_kg=0.123456789)

    assert world.request().mass_kg == 0.123456789


def test_the_heaviest_parcel_is_accepted(world: World) -> None:
    assert world.submit(mass_kg=3.0).mass_kg == 3.0


def test_texts_are_trimmed(world: World) -> None:
    assert world.submit(items="  ワクチン \n").items == "ワクチン"


BAD_DRONES = [
    (Drone("X1", "quadplane", Q1.address, "FKP"), "address", "already belongs to Q1", "two with one address"),
    (
        Drone("X1", "quadplane", VehicleAddress("udp:h:1", 1), "FKP", backup_links=(Q1.address.link,)),
        "backup_links",
        "already belongs to Q1",
        "a further link that is another's",
    ),
    (
        Drone("X1", "quadplane", VehicleAddress(Q1.address.link, 1, 2), "FKP"),
        "address",
        "already belongs to Q1",
        "another component of the same system",
    ),
    (
        Drone("X1", "quadplane", VehicleAddress("udp:h:1", 1), "FKP", backup_links=("udp:h:1",)),
        "backup_links",
        "names a link twice",
        "one link twice",
    ),
    (
        Drone("X1", "quadplan", VehicleAddress("udp:127.0.0.1:1", 9), "FKP"),
        "type_id",
        "quadplane",
        "misspelt type",
    ),
    (
        Drone("X1", "quadplane", VehicleAddress("udp:127.0.0.1:1", 255), "FKP"),
        "address",
        "255",
        "the station's id",
    ),
    (
        Drone("X1", "quadplane", VehicleAddress("udp:127.0.0.1:1", 0), "FKP"),
        "address",
        "0",
        "the broadcast id",
    ),
    (
        Drone("X1", "quadplane", VehicleAddress("udp:127.0.0.1:1", 9), "FKX"),
        "base_site_id",
        "FKP",
        "no such site",
    ),
    (
        Drone("X1", "quadplane", VehicleAddress("udp:127.0.0.1:1", 9), "SGC"),
        "base_site_id",
        "SGP",
        "no pad there",
    ),
    (Drone(" ", "quadplane", VehicleAddress("udp:127.0.0.1:1", 9), "FKP"), "id", "word", "no name"),
]


@pytest.mark.parametrize(("drone", "field", "named", "remark"), BAD_DRONES)
def test_a_bad_drone_is_refused(world: World, drone: Drone, field: str, named: str, remark: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        world.dispatcher.register_drone(drone, "operator", NOW)

    assert caught.value.field == field, remark
    assert named in str(caught.value), remark
    assert len(world.dispatcher.drones()) == 3, remark


def test_a_fleet_may_be_registered_again(world: World) -> None:
    events = len(world.dispatcher.events())

    world.dispatcher.register_drone(Q1, "operator", NOW)

    assert len(world.dispatcher.events()) == events


def test_two_drones_may_share_a_link_but_not_a_system_id(world: World) -> None:
    beside = Drone("Q2", "quadplane", VehicleAddress(Q1.address.link, 7), "FKP")

    world.dispatcher.register_drone(beside, "operator", NOW)

    assert beside in world.dispatcher.drones()


@pytest.mark.parametrize("missing", ["R-9999", "", "'; drop table request; --"])
def test_what_does_not_exist_is_not_found(world: World, missing: str) -> None:
    with pytest.raises(NotFound, match="there is no request"):
        world.dispatcher.request(missing)
    with pytest.raises(NotFound, match="there is no sortie"):
        world.dispatcher.sortie(missing)
    with pytest.raises(NotFound, match="there is no sortie"):
        world.dispatcher.plan(missing)


def test_a_cancellation_needs_its_reason(world: World) -> None:
    world.submit()

    with pytest.raises(InvalidInput, match="reason: is empty"):
        world.dispatcher.cancel_request("R-0001", "clinic", NOW, "  ")
