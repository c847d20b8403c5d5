"""Preflight: what has to hold, by the vehicle's own account, before it is armed."""

from collections.abc import Callable, Generator, Iterator
from functools import partial

from flight.errors import VehicleRefused
from flight.geodesy import distance_from_home_m
from flight.plan import FlightPlan
from flight.procedure import Step, WaitUntil, perform
from flight.protocol.names import GPS_FIX_3D
from flight.vehicle import Vehicle

STAGE = "preflight"

POSITION_TIMEOUT_S = 120.0
"""A copter knew its position 42 s after boot, a quadplane after 25 s (recorded); cold GPS receivers take
longer."""

CHECKS_TIMEOUT_S = 60.0
"""The pre-arm bit follows the mode and the position within seconds; its reasons come every 30 s
(recorded)."""

HOME_TOLERANCE_M = 30.0
"""All altitudes of the plan count from home, and the way home ends there: a drone that stands elsewhere
than planned must not start. GPS is good to 5 m, a pad is 10 m wide."""

HOME_ALTITUDE_TOLERANCE_M = 20.0
"""GPS altitude against the surveyed pad: worse by far than the position, yet a wrong site shows."""

SETTLE_S = 3.0
"""``SYS_STATUS`` has to be newer than the last change by this time: it is sent once a second."""


def wait_for_position(plan: FlightPlan, vehicle: Vehicle) -> Generator[Step, None, None]:
    """Wait until GPS and estimator know where the vehicle is, and check that this is the planned home."""
    yield from _wait(vehicle, partial(_position_problems, plan, vehicle), POSITION_TIMEOUT_S)


def wait_for_checks(plan: FlightPlan, vehicle: Vehicle) -> Generator[Step, None, None]:
    """Wait until the vehicle's own pre-arm checks pass in the mode in which it will be armed."""
    yield from _wait(vehicle, _Checks(plan, vehicle), CHECKS_TIMEOUT_S)


class _Checks:
    """The pre-arm bit of a ``SYS_STATUS`` that is newer than the last change of mode, and the battery."""

    def __init__(self, plan: FlightPlan, vehicle: Vehicle) -> None:
        self._plan = plan
        self._vehicle = vehicle
        self._since: float | None = None

    def __call__(self, now: float) -> Iterator[str]:
        telemetry = self._vehicle.telemetry
        self._since = now if self._since is None else self._since
        if telemetry.prearm_at < self._since + SETTLE_S:
            yield "no SYS_STATUS since the vehicle was made ready"
        elif not telemetry.prearm_ok:
            yield "the vehicle's pre-arm checks do not pass"
        yield from _battery_problems(self._plan, telemetry.battery_remaining)


def _battery_problems(plan: FlightPlan, remaining: float | None) -> Iterator[str]:
    if remaining is None or plan.energy_available_wh is None:
        return
    energy_wh = remaining * plan.energy_available_wh
    if energy_wh < plan.planned_energy_wh:
        yield f"the battery holds {energy_wh:.0f} Wh and the flight needs {plan.planned_energy_wh:.0f} Wh"


def _position_problems(plan: FlightPlan, vehicle: Vehicle, now: float) -> Iterator[str]:
    telemetry = vehicle.telemetry
    if telemetry.gps_fix < GPS_FIX_3D:
        yield "no GPS position"
    if not telemetry.position_known:
        yield "the estimator has no absolute position"
    if telemetry.home is None:
        yield "no home position"
        return
    latitude_deg, longitude_deg, amsl_m = telemetry.home
    distance = distance_from_home_m(plan, latitude_deg, longitude_deg)
    if distance > HOME_TOLERANCE_M:
        yield f"home is {distance:.0f} m from the planned home"
    if abs(amsl_m - plan.home_amsl_m) > HOME_ALTITUDE_TOLERANCE_M:
        yield f"home is {amsl_m:.0f} m above sea level and not {plan.home_amsl_m:.0f} m"


def _wait(
    vehicle: Vehicle, problems: Callable[[float], Iterator[str]], timeout_s: float
) -> Generator[Step, None, None]:
    last: list[str] = []
    begun: list[float] = []

    def passed(now: float) -> bool:
        begun.append(now)
        last[:] = problems(now)
        return not last

    def refused() -> VehicleRefused:
        own_words = vehicle.telemetry.texts_since(begun[0], "PreArm:")
        return VehicleRefused(STAGE, "; ".join([*own_words, *last]))

    yield from perform(WaitUntil(passed, timeout_s, refused))
