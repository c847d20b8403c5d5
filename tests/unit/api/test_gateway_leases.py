"""Several services on one database: each vehicle is commanded by one."""

import asyncio
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

import pytest

from api.clock import ScaledClock
from api.leases import LEASE_WALL_S, GatewayLeases
from api.service import Service
from api.settings import Settings
from api.wiring import build_service
from dispatch.store.leases import gateway_key
from dispatch.store.store import Store
from flight.plan import VehicleAddress
from geofences.airspace import Airspace
from tests.unit.api.harness import CHEAP_HASHER, Harness, PlayedFlight


def service_of(folder: Path, airspace: Airspace, instance: str) -> tuple[Service, PlayedFlight]:
    flight = PlayedFlight()
    settings = Settings(data_dir=folder, instance=instance, speedup=1.0)
    return build_service(settings, airspace=airspace, flight=flight, hasher=CHEAP_HASHER), flight


def test_the_first_service_is_granted_the_fleet_and_the_second_only_what_it_gives_back(
    airspace: Airspace, tmp_path: Path
) -> None:
    one, one_flight = service_of(tmp_path, airspace, "one")
    two, two_flight = service_of(tmp_path, airspace, "two")
    of_one, of_two = GatewayLeases(one), GatewayLeases(two)

    async def play() -> tuple[int, int, int]:
        await of_one.renew()
        await of_two.renew()
        both = len(one_flight.granted_until), len(two_flight.granted_until)
        await of_one.release()
        await of_two.renew()
        return (*both, len(two_flight.granted_until))

    assert asyncio.run(play()) == (3, 0, 3)


def test_a_grant_ends_with_its_lease(airspace: Airspace, tmp_path: Path) -> None:
    service, flight = service_of(tmp_path, airspace, "one")

    asyncio.run(GatewayLeases(service).renew())

    now = service.clock.utc()
    with service.store.reading() as work:
        leases = [work.leases.of(gateway_key(address), now) for address in flight.vehicles]
    assert [lease.until.timestamp() for lease in leases if lease] == list(flight.granted_until.values())
    assert len(leases) == 3
    assert max(flight.granted_until.values()) <= now.timestamp() + LEASE_WALL_S


def test_after_a_pause_longer_than_the_lease_every_flight_is_looked_at_again(
    airspace: Airspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service, flight = service_of(tmp_path, airspace, "one")
    wall = [service.clock.now()]
    service.clock = ScaledClock(service.clock.epoch, 1.0, wall=lambda: wall[0])
    known: list[int] = []

    def hold(
        _holder: str,
        _until: datetime,
        _now: datetime,
        _vehicles: Collection[VehicleAddress],
        before: Collection[VehicleAddress],
    ) -> frozenset[VehicleAddress]:
        known.append(len(before))
        return frozenset(flight.vehicles)

    monkeypatch.setattr(service.dispatcher, "hold_vehicles", hold)
    leases = GatewayLeases(service)

    async def play() -> None:
        for pause_s in (0.0, LEASE_WALL_S - 1, LEASE_WALL_S):
            wall[0] += pause_s
            await leases.renew()

    asyncio.run(play())

    assert known == [0, 3, 0]


def test_a_service_holds_its_fleet_and_leaves_it_when_it_stops(airspace: Airspace, tmp_path: Path) -> None:
    with Harness(tmp_path, airspace) as harness:
        harness.wait_for(lambda: len(harness.flight.granted_until) == 3)
        now = harness.service.clock.utc()
        keys = [gateway_key(address) for address in harness.flight.vehicles]

    store = Store(f"sqlite:///{tmp_path}/tsubaki.sqlite3")
    with store.reading() as work:
        left = [work.leases.of(key, now) for key in keys]
    store.close()
    assert left == [None, None, None]


def test_two_services_of_one_host_have_two_names_and_a_restarted_one_keeps_its_own(tmp_path: Path) -> None:
    first = Settings(data_dir=tmp_path, gateway_bind="udp:127.0.0.1:14540")
    restarted = Settings(data_dir=tmp_path, gateway_bind="udp:127.0.0.1:14540")
    second = Settings(data_dir=tmp_path, gateway_bind="udp:127.0.0.1:14541")

    assert first.holder == restarted.holder != second.holder
