"""Each preflight check by itself: what it looks at, and how bad its failures are."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from flight.errors import LocalFlightError
from flight.events import Severity
from flight.plan import FlightPlan, VehicleClass
from flight.preflight.checks import CHECKS
from flight.preflight.checks.board import uid_of
from flight.preflight.facts import Facts, Signing
from flight.preflight.settings import PreflightSettings
from flight.preflight.sight import Sight, Verdict
from flight.protocol.codec import Decoder, Encoder
from flight.protocol.heartbeat import OWN_HEARTBEAT
from flight.protocol.messages import AutopilotVersion, FenceStatus
from flight.telemetry import Telemetry
from flight.telemetry_state import Text
from flight.vehicle import Vehicle
from tests.unit.flight.harness import START
from tests.unit.flight.plans import ADDRESS, small_plan

PASSED, WARNING = Severity.PASSED, Severity.WARNING
SOFT, HARD = Severity.SOFT_FAILURE, Severity.HARD_FAILURE
BOARD = tuple(range(1, 19))
BOARD_HEX = bytes(BOARD).hex()
NOW = START + 20.0


def version(flight_sw_version: int, uid: int = 0, uid2: tuple[int, ...] = BOARD) -> AutopilotVersion:
    return AutopilotVersion(0, flight_sw_version, uid, uid2)


def ready_vehicle() -> Vehicle:
    """A vehicle with which nothing is wrong, heard over a link that loses nothing."""
    telemetry = Telemetry(
        gps_fix=6,
        position_known=True,
        ekf_variances=(0.1, 0.1, 0.1, 0.1),
        home=(32.69676, 128.85228, 4.0),
        latitude_deg=32.69676,
        longitude_deg=128.85228,
        battery_remaining=1.0,
        prearm_ok=True,
        prearm_at=NOW,
    )
    vehicle = Vehicle(ADDRESS, VehicleClass.COPTER, telemetry)
    encoder = Encoder(1, 1)
    for second in range(20):
        (frame,) = Decoder().frames(encoder.encode(OWN_HEARTBEAT))
        vehicle.links.best.receive(frame, START + second)
    vehicle.links.update(NOW)
    return vehicle


GOOD_FACTS = Facts("a", version(0x04060000), FenceStatus(0, 0, 0), (), Signing.ENFORCED)


def verdict_of(
    name: str,
    *,
    plan: FlightPlan | None = None,
    facts: Facts = GOOD_FACTS,
    vehicle: Vehicle | None = None,
) -> Verdict:
    (check,) = (each for each in CHECKS if each.name == name)
    return check.look(Sight(plan or small_plan(), vehicle or ready_vehicle(), facts, START, NOW))


def telling(**told: object) -> Vehicle:
    vehicle = ready_vehicle()
    for name, value in told.items():
        setattr(vehicle.telemetry, name, value)
    return vehicle


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_a_vehicle_with_which_nothing_is_wrong_passes_every_check(check: object) -> None:
    assert verdict_of(getattr(check, "name", "")).severity is PASSED


def test_no_two_checks_have_one_name() -> None:
    names = [check.name for check in CHECKS]

    assert len(set(names)) == len(names) == 12


@pytest.mark.parametrize(
    ("name", "told", "severity", "words"),
    [
        ("position", {"gps_fix": 2}, HARD, "no GPS position"),
        ("position", {"position_known": False}, HARD, "no absolute position"),
        ("position", {"ekf_variances": (0.1, 0.9, 0.1, 0.1)}, SOFT, "0.90, above 0.8"),
        ("home", {"home": None}, HARD, "no home position"),
        ("home", {"home": (32.69776, 128.85228, 4.0)}, HARD, "111 m from the planned home"),
        ("home", {"home": (32.69676, 128.85228, 40.0)}, HARD, "40 m above sea level and not 4 m"),
        ("home", {"latitude_deg": None}, HARD, "no position"),
        ("home", {"latitude_deg": 32.69776}, HARD, "the vehicle stands 111 m from the planned home"),
        ("battery", {"battery_remaining": None}, SOFT, "does not tell"),
        ("battery", {"battery_remaining": 0.11}, HARD, "99 Wh and the flight needs 100 Wh"),
        ("battery", {"battery_remaining": 0.14}, SOFT, "touches the reserve of 30%"),
        ("battery", {"battery_remaining": 0.16}, PASSED, "144 Wh and the flight needs 100 Wh"),
        ("arming", {"prearm_at": START + 2.9}, HARD, "no SYS_STATUS since"),
        ("arming", {"prearm_ok": False}, HARD, "pre-arm checks do not pass"),
        (
            "arming",
            {"prearm_ok": False, "texts": [Text(NOW, 2, "PreArm: Compass not calibrated")]},
            HARD,
            "PreArm: Compass not calibrated",
        ),
    ],
)
def test_a_check_of_telemetry_fails_with_its_figures(
    name: str, told: dict[str, object], severity: Severity, words: str
) -> None:
    found = verdict_of(name, vehicle=telling(**told))

    assert found.severity is severity
    assert words in found.text


@pytest.mark.parametrize(
    ("name", "changed", "severity", "words"),
    [
        ("fence", {"fence": None}, HARD, "not enabled"),
        ("fence", {"fence": FenceStatus(1, 1, 3)}, HARD, "outside its fence"),
        ("parameters", {"parameters": ("parameter FS_GCS_ENABLE is 1 and not 6",)}, HARD, "is 1 and not 6"),
        ("airspace", {"airspace_version": "b"}, HARD, "planned in airspace a, and b is in force"),
        ("airspace", {"airspace_version": None}, WARNING, "nobody said"),
        ("firmware", {"version": None}, SOFT, "does not tell its firmware"),
        ("firmware", {"version": version(0)}, SOFT, "does not tell its firmware"),
        ("firmware", {"version": version(0x040407FF)}, HARD, "ArduPilot 4.4.7; 4.5 or newer is needed"),
        ("firmware", {"version": version(0x04050000)}, PASSED, "4.5.0"),
        ("firmware", {"version": version(0x05000000)}, PASSED, "5.0.0"),
        ("signing", {"signing": Signing.NO_KEY}, WARNING, "no signing key"),
        ("signing", {"signing": Signing.OPEN}, HARD, "takes unsigned commands"),
        ("signing", {"signing": Signing.UNCLEAR}, SOFT, "not to be found out"),
    ],
)
def test_a_check_of_what_was_asked_fails_with_its_reason(
    name: str, changed: dict[str, Any], severity: Severity, words: str
) -> None:
    found = verdict_of(name, facts=replace(GOOD_FACTS, **changed))

    assert found.severity is severity
    assert words in found.text


@pytest.mark.parametrize(
    ("name", "changed", "severity", "words"),
    [
        ("battery", {"energy_available_wh": None}, WARNING, "does not say how much"),
        ("battery", {"reserve_fraction": 0.9}, SOFT, "reserve of 90%"),
        ("fence", {"fence": ()}, SOFT, "no fence"),
        ("board", {"vehicle_uid": BOARD_HEX}, PASSED, BOARD_HEX),
        ("board", {"vehicle_uid": "ff" * 18}, HARD, f"and this is {BOARD_HEX}"),
    ],
)
def test_a_check_against_the_plan_fails_with_its_reason(
    name: str, changed: dict[str, Any], severity: Severity, words: str
) -> None:
    found = verdict_of(name, plan=replace(small_plan(), **changed))

    assert found.severity is severity
    assert words in found.text


@pytest.mark.parametrize(
    ("limit_m_s", "speed_m_s", "severity", "words"),
    [
        (None, 30.0, PASSED, "no limit"),
        (12.0, None, PASSED, "no wind is measured"),
        (12.0, 0.0, PASSED, "no wind is measured"),
        (12.0, 11.9, PASSED, "11.9 m/s"),
        (12.0, 12.1, SOFT, "wind of 12.1 m/s; planned for up to 12.0 m/s"),
    ],
)
def test_the_wind_is_held_against_the_limit_of_the_plan(
    limit_m_s: float | None, speed_m_s: float | None, severity: Severity, words: str
) -> None:
    plan = replace(small_plan(), wind_limit_m_s=limit_m_s)

    found = verdict_of("wind", plan=plan, vehicle=telling(wind_speed_m_s=speed_m_s))

    assert found.severity is severity
    assert words in found.text


def test_a_board_that_the_plan_names_and_the_vehicle_does_not_tell_is_a_soft_failure() -> None:
    plan = replace(small_plan(), vehicle_uid=BOARD_HEX)

    found = verdict_of("board", plan=plan, facts=replace(GOOD_FACTS, version=version(0, uid2=(0,) * 18)))

    assert found.severity is SOFT


def test_a_board_without_the_long_id_is_known_by_the_short_one() -> None:
    assert uid_of(version(0, uid=0xAB, uid2=(0,) * 18)) == "00000000000000ab"


def silent(vehicle: Vehicle) -> None:
    vehicle.links.update(NOW + 30.0)


def losing(vehicle: Vehicle, every: int) -> None:
    """Hear one of so many frames."""
    encoder = Encoder(1, 1)
    for number in range(400):
        raw = encoder.encode(OWN_HEARTBEAT)
        if number % every == 0:
            (frame,) = Decoder().frames(raw)
            vehicle.links.best.receive(frame, NOW + number / 10)
    vehicle.links.update(NOW + 40.0)


@pytest.mark.parametrize(
    ("trouble", "severity", "words"),
    [
        (silent, HARD, "nothing is heard"),
        (lambda vehicle: losing(vehicle, 3), SOFT, "the link loses 6"),
        (lambda vehicle: losing(vehicle, 1), PASSED, "loses 0%"),
    ],
)
def test_the_link_is_judged_by_silence_and_loss(
    trouble: Callable[[Vehicle], None], severity: Severity, words: str
) -> None:
    vehicle = ready_vehicle()

    trouble(vehicle)

    found = verdict_of("link", vehicle=vehicle)
    assert found.severity is severity
    assert words in found.text


@pytest.mark.parametrize(
    ("severities", "counts_as"),
    [
        ({}, SOFT),
        ({"firmware": HARD}, HARD),
        ({"firmware": WARNING}, WARNING),
        ({"firmware": Severity.OFF}, Severity.OFF),
        ({"wind": HARD}, SOFT),
    ],
)
def test_the_settings_decide_how_bad_a_failure_is(
    severities: dict[str, Severity], counts_as: Severity
) -> None:
    (check,) = (each for each in CHECKS if each.name == "firmware")
    sight = Sight(small_plan(), ready_vehicle(), replace(GOOD_FACTS, version=None), START, NOW)

    result = PreflightSettings(severities).judge(check, sight)

    assert result.severity is counts_as


def test_the_settings_do_not_make_a_failure_of_what_passed() -> None:
    (check,) = (each for each in CHECKS if each.name == "firmware")
    sight = Sight(small_plan(), ready_vehicle(), GOOD_FACTS, START, NOW)

    result = PreflightSettings({"firmware": HARD}).judge(check, sight)

    assert result.severity is PASSED


@pytest.mark.parametrize(
    ("severities", "words"),
    [({"weather": HARD}, "no preflight check 'weather'"), ({"wind": PASSED}, "write 'off'")],
)
def test_settings_that_make_no_sense_are_refused(severities: dict[str, Severity], words: str) -> None:
    with pytest.raises(LocalFlightError, match=words):
        PreflightSettings(severities)
