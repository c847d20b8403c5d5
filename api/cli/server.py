"""``tsubaki serve``: the service."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.errors import CliError
from api.cli.installation import DataDir, Epoch, Speedup, settings_from
from api.cli.refusals import as_one_line
from api.serve import ServiceStoppedError, serve_forever
from api.settings import PolicyName


def register(app: typer.Typer) -> None:
    """Add this command to the application."""
    app.command()(serve)


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
        with as_one_line():
            serve_forever(settings, key_file)
    except ServiceStoppedError as error:
        remedy = "see the log above; drones in flight go on, and the next start adopts them"
        raise CliError(str(error), remedy) from error
    except OSError as error:
        raise CliError(f"cannot listen: {error}", "choose another --port or --gateway-bind") from error
