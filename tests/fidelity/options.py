"""The command line."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from tests.fidelity.errors import UsageError
from tests.fidelity.references import FOLDER, all_referenced
from tests.fidelity.registry import KINDS, Scenario
from tests.fidelity.scenarios import SCENARIOS

_EPILOG = """\
examples:
  python -m tests.fidelity                                  the built-in vehicles, all scenarios
  python -m tests.fidelity --scenario rtl,params
  python -m tests.fidelity --vehicle copter --speedup 10 --out build/traces \\
      --launch 'arducopter --model + --speedup 10 -I{instance} --home 32.7024,128.845,5,0 --defaults X.parm'
  python -m tests.fidelity --vehicle copter --scenario rtl --connect tcp:127.0.0.1:5760

A vehicle to connect to has to be freshly switched on, parked and disarmed; it flies for real.
"""

_DEFAULT_URL = "tcp:127.0.0.1:{port}"


@dataclass(frozen=True)
class Options:
    """What is wanted.

    Parameters
    ----------
    cases
        The scenarios, in order.
    url
        Link to the vehicle, with ``{port}``; None for the built-in vehicle in this process.
    launch
        Command that starts a fresh vehicle for each scenario, with ``{port}`` and ``{instance}``.
    instance
        Which instance ``launch`` starts.
    speedup
        First guess of vehicle seconds per wall second.
    reference
        Folder of the recordings to compare with.
    out
        Folder for the traces.
    json
        File for the figures.
    """

    cases: tuple[Scenario, ...]
    url: str | None
    launch: str | None
    instance: int
    speedup: float
    reference: Path
    out: Path | None
    json: Path | None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.fidelity",
        description="Hold a vehicle against the recordings of ArduPilot.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--vehicle", choices=KINDS, help="only scenarios of this kind (default: both)")
    parser.add_argument("--scenario", help="names, with commas (default: all that have a recording)")
    parser.add_argument("--connect", metavar="URL", help="tcp, udpin or udpout, then :HOST:PORT")
    parser.add_argument("--launch", metavar="COMMAND", help="a fresh vehicle each time: {port}, {instance}")
    parser.add_argument("--instance", type=int, default=0, help="port 5760 + 10 * INSTANCE (default 0)")
    parser.add_argument("--speedup", type=float, default=1.0, help="vehicle seconds per second, roughly")
    parser.add_argument("--reference", type=Path, default=FOLDER, help="other recordings than ArduPilot's")
    parser.add_argument("--out", type=Path, help="write the traces into this folder")
    parser.add_argument("--json", type=Path, help="write the figures into this file")
    return parser


def parse(argv: list[str]) -> Options:
    """Read the command line; raise UsageError."""
    arguments = _parser().parse_args(argv)
    url = arguments.connect or (_DEFAULT_URL if arguments.launch else None)
    if url is not None and arguments.vehicle is None:
        raise UsageError("--connect and --launch need --vehicle: one command flies one kind of vehicle")
    return Options(
        cases=_chosen(arguments.scenario, arguments.vehicle, arguments.reference),
        url=url,
        launch=arguments.launch,
        instance=arguments.instance,
        speedup=arguments.speedup,
        reference=arguments.reference,
        out=arguments.out,
        json=arguments.json,
    )


def _chosen(names: str | None, kind: str | None, reference: Path) -> tuple[Scenario, ...]:
    if names is None:
        cases = all_referenced(reference)
    else:
        unknown = [name for name in names.split(",") if name not in SCENARIOS]
        if unknown:
            raise UsageError(f"no scenario {', '.join(unknown)}; there are: {', '.join(sorted(SCENARIOS))}")
        cases = [SCENARIOS[name] for name in names.split(",")]
    chosen = tuple(case for case in cases if kind in (None, case.kind))
    if not chosen:
        raise UsageError(f"none of the scenarios {names} is for --vehicle {kind}")
    return chosen
