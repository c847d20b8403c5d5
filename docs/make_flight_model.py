"""Write the tables of docs/flight-model.md from the code: ``python -m docs.make_flight_model``.

A table stands between ``<!-- NAME -->`` and ``<!-- end -->``; the text around them is written by hand.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path

from dispatch.catalogue import load_drone_types
from dispatch.energy import AirframePower
from geofences.performance import FlightPhase
from simulator.airframes import AIRFRAMES, HEAVY_COPTER, INCH_M, Airframe
from simulator.faults import KINDS, Fault
from simulator.physics.command import Motion
from tests.unit.simulator.physics.flying import steady, watts
from tests.unit.simulator.physics.published import PUBLISHED, Flight, Published

PAGE = Path(__file__).with_name("flight-model.md")
HEAVY_CRUISE_M_S = 15.0
CLIMB_M_S = 2.5
"""What planning climbs with, ``WPNAV_SPEED_UP``."""

SIM_PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "gps_loss": ("SIM_GPS1_ENABLE", "SIM_GPS1_JAM"),
    "gps_jump": ("SIM_GPS1_GLTCH_X", "SIM_GPS1_GLTCH_Y", "SIM_GPS1_GLTCH_Z"),
    "motor_loss": ("SIM_ENGINE_FAIL",),
    "gust_front": ("SIM_WIND_SPD", "SIM_WIND_DIR"),
}
"""What breaks the same things by MAVLink; a test writes each and looks."""

Cells = Iterable[str]


def table(head: Cells, rows: Iterable[Cells]) -> str:
    """Return a Markdown table."""
    head = tuple(head)
    lines = (head, tuple("---" for _ in head), *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def airframes() -> str:
    """Return what the airframes are."""
    return table(
        ("airframe", "mass", "parcel", "battery", "lift rotors", "wing", "hovers", "flies"),
        map(_airframe, AIRFRAMES.values()),
    )


def _airframe(frame: Airframe) -> Cells:
    rotors, wing = frame.rotors, frame.wing
    speed_m_s = cruise_m_s(frame)
    hover = Flight(frame, 0.0, energy_wh=frame.battery_wh)
    cruise = Flight(frame, 0.0, cruising(frame), speed_m_s, frame.battery_wh)
    return (
        f"`{frame.name}`",
        f"{frame.empty_kg:g} kg",
        f"{frame.payload_limit_kg:g} kg",
        f"{frame.battery_wh:.0f} Wh",
        f"{rotors.motors} of {2.0 * rotors.radius_m / INCH_M:.0f} inch",
        f"{wing.area_m2:g} m²" if wing else "–",
        f"{hover.minutes():.0f} min",
        f"{cruise.kilometres():.0f} km at {speed_m_s:g} m/s",
    )


def cruise_m_s(frame: Airframe) -> float:
    """Return the airspeed that planning cruises with, or the maker of the heavy copter."""
    return HEAVY_CRUISE_M_S if frame is HEAVY_COPTER else load_drone_types()[frame.name].cruise_speed_m_s


def cruising(frame: Airframe) -> Motion:
    """Return what carries an airframe in cruise."""
    return Motion.WING if frame.wing else Motion.ROTORS


def powers() -> str:
    """Return the powers that planning counts with, beside those of the model."""
    head = ("airframe", "phase", "empty: planning", "model", "full: planning", "model")
    return table(head, (row for frame in AIRFRAMES.values() for row in _powers(frame)))


def _powers(frame: Airframe) -> Iterator[Cells]:
    speed_m_s = cruise_m_s(frame)
    for phase, motion, state, words in (
        (FlightPhase.HOVER, Motion.ROTORS, steady(), "hover"),
        (FlightPhase.CLIMB, Motion.ROTORS, steady(0.0, CLIMB_M_S), f"climb, {CLIMB_M_S:g} m/s"),
        (FlightPhase.CRUISE, cruising(frame), steady(speed_m_s), f"cruise, {speed_m_s:g} m/s"),
    ):
        cells = [f"`{frame.name}`", words]
        for payload_kg in (0.0, frame.payload_limit_kg):
            planned = planned_w(frame, phase, payload_kg)
            found_w = watts(frame, motion, state, payload_kg)
            cells += [f"{planned:.0f} W" if planned is not None else "–", f"{found_w:.0f} W"]
        yield cells


def planned_w(frame: Airframe, phase: FlightPhase, payload_kg: float) -> float | None:
    """Return the power that dispatch counts with; of an airframe that it does not have, what is published."""
    drone_type = load_drone_types().get(frame.name)
    if drone_type is not None:
        return AirframePower(drone_type).power_w(phase, payload_kg)
    empty = {FlightPhase.HOVER: frame.hover_w, FlightPhase.CRUISE: frame.cruise_w}
    return None if payload_kg else empty.get(phase)


def published() -> str:
    """Return the figures of makers beside those of the model."""
    head = ("aircraft", "flight", "parcel", "published", "model", "differs by", "test allows")
    return table(head, map(_published, PUBLISHED))


def _published(each: Published) -> Cells:
    found = each.measure(each.flight)
    return (
        each.aircraft,
        each.what,
        f"{each.flight.payload_kg:g} kg",
        f"{each.figure:g} {each.unit}",
        f"{found:.1f} {each.unit}",
        f"{found / each.figure - 1.0:+.0%}".replace("-", "−"),
        f"{each.within:.0%}",
    )


def faults() -> str:
    """Return the kinds of faults."""
    return table(("kind", "options", "what it does", "MAVLink"), map(_fault, KINDS.values()))


def _fault(kind: type[Fault]) -> Cells:
    options = {each.name: each.default for each in fields(kind) if each.name != "window"}
    does = (kind.__doc__ or "").split("\n\n")[0].replace("``", "`")
    return (
        f"`{kind.kind}`",
        ", ".join(
            f"`{name}={value if isinstance(value, str) else format(value, 'g')}`"
            for name, value in options.items()
        ),
        does,
        ", ".join(f"`{name}`" for name in SIM_PARAMETERS.get(kind.kind, ())),
    )


MADE: Mapping[str, Callable[[], str]] = {
    "airframes": airframes,
    "powers": powers,
    "published": published,
    "faults": faults,
}
"""By their names on the page."""


def page(text: str) -> str:
    """Return the page with its tables made anew."""
    for name, make in MADE.items():
        before, mark, rest = text.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition("<!-- end -->")
        if not (mark and end):
            raise SystemExit(f"{PAGE.name} has no place for {name}: write <!-- {name} --> and <!-- end -->")
        text = f"{before}{mark}\n{make()}\n\n{end}{after}"
    return text


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
