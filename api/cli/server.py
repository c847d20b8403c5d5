"""Commands that run: the service, and the simulated fleet."""

import sys
from pathlib import Path
from typing import Annotated

import typer

import simulator
from api.cli.errors import CliError
from api.cli.installation import DataDir, settings_from
from api.serve import ServiceStoppedError, serve_forever
from api.settings import PolicyName
from api.timebase import stored_clock
from api.wiring import open_store
from dispatch.errors import DispatchError
from flight.errors import FlightError
from geofences.errors import GeofencesError
from simulator.__main__ import main as simulator_main

GOTO_FLEET = Path(simulator.__file__).parent / "fleets" / "goto.toml"

Speedup = Annotated[
    float | None, typer.Option(help="Seconds of the service's time per second; kept from the first start on.")
]
Epoch = Annotated[float | None, typer.Option(help="Unix time where accelerated and wall time agree.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    app.command()(serve)
    app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(simulate)


def serve(
    data_dir: DataDir = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="TCP port to listen on.", show_default="8000")] = None,
    policy: Annotated[
        PolicyName | None,
        typer.Option(help="operator: people approve; demo: approved by itself.", show_default="operator"),
    ] = None,
    fleet: Annotated[Path | None, typer.Option(help="TOML file that lists the drones.")] = None,
    gateway_bind: Annotated[
        str | None,
        typer.Option(help="UDP socket of the gateway, udp:HOST:PORT.", show_default="udp:127.0.0.1:14540"),
    ] = None,
    database_url: Annotated[
        str | None, typer.Option(help="postgresql+psycopg://…, or SQLite by default.")
    ] = None,
    speedup: Speedup = None,
    epoch: Epoch = None,
    key_file: Annotated[Path | None, typer.Option(help="Write the first keys here too (for a demo).")] = None,
) -> None:
    """Run the service: API, console, dispatcher and flight gateway. The first start prints the API keys."""
    settings = settings_from(
        data_dir=data_dir,
        host=host,
        port=port,
        policy=policy,
        fleet=fleet,
        gateway_bind=gateway_bind,
        database_url=database_url,
        speedup=speedup,
        epoch=epoch,
    )
    try:
        serve_forever(settings, key_file)
    except (DispatchError, GeofencesError, FlightError) as error:
        raise CliError(str(error), getattr(error, "remedy", "correct it and start again")) from error
    except ServiceStoppedError as error:
        raise CliError(
            str(error), "see the log above; drones in flight go on, and the next start adopts them"
        ) from error
    except OSError as error:
        raise CliError(f"cannot listen: {error}", "choose another --port or --gateway-bind") from error


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

    Further options go to the simulator: see 'python -m simulator --help' (--wind 8@220, --seed 7, --log DIR).
    """
    store = open_store(settings_from(data_dir=data_dir))
    try:
        clock = stored_clock(store, epoch, speedup)
    except DispatchError as error:
        raise CliError(str(error), getattr(error, "remedy", "use another --data-dir")) from error
    finally:
        store.close()
    sys.exit(simulator_main(simulator_arguments(fleet, clock.epoch, clock.speedup, context.args)))


def simulator_arguments(fleet: Path | None, epoch: float, speedup: float, further: list[str]) -> list[str]:
    """Return the simulator's command line; a vehicle given among the further options replaces the fleet."""
    single = "--vehicle" in further
    which = [] if single else ["--fleet", str(fleet or GOTO_FLEET)]
    return [*which, "--epoch", repr(epoch), "--speedup", repr(speedup), *further]
