"""One delivery script flies on every kind of vehicle: the example of the documentation, as a user runs it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.ardupilot import ArduPilotProcess
from simulator.target import BuiltInProcess, Target, TargetSettings
from simulator.values import HomePoint, VehicleClass

SCRIPT = Path(__file__).parents[2] / "docs" / "examples" / "delivery.py"
HOME = HomePoint(32.69676, 128.85228, 4.0)

ARDUPILOT = pytest.param(
    ArduPilotProcess,
    10.0,
    id="ardupilot",
    marks=[
        pytest.mark.slow,
        pytest.mark.skipif(
            not os.environ.get("TSUBAKI_ARDUPILOT"), reason="TSUBAKI_ARDUPILOT names no ArduPilot SITL"
        ),
    ],
)


@pytest.mark.parametrize(
    ("target", "speedup"), [pytest.param(BuiltInProcess, 40.0, id="built-in"), ARDUPILOT]
)
def test_the_delivery_of_the_documentation_flies(
    target: Callable[[TargetSettings], Target], speedup: float
) -> None:
    with target(TargetSettings(VehicleClass.COPTER, HOME, speedup)) as vehicle:
        done = subprocess.run(
            [sys.executable, str(SCRIPT), vehicle.connection],
            capture_output=True,
            text=True,
            timeout=170,
            check=False,
        )

    assert done.returncode == 0, done.stderr
    assert done.stdout == "delivered\n"
