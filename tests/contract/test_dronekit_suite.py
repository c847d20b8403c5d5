"""The tests for live vehicles that the ``dronekit2`` distribution brings pass on a copter of ours.

They are an outside judge: written by others, against ArduPilot. Nearly all of their time is sleep on the wall
clock, so they run in two halves side by side, each with a vehicle of its own.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import dronekit
import pytest
from defusedxml import ElementTree

from simulator.ardupilot import ArduPilotProcess
from simulator.launch.child import check_free
from simulator.target import BuiltInProcess, Target, TargetSettings, port_of
from simulator.values import HomePoint, VehicleClass

SUITE = Path(dronekit.__file__).parent / "test" / "sitl"
HOME = HomePoint(-35.363261, 149.165230, 584.0, 353.0)
"""The suite flies to places near here."""

SPEEDUP = 4.0
"""The suite looks once a second whether it is armed, and after ten simulated ones it disarms itself."""

TESTS = 33
NONE: frozenset[str] = frozenset()
KNOWN = frozenset({"test_barometer_calibration"})
"""Seen to pass and to fail on ArduPilot: with an airspeed sensor the answer comes in two parts."""

ASLEEP = frozenset({"test_timeout.py", "test_115.py", "test_capability_and_version.py"})
"""Files that sleep for a minute and do not fly. The first needs the port of instance 0 for itself."""

BUILT_IN = pytest.param(BuiltInProcess, (None, None), NONE, id="built-in")
ARDUPILOT = pytest.param(
    ArduPilotProcess,
    (71, 72),
    KNOWN,
    id="ardupilot",
    marks=pytest.mark.skipif(
        not os.environ.get("TSUBAKI_ARDUPILOT"), reason="TSUBAKI_ARDUPILOT names no ArduPilot SITL"
    ),
)


def run_files(vehicle: Target, files: Sequence[Path], report: Path) -> dict[str, str]:
    """Run files of the suite against a vehicle; return the message of each test, "" where it passed."""
    options = ["-q", "-p", "no:cacheprovider", "-c", os.devnull, f"--rootdir={SUITE}"]
    subprocess.run(
        [sys.executable, "-m", "pytest", *options, f"--junitxml={report}", *map(str, files)],
        cwd=report.parent,
        env={**os.environ, "DRONEKIT_TEST_CONNECTION": vehicle.connection},
        stdout=subprocess.DEVNULL,
        timeout=300,
        check=False,
    )
    cases = ElementTree.parse(report).iter("testcase")
    return {f"{case.get('classname')}.{case.get('name')}": _message(case) for case in cases}


def _message(case: Any) -> str:
    return "\n".join(f"{child.tag}: {child.text}" for child in case if child.tag != "system-out")


@pytest.mark.slow
@pytest.mark.parametrize(("target", "instances", "may_fail"), [BUILT_IN, ARDUPILOT])
def test_the_suite_of_dronekit_passes(
    target: Callable[[TargetSettings], Target],
    instances: tuple[int | None, int | None],
    may_fail: frozenset[str],
    tmp_path: Path,
) -> None:
    check_free(port_of(0))
    files = sorted(SUITE.glob("test_*.py"))
    halves = [[each for each in files if (each.name in ASLEEP) is asleep] for asleep in (True, False)]
    reports = [tmp_path / f"half{number}.xml" for number in range(len(halves))]
    settings = [TargetSettings(VehicleClass.COPTER, HOME, SPEEDUP, instance) for instance in instances]

    with target(settings[0]) as first, target(settings[1]) as second, ThreadPoolExecutor() as pool:
        results = list(pool.map(run_files, (first, second), halves, reports))

    tests = results[0] | results[1]
    failed = {name: message for name, message in tests.items() if message}
    assert len(tests) == TESTS
    assert {name.rpartition(".")[2] for name in failed} <= may_fail, "\n\n".join(failed.values())
