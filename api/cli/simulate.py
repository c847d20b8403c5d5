"""``tsubaki simulate``: the simulated fleet, in the service's time."""

import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

import simulator
from api.cli.installation import DataDir, Epoch, Speedup, settings_from
from api.cli.refusals import as_one_line
from api.timebase import stored_clock
from api.wiring import open_store
from simulator.__main__ import main as simulator_main

GOTO_FLEET = Path(simulator.__file__).parent / "fleets" / "goto.toml"

_OTHER_VEHICLES = ("--vehicle", "--copters", "--quadplanes")
"""Options of the simulator that say which vehicles there are, in place of a fleet file."""


def register(app: typer.Typer) -> None:
    """Add this command to the application."""
    app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(simulate)


def simulate(
    context: typer.Context,
    data_dir: DataDir = None,
    fleet: Annotated[
        Path | None, typer.Option(help="TOML file with the vehicles.", show_default="Goto")
    ] = None,
    speedup: Speedup = None,
    epoch: Epoch = None,
) -> None:
    """Fly the simulated fleet in the time of the service that uses the same data folder.

    Further options go to the simulator: see 'python -m simulator --help'
    (--copters 5, --wind 8@220, --seed 7, --log DIR).
    """
    with as_one_line(), closing(open_store(settings_from(data_dir=data_dir))) as store:
        clock = stored_clock(store, epoch, speedup)
    sys.exit(simulator_main(simulator_arguments(fleet, clock.epoch, clock.speedup, context.args)))


def simulator_arguments(fleet: Path | None, epoch: float, speedup: float, further: list[str]) -> list[str]:
    """Return the simulator's command line; vehicles among the further options replace the fleet."""
    others = any(word.partition("=")[0] in _OTHER_VEHICLES for word in further)
    which = [] if others else ["--fleet", str(fleet or GOTO_FLEET)]
    return [*which, "--epoch", repr(epoch), "--speedup", repr(speedup), *further]
