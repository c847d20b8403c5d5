"""Runs one scenario and returns its trace."""

from importlib.metadata import version
from typing import Any

from tests.fidelity.errors import FidelityError
from tests.fidelity.link import Link, Transport
from tests.fidelity.probe import Probe
from tests.fidelity.recorder import Recorder
from tests.fidelity.registry import Scenario
from tests.fidelity.trace import Trace

FORMAT = 1


def record(case: Scenario, transport: Transport, speedup: float | None) -> tuple[Trace, Recorder]:
    """Run a scenario against a fresh vehicle.

    Parameters
    ----------
    case
        What to do.
    transport
        The way to the vehicle; it gets opened and closed.
    speedup
        For the head of the trace: vehicle seconds per wall second, None on virtual time.
    """
    recorder = Recorder()
    link = Link(transport, recorder)
    probe = Probe(link, case.kind)
    error = _run(case, probe)
    link.note("RATES", hz=recorder.finish_rates(link.now))
    link.note("PHASE", name="end")
    link.close()
    return Trace(_head(case, probe, speedup, error), recorder.records), recorder


def _run(case: Scenario, probe: Probe) -> str | None:
    """Return why the scenario ended early, if it did; a broken run still leaves its trace."""
    try:
        if case.prepare:
            probe.prepare()
        case.body(probe)
    except (FidelityError, OSError) as error:
        text = f"{type(error).__name__}: {error}"
        probe.link.note("ERROR", text=text)
        return text
    return None


def _head(case: Scenario, probe: Probe, speedup: float | None, error: str | None) -> dict[str, Any]:
    head: dict[str, Any] = {
        "scenario": case.name,
        "vehicle": case.kind,
        "firmware": {name: value for name, value in probe.version.items() if name != "home"},
        "home": probe.version.get("home"),
        "speedup": speedup,
        "pymavlink": version("pymavlink"),
        "format": FORMAT,
    }
    return {**head, "error": error} if error else head


def parameter_lines(params: dict[str, tuple[float, int]]) -> str:
    """Return the text of ``params.txt``."""
    lines = [f"{name}\t{value:.9g}\t{kind}" for name, (value, kind) in params.items()]
    return "\n".join(["# name\tvalue\tMAV_PARAM_TYPE", *lines]) + "\n"
