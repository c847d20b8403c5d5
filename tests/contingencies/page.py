"""Writes docs/contingencies.md: what is done about each situation, why, and how it ended when flown."""

import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from flight.actions.hold import HOLD_LIMIT_S
from flight.actions.two_steps import CONFIRM_WITHIN_S
from flight.contingencies.table import Chain, row_of
from flight.plan import VehicleClass
from flight.situations import Situation
from tests.contingencies.cases import PHASES, Case, cases
from tests.contingencies.outcome import Outcome
from tests.contingencies.provoke import PROVOCATIONS
from tests.contingencies.run import fly

PAGE = Path(__file__).parents[2] / "docs" / "contingencies.md"
Outcomes = Mapping[Case, Outcome]

HEAD = f"""# What is done when something is out of the ordinary

Supervision raises an alert; the table below says what the gateway does about it, once for each alert. A cell
is a chain: the first action that makes sense is taken, the next one if it is refused.
`flight/contingencies/table.py` is the table itself, `flight/actions/` the actions, and
[how to add a row](howto/add-a-contingency.md) tells the rest.

- Each action is acknowledged by what the vehicle does: its mode, its current item, its place, whether it is
  armed. What cannot be confirmed in two tries is refused, with the vehicle's own words, and never replaced
  in silence.
- Terminate counts more than land, land more than divert, then return, hold, resume. A stronger action
  replaces one that is not done yet; the same one again changes nothing. A person's word counts more than a
  contingency's of the same strength. No contingency ends a landing that a person has ordered, and only want
  of energy ends a hold.
- No divert comes down on the pad of the stop where the receiver said that it is not clear, nor, for a vehicle
  that is only off its height, where he has not said that it is, or has his parcel already.
- A hold ends after {HOLD_LIMIT_S:.0f} s: the flight goes home, or on where it is on its way to a landing. A
  copter holds in BRAKE, a quadplane in GUIDED over a point of its way, with `FS_LONG_ACTN` 1 for that time:
  without a link both take the return path. On the way to a site nothing is held: no way home is certified
  from there. A divert sets `BATT_FS_LOW_ACT` to 0, as a low battery would end it; the next launch sets it
  back.
- A termination has two steps within {CONFIRM_WITHIN_S:.0f} s, by two persons where the policy says so.
- A vehicle in a mode that nobody here asked for is flown by somebody else: then nothing is done but telling,
  until its energy gets short. A landing that began with a lost position is nobody's, and is ended once the
  position is known again.
- A program that makes its own `Gateway` can switch reactions off, one situation each
  (`flight/contingencies/policy.py`); the service has all of them.

## The table

"""

FLOWN = """
## Flown

Every cell and every command, from every phase, with the built-in simulator: a proved plan of 4 km each way
past an islet, with a divert site off the way, both classes. Only the reaction to the situation of the row is
switched on. Where supervision did not notice a situation, or it cannot be brought about in that phase, it
was told of it ("told"). "Seen" is what the vehicle was seen to do, and within how many seconds; "ended" is
the truth of the simulator; energy is what the pack still held, in steps of 10 %.

This page is made by `.venv/bin/python -m tests.contingencies.page` (two minutes). `make test` flies what
acts, `make soak-contingencies` everything, and both fail if a line differs.
"""

TITLES = "| what | phase | brought about by | seen | ended | energy |"


def main() -> int:
    """Write the page, or with ``--check`` say whether it is what is flown."""
    with ProcessPoolExecutor(2) as pool:
        flown = dict(zip(VehicleClass, pool.map(fly, VehicleClass, [list(cases())] * 2), strict=True))
    text = page(flown)
    if "--check" in sys.argv:
        return 0 if text == PAGE.read_text(encoding="utf-8") else 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


def page(flown: Mapping[VehicleClass, Outcomes]) -> str:
    """Return the whole page."""
    sections = [_section(vehicle_class, outcomes) for vehicle_class, outcomes in flown.items()]
    return HEAD + _table() + FLOWN + "\n".join(sections) + "\n"


def line(case: Case, outcome: Outcome) -> str:
    """Return the line of one flight."""
    cells = (case.what, _phase(case), _how(case, outcome), outcome.did, outcome.ended)
    return f"| {' | '.join(cells)} | {outcome.energy_left} % |"


def _how(case: Case, outcome: Outcome) -> str:
    if not isinstance(case.what, Situation):
        return "command"
    return "told" if outcome.put_in else PROVOCATIONS[case.what].words


def _phase(case: Case) -> str:
    return case.phase.replace("_", " ")


def _section(vehicle_class: VehicleClass, outcomes: Outcomes) -> str:
    head = ["", f"### {vehicle_class.capitalize()}", "", TITLES, "|---" * 6 + "|"]
    return "\n".join([*head, *(line(case, outcome) for case, outcome in outcomes.items())])


def _table() -> str:
    names = [each.replace("_", " ") for each in PHASES]
    lines = [f"| situation | {' | '.join(names)} | why |", "|---" * (len(names) + 2) + "|"]
    for situation in Situation:
        lines += _rows(situation)
    return "\n".join(lines) + "\n"


def _rows(situation: Situation) -> list[str]:
    """Return one line, or one for each class where they differ."""
    rows = {each: row_of(situation, each) for each in VehicleClass}
    if len(set(map(id, rows.values()))) == 1:
        return [_row(str(situation), next(iter(rows)), situation)]
    return [_row(f"{situation}, {each}", each, situation) for each in rows]


def _row(name: str, vehicle_class: VehicleClass, situation: Situation) -> str:
    row = row_of(situation, vehicle_class)
    cells = " | ".join(_cell(row.chain(phase)) for phase in PHASES)
    return f"| {name} | {cells} | {row.reason} |"


def _cell(chain: Chain) -> str:
    return ", ".join(chain)


if __name__ == "__main__":
    sys.exit(main())
