"""Whatever a vehicle says, supervision neither fails nor contradicts itself."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from flight.events import AlertCleared, AlertRaised, FlightEvent
from flight.plan import FlightPlan, VehicleClass
from flight.situations import Situation
from flight.supervision.traffic import Neighbour
from flight.telemetry_state import Text
from tests.unit.flight.plans import OTHER, small_plan
from tests.unit.flight.watched import Watched, plan_with_divert, watched_plan

NUMBERS = st.floats(-1e4, 1e4) | st.sampled_from([float("nan"), float("inf"), float("-inf"), 0.0])
PLANS = st.sampled_from(
    [
        small_plan(),
        watched_plan(hold_seq=5, descend_seq=6),
        plan_with_divert(),
        plan_with_divert(VehicleClass.QUADPLANE),
    ]
)
WORDS = st.sampled_from(["GCS Failsafe", "Flight plan received", "Mission: 2 WP", "Battery 1 is low"])
SAID = st.fixed_dictionaries(
    {},
    optional={
        "latitude_deg": st.none() | st.floats(32.69, 32.72) | NUMBERS,
        "longitude_deg": st.none() | st.floats(128.84, 128.86) | NUMBERS,
        "altitude_above_home_m": st.none() | st.floats(-10.0, 200.0) | NUMBERS,
        "mission_seq": st.none() | st.integers(0, 14) | st.integers(-5, 70_000),
        "mission_total": st.integers(0, 20),
        "mission_state": st.integers(0, 5),
        "energy_used_wh": st.none() | st.floats(0.0, 200.0) | NUMBERS,
        "battery_remaining": st.none() | st.floats(0.0, 1.0) | NUMBERS,
        "gps_fix": st.integers(0, 6),
        "position_known": st.booleans(),
        "wind_speed_m_s": st.none() | st.floats(0.0, 30.0) | NUMBERS,
        "fence_breached": st.none() | st.booleans(),
        "sensors_enabled": st.sampled_from([0, 1, 0x100000]),
        "plan_ids": st.tuples(*[st.integers(0, 2)] * 3),
        "servo9_us": st.none() | st.integers(900, 2000),
        "landed_state": st.integers(0, 4),
        "disarmed_since": st.none(),
    },
)
STEPS = st.lists(
    st.fixed_dictionaries(
        {
            "said": SAID,
            "mode": st.none() | st.integers(0, 30),
            "armed": st.booleans() | st.just(True),
            "words": st.none() | WORDS,
            "traffic": st.none() | st.floats(0.0, 300.0),
            "heard": st.booleans(),
            "duration_s": st.floats(0.5, 15.0),
        }
    ),
    max_size=12,
)


def taken(flight: Watched, step: dict[str, Any]) -> list[FlightEvent]:
    """Let one thing after the other happen to a flight; return what was said of it."""
    if step["mode"] is not None:
        flight.mode(step["mode"], armed=step["armed"])
    if step["words"] is not None:
        flight.say(texts=[Text(flight.now, 4, step["words"])])
    near_m = step["traffic"]
    flight.supervision.note_traffic(None if near_m is None else Neighbour(OTHER, near_m, near_m / 10))
    flight.say(**step["said"])
    return flight.watch(step["duration_s"], heard=step["heard"])


@settings(max_examples=60, deadline=None)
@given(plan=PLANS, steps=STEPS, energy_wh=st.none() | st.floats(0.0, 100.0))
def test_alerts_are_raised_and_cleared_in_turn_and_nothing_fails(
    plan: FlightPlan, steps: list[dict[str, Any]], energy_wh: float | None
) -> None:
    flight = Watched(plan, energy_before_wh=energy_wh)
    active: set[Situation] = set()

    for step in steps:
        for event in taken(flight, step):
            if isinstance(event, AlertRaised):
                assert event.situation not in active
                assert event.text
                active.add(event.situation)
            elif isinstance(event, AlertCleared):
                assert event.situation in active
                active.remove(event.situation)

        assert active == set(flight.supervision.active_alerts)
