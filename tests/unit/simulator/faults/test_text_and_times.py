"""The text form of faults, and when they are at work."""

import math
from dataclasses import dataclass
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import ConfigurationError
from simulator.faults import KINDS, Fault, FaultSchedule, Window, parse_fault
from simulator.faults.links import LinkLoss
from simulator.faults.positioning import GpsJump, GpsLoss
from simulator.hazards import Hazards
from simulator.values import HomePoint, VehicleClass, VehicleConfig
from simulator.vehicle import Vehicle

HOME = HomePoint(32.7, 128.85, 4.0)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("gps_loss", GpsLoss()),
        ("gps_loss@600+30", GpsLoss(Window(600.0, 30.0))),
        ("link_loss:share=0.2", LinkLoss(share=0.2)),
        ("gps_jump:north_m=80,east_m=-5~0.5/h+20", GpsJump(Window(0.0, 20.0, 0.5), 80.0, -5.0)),
        ("gps_loss@60~2/h", GpsLoss(Window(60.0, math.inf, 2.0))),
    ],
)
def test_a_fault_is_written_in_one_word(text: str, fault: Fault) -> None:
    assert parse_fault(text) == fault


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_reads_what_it_writes(kind: str) -> None:
    fault = KINDS[kind](Window(12.5, 60.0, 3.0))

    assert parse_fault(str(fault)) == fault


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "cannot be read"),
        ("gps_loss@soon", "cannot be read"),
        ("gps_loss~2", "cannot be read"),  # how often in which time?
        ("meteor", "choose link_loss"),
        ("gps_jump:north=80", "options are north_m, east_m, up_m"),
        ("gps_jump:north_m=far", "give north_m a number"),
        ("gps_loss:share=1", "options are none"),
        ("link_loss:share=20", "up to 1"),
        ("link_one_way:direction=left", "choose up or down"),
        ("gps_loss+0", "more than 0 seconds"),
        ("gps_loss~0/h", "above 0"),
        ("rogue_station:system_id=300", "from 1 to 255"),
        ("cell_failure:cells=3", "below 3"),
        ("motor_loss:motors=1.5", "1 to 8 motors"),
    ],
)
def test_a_wrong_fault_is_refused_with_a_remedy(text: str, words: str) -> None:
    with pytest.raises(ConfigurationError, match=words):
        parse_fault(text)


@given(st.text(max_size=30))
def test_any_text_is_a_fault_or_our_own_error(text: str) -> None:
    try:
        fault = parse_fault(text)
    except ConfigurationError:
        return
    assert fault.kind in KINDS


@dataclass(frozen=True, slots=True)
class Counted(Fault):
    """A fault that lowers the capacity, so that one sees how many are at work."""

    kind: ClassVar[str] = "counted"

    def harm(self, hazards: Hazards, elapsed_s: float) -> None:
        hazards.motors_failed += 1


def _at_work(window: Window, seed: int = 0, until_s: float = 3600.0) -> list[float]:
    """Return the seconds at which a fault is at work."""
    vehicle = Vehicle(VehicleConfig("C1", VehicleClass.COPTER, HOME))
    schedule = FaultSchedule([Counted(window)], seed)
    seconds = []
    for second in range(round(until_s)):
        schedule.step(vehicle, float(second))
        if schedule.active:
            seconds.append(float(second))
    return seconds


def test_a_fault_begins_and_ends_when_it_is_told() -> None:
    assert _at_work(Window(600.0, 30.0)) == [float(second) for second in range(600, 630)]


def test_a_fault_without_an_end_stays() -> None:
    assert _at_work(Window(3590.0)) == [float(second) for second in range(3590, 3600)]


def test_chance_has_the_rate_it_is_given() -> None:
    seconds = sum(len(_at_work(Window(0.0, 1.0, 6.0), seed)) for seed in range(40))

    assert seconds == pytest.approx(40 * 6, rel=0.15)


def test_one_seed_has_its_faults_at_the_same_times_and_another_one_elsewhere() -> None:
    window = Window(0.0, 5.0, 4.0)

    assert _at_work(window, 7) == _at_work(window, 7)
    assert _at_work(window, 7) != _at_work(window, 8)


def test_what_strikes_is_over_at_once_and_strikes_again() -> None:
    vehicle = Vehicle(VehicleConfig("C1", VehicleClass.COPTER, HOME))
    schedule = FaultSchedule([parse_fault("fence_wiped~60/h")], 3)
    at_work = 0

    for second in range(3600):
        schedule.step(vehicle, float(second))
        at_work += bool(schedule.active)

    assert at_work == pytest.approx(60, rel=0.3)


def test_faults_add_up_and_leave_nothing_behind() -> None:
    vehicle = Vehicle(VehicleConfig("C1", VehicleClass.COPTER, HOME))
    schedule = FaultSchedule([Counted(Window(10.0, 20.0)), Counted(Window(20.0, 20.0))], 0)
    failed = []

    for second in (5.0, 15.0, 25.0, 35.0, 45.0):
        schedule.step(vehicle, second)
        hazards = Hazards()
        schedule.harm(hazards, second)
        failed.append(hazards.motors_failed)

    assert failed == [0, 1, 2, 1, 0]
