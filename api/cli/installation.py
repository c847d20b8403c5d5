"""Settings of the installation that a command works on: environment, then options."""

from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from api.cli.errors import CliError
from api.settings import Settings

DataDir = Annotated[
    Path | None,
    typer.Option(
        envvar="TSUBAKI_DATA_DIR", help="Folder with database, keys and recordings.", show_default="var"
    ),
]

Speedup = Annotated[
    float | None, typer.Option(help="Seconds of the service's time per second; kept from the first start on.")
]
Epoch = Annotated[float | None, typer.Option(help="Unix time where accelerated and wall time agree.")]


def settings_from(**options: Any) -> Settings:
    """Return the settings, with the options that were given (not ``None``) over the environment."""
    try:
        return Settings(**{name: value for name, value in options.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        field = "_".join(str(part) for part in first["loc"])
        name = f"--{field.replace('_', '-')} (TSUBAKI_{field.upper()})"
        raise CliError(
            f"{name}: {first['msg']}", "correct it; 'tsubaki serve --help' says what it takes", 2
        ) from None
