"""Options that several commands share, and where a key comes from when none is given."""

import json
from pathlib import Path
from typing import Annotated

import typer

from api.cli.client import ApiClient
from api.cli.errors import CliError
from api.cli.installation import settings_from
from api.roles import Role

KEY_FILE = "keys.json"
DEMO_DIR = Path("build/demo")

Url = Annotated[str, typer.Option(envvar="TSUBAKI_URL", help="Address of the service.")]
Key = Annotated[str | None, typer.Option(envvar="TSUBAKI_KEY", help="API key; that of the demo by default.")]

AirspaceFolder = Annotated[
    Path,
    typer.Option(
        "--airspace",
        metavar="DIR",
        envvar="TSUBAKI_AIRSPACE_DIR",
        help="Folder of the airspace; that of the Goto Islands by default.",
        show_default=False,
    ),
]
"""The folder that the service reads too; see ``geofences.loading.load_airspace``."""

DEFAULT_URL = "http://127.0.0.1:8000"


def client_for(url: str, key: str | None, role: Role) -> ApiClient:
    """Return a client with the given key, or with the key of that role in the key file of a local demo."""
    return ApiClient(url, key or key_from_file(role))


def key_from_file(role: Role) -> str:
    """Return the role's key from the key file of the data folder or of the demo."""
    for folder in (settings_from().data_dir, DEMO_DIR):
        path = folder / KEY_FILE
        if path.is_file():
            return str(json.loads(path.read_text())[role.value])
    raise CliError("no API key given", "set TSUBAKI_KEY or --key; 'tsubaki keys create' makes a key")
