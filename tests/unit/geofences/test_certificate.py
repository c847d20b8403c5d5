from dataclasses import replace
from datetime import timedelta

import pytest

from geofences.airspace import Airspace
from geofences.certificate import START_WINDOW_S, certify
from geofences.errors import CertificateError
from geofences.round_trip import reverse_route
from geofences.route import Certificate, Route
from geofences.values import AltitudeBand, Interval
from tests.unit.geofences.pond import (
    ACROSS_EVERYTHING,
    DEPARTURE,
    NORTH_OF_ISLAND,
    PERFORMANCE,
    SOUTH_OF_ISLAND,
    round_trip,
    way,
    zone,
)

FAR_EAST = (7000.0, -200.0, 8000.0, 200.0)


def prove(airspace: Airspace, ways: tuple[Route, Route], energy_wh: float = 900.0) -> Certificate:
    return certify(airspace, *ways, energy_available_wh=energy_wh, reserve_fraction=0.3)


def home_of(airspace: Airspace, way_out: Route, shape: Route) -> Route:
    """Return a way home along another way."""
    return reverse_route(
        airspace,
        shape,
        performance=PERFORMANCE,
        departure=DEPARTURE + timedelta(seconds=way_out.duration_s),
        band=airspace.policy.inbound,
    )


def test_a_certificate_says_what_was_proved(pond: Airspace) -> None:
    way_out, way_home = round_trip(pond)

    certificate = prove(pond, (way_out, way_home))

    assert certificate.airspace_version == pond.version
    assert certificate.valid_from == DEPARTURE
    assert certificate.valid_until == way_home.departure + timedelta(
        seconds=way_home.duration_s + START_WINDOW_S
    )
    assert certificate.energy_wh == way_out.energy_wh + way_home.energy_wh
    assert 200.0 <= certificate.coast_clearance_m <= 230.0
    assert certificate.nearest_island_id == "MIDDLE"
    assert certificate.zone_clearance_m is None
    assert certificate.nearest_zone_id is None


def test_the_clearance_is_measured_to_the_buffer_of_the_nearest_zone(pond: Airspace) -> None:
    far_south = (-5000.0, -5900.0, 5000.0, -5000.0)
    airspace = pond.with_zone(zone("NEAR", FAR_EAST, buffer_m=100.0)).with_zone(zone("FAR", far_south))

    certificate = prove(airspace, round_trip(airspace))

    expected_m = 1000.0 - airspace.policy.approach_half_width_m - 100.0
    assert certificate.nearest_zone_id == "NEAR"
    assert certificate.zone_clearance_m == pytest.approx(expected_m, abs=2.0)


@pytest.mark.parametrize(
    ("energy_wh", "stop_wh", "holds"), [(900.0, 0.0, True), (900.0, 500.0, False), (250.0, 0.0, False)]
)
def test_the_reserve_must_be_left(pond: Airspace, energy_wh: float, stop_wh: float, holds: bool) -> None:
    ways = round_trip(pond)

    def certified() -> Certificate:
        return certify(
            pond, *ways, energy_available_wh=energy_wh, reserve_fraction=0.3, stop_energy_wh=stop_wh
        )

    if holds:
        assert certified().energy_available_wh == energy_wh
    else:
        with pytest.raises(CertificateError, match="may use only"):
            certified()


@pytest.mark.parametrize(
    ("band", "start_min", "fails", "remark"),
    [
        (AltitudeBand(0.0, 120.0), 0, True, "now, all altitudes"),
        (AltitudeBand(90.0, 120.0), 0, True, "touches the way home only"),
        (AltitudeBand(71.0, 74.0), 0, True, "between the bands, where an early return climbs"),
        (AltitudeBand(96.0, 120.0), 0, False, "above both bands"),
        (AltitudeBand(0.0, 49.0), 0, False, "below both bands, away from the pads"),
        (AltitudeBand(0.0, 120.0), 15, True, "begins during the way home"),
        (AltitudeBand(0.0, 120.0), 40, True, "begins within the start window"),
        (AltitudeBand(0.0, 120.0), 120, False, "begins when all is over"),
    ],
)
def test_a_zone_across_the_way_voids_the_proof_where_it_matters(
    pond: Airspace, band: AltitudeBand, start_min: int, fails: bool, remark: str
) -> None:
    ways = round_trip(pond)
    start = DEPARTURE + timedelta(minutes=start_min)
    active = Interval(start, start + timedelta(minutes=5))
    airspace = pond.with_zone(zone("LATE", ACROSS_EVERYTHING, band=band, active=(active,)))

    if fails:
        with pytest.raises(CertificateError, match="zone LATE"):
            prove(airspace, ways)
    else:
        assert prove(airspace, ways), remark


def test_a_replanned_way_avoids_the_zone(pond: Airspace) -> None:
    before = round_trip(pond)
    north = before[0].waypoints[2].position.latitude_deg > pond.projection.origin.latitude_deg
    airspace = pond.with_zone(zone("ACROSS", NORTH_OF_ISLAND if north else SOUTH_OF_ISLAND))

    with pytest.raises(CertificateError, match="zone ACROSS"):
        prove(airspace, before)

    assert prove(airspace, round_trip(airspace)).nearest_zone_id == "ACROSS"


def test_a_waypoint_outside_its_band_is_named(pond: Airspace) -> None:
    way_out, way_home = round_trip(pond)
    high = replace(way_out.waypoints[1], altitude_amsl_m=72.0)
    corrupt = replace(way_out, waypoints=(way_out.waypoints[0], high, *way_out.waypoints[2:]))

    with pytest.raises(CertificateError, match="way out, waypoint 1: 72 m AMSL is outside 50-70 m"):
        prove(pond, (corrupt, way_home))


def test_a_way_home_that_starts_too_early_or_elsewhere_is_refused(pond: Airspace) -> None:
    way_out, way_home = round_trip(pond)

    with pytest.raises(CertificateError) as caught:
        prove(pond, (way_out, replace(way_home, origin_site_id="A", departure=DEPARTURE)))

    assert len(caught.value.violations) == 2


def test_a_way_home_on_the_other_side_of_an_island_cannot_be_joined(pond: Airspace) -> None:
    north = way(pond.with_zone(zone("S", SOUTH_OF_ISLAND)))
    south = way(pond.with_zone(zone("N", NORTH_OF_ISLAND)))

    with pytest.raises(CertificateError, match="straight join"):
        prove(pond, (north, home_of(pond, north, south)))


def test_a_way_home_on_the_same_side_can_be_joined(pond: Airspace) -> None:
    near = way(pond.with_zone(zone("S", SOUTH_OF_ISLAND)))
    wide = way(
        pond.with_zone(zone("S", SOUTH_OF_ISLAND)).with_zone(zone("MORE", (-500.0, 900.0, 500.0, 1600.0)))
    )

    assert prove(pond, (near, home_of(pond, near, wide))).coast_clearance_m >= 200.0
