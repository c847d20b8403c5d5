"""``kill -9`` of the service in flight: the drone goes on, and the next start takes the flight up."""

from collections.abc import Callable

import pytest

from tests.e2e.ground_station import listening
from tests.e2e.installation import Installation

LAUNCH_S = 90.0
FLIGHT_S = 150.0
"""Wall time that a launch and a flight may take on a busy machine."""
OVER_THE_SEA = 0.1
"""Share of the flight after which 福江港 lies behind and only water below."""
ONCE = (
    "request.in_flight",
    "request.delivered",
    "request.received",
    "sortie.planned",
    "sortie.launched",
    "sortie.enroute",
    "sortie.delivering",
    "sortie.returning",
    "sortie.landed",
    "sortie.closed",
)

Moment = Callable[[Installation], bool]


def at_once(installation: Installation) -> bool:
    return True


def after_the_release(installation: Installation) -> bool:
    return bool(installation.seen_by_simulator("Q1")["released"])


def after_the_landing(installation: Installation) -> bool:
    # The simulator's log is written only when its state changes, so the vehicle itself is asked.
    with listening(installation.site.vehicle_base) as station:
        return after_the_release(installation) and not station.sight().is_armed


@pytest.mark.slow
@pytest.mark.parametrize("moment", [at_once, after_the_release, after_the_landing])
def test_a_killed_service_adopts_the_flight_and_ends_it_exactly_once(
    installation: Installation, moment: Moment
) -> None:
    installation.start_simulator()
    installation.start_service()
    asked = installation.ask_for_medicine()
    wait_until_over_the_sea(installation, asked["id"])
    installation.processes.kill("service")
    see_it_fly_on(installation)
    installation.processes.wait_for(moment.__name__, lambda: moment(installation), FLIGHT_S)
    installation.start_service()
    installation.wait_for_state("/sorties/S-0001", "closed", FLIGHT_S)
    installation.wait_for_state(f"/requests/{asked['id']}", "delivered", FLIGHT_S)
    with installation.client("clinic") as clinic:
        received = clinic.post(f"/requests/{asked['id']}/receipt")
    assert received["state"] == "received"
    happened = installation.event_counts()
    assert {name: happened[name] for name in ONCE} == dict.fromkeys(ONCE, 1)
    assert installation.commands().count("launch") == 1


def wait_until_over_the_sea(installation: Installation, request_id: str) -> None:
    installation.wait_for_state(f"/requests/{request_id}", "in_flight", LAUNCH_S)
    installation.wait_for_state("/sorties/S-0001", "enroute", LAUNCH_S)
    with installation.client("operator") as operator:

        def is_over_the_sea() -> bool:
            (drone,) = (each for each in operator.get("/drones") if each["id"] == "Q1")
            return bool(drone["progress"] and drone["progress"] > OVER_THE_SEA)

        installation.processes.wait_for("the open sea", is_over_the_sea, FLIGHT_S)


def see_it_fly_on(installation: Installation) -> None:
    """Hear from the vehicle itself that nothing has changed for it."""
    with listening(installation.site.vehicle_base) as station:
        first = station.sight()
        second = station.sight()
    for seen in (first, second):
        assert seen.is_armed
        assert seen.is_in_auto
        assert seen.height_above_home_m > 30
    assert (first.latitude_e7, first.longitude_e7) != (second.latitude_e7, second.longitude_e7)
