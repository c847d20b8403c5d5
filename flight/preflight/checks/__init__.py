"""The preflight checks, one a file. To add one: a small class here, and a line in `CHECKS`."""

from flight.preflight.checks.airspace import AirspaceCheck
from flight.preflight.checks.arming import ArmingCheck
from flight.preflight.checks.battery import BatteryCheck
from flight.preflight.checks.board import BoardCheck
from flight.preflight.checks.fence import FenceCheck
from flight.preflight.checks.firmware import FirmwareCheck
from flight.preflight.checks.home import HomeCheck
from flight.preflight.checks.link import LinkCheck
from flight.preflight.checks.parameters import ParametersCheck
from flight.preflight.checks.position import PositionCheck
from flight.preflight.checks.signing import SigningCheck
from flight.preflight.checks.wind import WindCheck
from flight.preflight.sight import Check

POSITION_CHECKS: tuple[Check, ...] = (PositionCheck(), HomeCheck())
"""What has to hold before the vehicle can be made ready: GUIDED wants a position."""

CHECKS: tuple[Check, ...] = (
    LinkCheck(),
    *POSITION_CHECKS,
    BatteryCheck(),
    FenceCheck(),
    ParametersCheck(),
    ArmingCheck(),
    WindCheck(),
    AirspaceCheck(),
    FirmwareCheck(),
    BoardCheck(),
    SigningCheck(),
)
"""All of them, in the order in which they are shown."""
