"""The table of scenarios."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.fidelity.probe import Probe

COPTER, QUADPLANE = "copter", "quadplane"
KINDS = (COPTER, QUADPLANE)

Body = Callable[[Probe], None]


@dataclass(frozen=True)
class Scenario:
    """A behaviour to record.

    Parameters
    ----------
    name
        Its name, which is that of its trace.
    kind
        The kind of vehicle it is for.
    prepare
        Whether the vehicle is brought to the point where it can arm before the scenario begins.
    body
        What the probe does.
    """

    name: str
    kind: str
    prepare: bool
    body: Body


SCENARIOS: dict[str, Scenario] = {}


def scenario(kind: str, prepare: bool = True) -> Callable[[Body], Body]:
    """Register a function as a scenario for a kind of vehicle."""

    def register(body: Body) -> Body:
        name = body.__name__
        SCENARIOS[name] = Scenario(name, kind, prepare, body)
        return body

    return register
