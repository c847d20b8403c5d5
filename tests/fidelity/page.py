"""Writes docs/fidelity.md: how near the built-in vehicle is to the recorded ArduPilot."""

from collections import defaultdict
from pathlib import Path

from tests.fidelity import expected, floors, totals
from tests.fidelity.comparison.compare import compare
from tests.fidelity.expected import Expected
from tests.fidelity.references import reference, referenced
from tests.fidelity.registry import KINDS, Scenario

PAGE = Path(__file__).parents[2] / "docs" / "fidelity.md"

HEAD = """# Fidelity: the built-in vehicle beside ArduPilot

`tests/fidelity/traces/` holds what a real ArduPilot (SITL, 4.7) said, message by message, when a probe put
the same requests to it that a delivery system makes: arming, modes, lists, flights, failsafes. Its
[README](../tests/fidelity/traces/README.md) tells how they were recorded, and what ArduPilot does. The probe
drives any vehicle through the same scenarios; every property of a recording (results and their order, texts,
states, rates, times, places) is then an expectation on the other vehicle.

`make fidelity` runs all scenarios with the built-in vehicle, in one process and on virtual time, prints what
does not hold, and fails below 97 % (copter) or 95 % (quadplane). `make test` does the same, and fails if the
list below is not exactly what is found. With options any other vehicle is held against the recordings,
ArduPilot SITL or one on the bench:

```text
make fidelity FIDELITY_FLAGS="--scenario rtl,params"
make fidelity FIDELITY_FLAGS="--vehicle copter --scenario params --connect tcp:127.0.0.1:5760"
make fidelity FIDELITY_FLAGS="--vehicle copter --speedup 10 --launch 'arducopter --speedup 10 -I{instance}'"
```

`--launch` starts a fresh vehicle for each scenario; `--out DIR` keeps the traces; `--json FILE` the figures;
`.venv/bin/python -m tests.fidelity --help` tells the rest. A vehicle on the bench flies for real: take its
propellers off, or choose the scenarios that stay on the ground.

This page is made by `.venv/bin/python -m tests.fidelity.page`; a test keeps it equal to what is found.
"""

FURTHER = """These scenarios were recorded later, with a newer ArduPilot. What does not hold in them is work
to do, not explained one by one; a test keeps it from growing.
"""


def page() -> str:
    """Return the whole page."""
    known = expected.load()
    return HEAD + "".join(_section(kind, known) for kind in KINDS)


def _section(kind: str, known: list[Expected]) -> str:
    lowest = floors.load()
    sizes = {case.name: _size(case) for case in referenced(kind)}
    gaps = {name: len(expected.of(name, known)) for name in sizes}
    explained = {name: (size - gaps[name], size) for name, size in sizes.items() if name not in lowest}
    further = {name: (lowest[name], size) for name, size in sizes.items() if name in lowest}
    needed = f"{totals.NEEDED[kind]:.0%} are needed"
    parts = [
        f"\n## {kind.capitalize()}\n",
        _summary(explained, f"hold ({needed})"),
        _table(explained),
        _differences(set(explained), known),
    ]
    if further:
        parts += [FURTHER, _summary(further, "hold at least"), _table(further)]
    return "\n".join(parts)


def _size(case: Scenario) -> int:
    """Return how many expectations a recording makes."""
    return compare(reference(case), reference(case)).total.total()


def _summary(counts: dict[str, tuple[int, int]], words: str) -> str:
    held, total = (sum(column) for column in zip(*counts.values(), strict=True))
    return f"{held} of {total} expectations {words}: {held / total:.1%}.\n"


def _table(counts: dict[str, tuple[int, int]]) -> str:
    rows = [f"| `{name}` | {held} of {size} |" for name, (held, size) in counts.items()]
    return "\n".join(["| scenario | holds |", "|---|---|", *rows]) + "\n"


def _differences(names: set[str], known: list[Expected]) -> str:
    """Return the table of differences, those with the same reason in one row."""
    rows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for each in known:
        if each.scenario in names:
            rows[each.scenario, each.reason].append(f"`{each.expectation}`")
    lines = [f"| `{name}` | {'<br>'.join(what)} | {reason} |" for (name, reason), what in rows.items()]
    return "\n".join(["| scenario | does not hold | why |", "|---|---|---|", *lines]) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
